using System.Collections.Frozen;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.Math;
using Mlir.Dialects.Tensor;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>The list of what a module from outside may hold. What is not on it is refused, so that a new operation is refused until someone put it here.</summary>
internal static class Admission
{
    private const string InArith =
        "addf addi addui_extended andi bitcast ceildivsi ceildivui cmpf cmpi constant divf divsi divui extf "
        + "extsi extui fptosi fptoui floordivsi index_cast index_castui maxnumf maxsi maxui maximumf minnumf "
        + "minsi minui minimumf mulf muli mulsi_extended mului_extended negf ori remf remsi remui sitofp select "
        + "shli shrsi shrui subf subi truncf trunci uitofp xori";

    private const string InMath =
        "absf absi acos acosh asin asinh atan2 atan atanh cbrt ceil clampf copysign cos cosh ctlz cttz ctpop "
        + "erf erfc exp2 expm1 exp fpowi floor fma ipowi isfinite isinf isnan isnormal log10 log1p log2 log "
        + "powf roundeven round rsqrt sin sincos sinh sqrt tan tanh trunc";

    private static readonly FrozenSet<string> Operations = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            "func.func",
            "func.call",
            "func.return",
            "cf.assert",
            "scf.if",
            "scf.for",
            "scf.while",
            "scf.condition",
            "scf.yield",
            "tensor.empty",
            "tensor.dim",
            "tensor.rank",
            "tensor.extract",
            "tensor.insert",
            "tensor.splat",
            "tensor.from_elements",
            "tensor.cast",
            "tensor.extract_slice",
            "tensor.insert_slice",
            "linalg.generic",
            "linalg.fill",
            "linalg.copy",
            "linalg.map",
            "linalg.reduce",
            "linalg.transpose",
            "linalg.broadcast",
            "linalg.matmul",
            "linalg.batch_matmul",
            "linalg.matvec",
            "linalg.vecmat",
            "linalg.dot",
            "linalg.index",
            "linalg.yield",
            .. InArith.Split(' ').Select(name => "arith." + name),
            .. InMath.Split(' ').Select(name => "math." + name),
        ]
    );

    // Times the size of any array this is still far below 64 bits.
    private const long MaxStride = 1 << 16;

    /// <summary>Checks which operations are in <paramref name="root"/>, and that each region has one block: all that can be asked before it is verified.</summary>
    /// <exception cref="DiagnosticException">Something in it is not on the list.</exception>
    public static void CheckStructure(Operation root)
    {
        foreach (var op in root.Walk())
        {
            if (!ReferenceEquals(op, root) && !Operations.Contains(op.Name))
            {
                throw Refuse(
                    op,
                    "it is not on the list of operations at the tensor level that are safe by construction"
                );
            }

            foreach (var region in op.Regions)
            {
                if (!region.IsEmpty && !region.HasOneBlock)
                {
                    throw Refuse(op, "control flow must be structured (scf)");
                }
            }
        }
    }

    /// <summary>Checks everything else in <paramref name="root"/>, which is verified by now.</summary>
    /// <exception cref="DiagnosticException">Something in it is not on the list.</exception>
    public static ModuleOp Check(Operation root)
    {
        if (root is not ModuleOp module)
        {
            throw Refuse(root, "the top is a 'builtin.module'");
        }

        CheckAttributes(module);
        var hasPublic = false;
        foreach (var op in module.Body.Operations)
        {
            if (op is not FuncOp function)
            {
                throw Refuse(op, "a module holds functions only");
            }

            CheckFunction(function);
            hasPublic |= function.IsPublic;
        }

        if (!hasPublic)
        {
            throw new DiagnosticException(UntrustedErrors.NoFunction.At(module.Location));
        }

        foreach (var op in module.Body.Operations)
        {
            foreach (var inner in op.Walk())
            {
                CheckOperation(inner);
            }
        }

        Rename(module);
        return module;
    }

    /// <summary>Private functions that are called like one of the C library get another name: nobody outside sees it.</summary>
    private static void Rename(ModuleOp module)
    {
        var names = module.Body.Operations.OfType<FuncOp>().Select(f => f.SymName).ToHashSet(StringComparer.Ordinal);
        var renamed = new Dictionary<string, SymbolRefAttr>(StringComparer.Ordinal);
        foreach (var function in module.Body.Operations.OfType<FuncOp>().Where(f => SymbolRules.IsTaken(f.SymName)))
        {
            var name = "fn." + function.SymName;
            while (!names.Add(name))
            {
                name = "fn." + name;
            }

            renamed[function.SymName] = SymbolRefAttr.Get(name);
            function.SetAttribute("sym_name", StringAttr.Get(name));
        }

        if (renamed.Count == 0)
        {
            return;
        }

        foreach (var call in module.Walk().OfType<CallOp>())
        {
            if (renamed.TryGetValue(call.Callee.Root, out var name))
            {
                call.SetAttribute("callee", name);
            }
        }
    }

    private static DiagnosticException Refuse(Operation op, string reason) =>
        new(UntrustedErrors.Operation.At(op.Location, op.Name, reason));

    private static void CheckFunction(FuncOp function)
    {
        if (function.IsDeclaration)
        {
            throw Refuse(function, $"'@{function.SymName}' has no body");
        }

        if (function.SymVisibility is not (null or "public" or "private"))
        {
            throw Refuse(function, $"'@{function.SymName}' is neither public nor private");
        }

        if (
            SymbolRules.WhyRefused(function.SymName) is { } reason
            && (function.IsPublic || !SymbolRules.IsTaken(function.SymName))
        )
        {
            throw new DiagnosticException(UntrustedErrors.Name.At(function.Location, function.SymName, reason));
        }

        CheckDictionaries(function, "arg_attrs", function.ArgAttrs);
        CheckDictionaries(function, "res_attrs", function.ResAttrs);
        foreach (var type in function.FunctionType.Inputs.Span)
        {
            CheckType(function, type);
        }

        foreach (var type in function.FunctionType.Results.Span)
        {
            CheckType(function, type);
        }
    }

    private static void CheckDictionaries(Operation op, string name, ArrayAttr? dictionaries)
    {
        foreach (var item in dictionaries?.Items ?? [])
        {
            if (item is not DictionaryAttr { Items.IsEmpty: true })
            {
                throw new DiagnosticException(UntrustedErrors.Attribute.At(op.Location, op.Name, name));
            }
        }
    }

    private static void CheckAttributes(Operation op)
    {
        // What an operation does not know itself is for passes, and the passes here are ours.
        if (!op.Discardable.Items.IsEmpty)
        {
            throw new DiagnosticException(
                UntrustedErrors.Attribute.At(op.Location, op.Name, op.Discardable.Items[0].Name)
            );
        }
    }

    private static void CheckOperation(Operation op)
    {
        CheckAttributes(op);
        foreach (var result in op.OpResults)
        {
            CheckType(op, result.Type);
        }

        foreach (var region in op.Regions)
        {
            foreach (var argument in region.First?.Arguments ?? [])
            {
                CheckType(op, argument.Type);
            }
        }

        switch (op)
        {
            case FuncOp when op.ParentOp is not ModuleOp:
                throw Refuse(op, "a function stands at the top of the module");
            case Dialects.Arith.ConstantOp { Value: not (IntegerAttr or FloatAttr or DenseElementsAttr) } constant:
                throw new DiagnosticException(UntrustedErrors.Attribute.At(op.Location, op.Name, $"{constant.Value}"));
            case CallOp call:
                CheckDictionaries(call, "arg_attrs", call.ArgAttrs);
                CheckDictionaries(call, "res_attrs", call.ResAttrs);
                break;
            case ISlice slice when slice.StaticStrides.Values.Any(s => s > MaxStride):
                throw Refuse(op, $"a constant stride is at most {MaxStride}");
            case InsertSliceOp { Source.Type: ShapedType part, Dest.Type: ShapedType whole }
                when part.Rank != whole.Rank:
                throw Refuse(op, "what is inserted has the rank of what it is inserted into");
            case IPowIOp when ElementwiseCloner.Scalar(op.Result0.Type) is IntegerType { Width: 1 }:
                throw Refuse(op, "powers of i1 have no meaning");
            case ILinalgOp linalg:
                CheckLinalg(op, linalg);
                break;
        }
    }

    /// <summary>The loops must follow from the sizes of operands, and no two iterations that run at once may write one element.</summary>
    private static void CheckLinalg(Operation op, ILinalgOp linalg)
    {
        if (op is GenericOp { LibraryCall: not null })
        {
            throw new DiagnosticException(UntrustedErrors.Attribute.At(op.Location, op.Name, "library_call"));
        }

        var (maps, loops) = (linalg.IndexingMapList, linalg.IteratorTypeList);
        var known = new bool[loops.Count];
        for (var i = 0; i < maps.Count; i++)
        {
            foreach (var result in maps[i].Results)
            {
                switch (result)
                {
                    case AffineDimExpr dim:
                        known[dim.Position] = true;
                        break;
                    case AffineConstantExpr { Value: >= 0 } when i < linalg.Inputs.Count:
                        break;
                    default:
                        throw Refuse(op, $"the subscript {result} is neither a loop nor a constant");
                }
            }
        }

        if (known.Contains(false))
        {
            throw Refuse(op, $"no operand says how far loop d{Array.IndexOf(known, false)} goes");
        }

        for (var i = 0; i < linalg.Outputs.Count; i++)
        {
            if (linalg.Outputs[i].Type is not RankedTensorType)
            {
                throw Refuse(op, "every destination is a tensor");
            }

            var written = new bool[loops.Count];
            foreach (var result in maps[linalg.Inputs.Count + i].Results)
            {
                var dim = ((AffineDimExpr)result).Position;
                if (written[dim] || loops[dim] != IteratorType.Parallel)
                {
                    throw Refuse(
                        op,
                        $"destination #{i} is written by loop d{dim}, which must be a parallel one, and once"
                    );
                }

                written[dim] = true;
            }

            for (var dim = 0; dim < loops.Count; dim++)
            {
                if (loops[dim] != IteratorType.Reduction && !written[dim])
                {
                    throw Refuse(op, $"loop d{dim} is not a reduction, and destination #{i} does not follow it");
                }
            }
        }

        if (linalg.Outputs.Count == 0)
        {
            throw Refuse(op, "it has no destination");
        }

        // A body works on elements.
        foreach (var inner in linalg.Body.First?.Operations ?? [])
        {
            foreach (var deep in inner.Walk())
            {
                if (deep is ILinalgOp || deep.Results.Any(r => r.Type is RankedTensorType))
                {
                    throw Refuse(deep, $"the body of a '{op.Name}' works on elements, not on tensors");
                }
            }
        }
    }

    private static void CheckType(Operation op, IrType type)
    {
        var element = type switch
        {
            RankedTensorType { Encoding: null } tensor => tensor.ElementType,
            RankedTensorType => null,
            _ => type,
        };
        if (
            element
            is not (
                IndexType
                or IntegerType { Width: 1 or 8 or 16 or 32 or 64, Signedness: Signedness.Signless }
                or FloatType { Name: "f16" or "f32" or "f64" }
            )
        )
        {
            throw new DiagnosticException(UntrustedErrors.Type.At(op.Location, op.Name, type));
        }
    }
}
