using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.MemRef;
using Mlir.IR;
using Arith = Mlir.Dialects.Arith;
using Scf = Mlir.Dialects.Scf;
using Tensor = Mlir.Dialects.Tensor;

namespace Mlir.Lowering;

/// <summary>Bufferizes one function: operations are replaced in order, and <see cref="BufferTable"/> says what may be overwritten.</summary>
/// <param name="function">The function.</param>
/// <param name="parallel">Whether iterations that touch nothing in common may become a parallel loop.</param>
internal sealed partial class FunctionBufferizer(FuncOp function, bool parallel)
{
    private static readonly DiagnosticTemplate Unsupported = new(
        "MLIR3201",
        DiagnosticSeverity.Error,
        "'{0}' on tensors has no form on memory"
    );
    private static readonly DiagnosticTemplate BlockArguments = new(
        "MLIR3202",
        DiagnosticSeverity.Error,
        "tensors cannot be passed between blocks; use structured control flow"
    );

    private static readonly DiagnosticTemplate LargeConstant = new(
        "MLIR3203",
        DiagnosticSeverity.Error,
        "a constant of {0} elements is too large for code; pass it as an argument"
    );

    private static readonly DiagnosticTemplate InBody = new(
        "MLIR3204",
        DiagnosticSeverity.Error,
        "'{0}' on tensors has no form on memory inside the body of '{1}'"
    );

    private const long MaxConstantElements = 4096;

    private readonly BufferTable _memory = new();

    public void Run()
    {
        var type = function.FunctionType;
        function.FunctionType = FunctionType.Get(
            [.. type.Inputs.Select(Bufferize.BufferType)],
            [.. type.Results.Select(Bufferize.BufferType)]
        );
        if (function.IsDeclaration)
        {
            return;
        }

        foreach (var block in function.Body.Blocks)
        {
            foreach (var argument in block.Arguments.Where(a => Bufferize.IsTensor(a.Type)))
            {
                if (!block.IsEntry)
                {
                    throw new DiagnosticException(BlockArguments.At(argument.Location));
                }

                argument.Type = Bufferize.BufferType(argument.Type);
                _memory.Borrow(argument, argument);
            }
        }

        foreach (var block in function.Body.Blocks)
        {
            ConvertBlock(block);
        }

        _memory.EraseDead();
        foreach (var block in function.Body.Blocks)
        {
            _memory.InsertFrees(block, function.Location);
        }
    }

    private void ConvertBlock(Block block)
    {
        for (var op = block.First; op is not null; )
        {
            var next = op.Next;
            Convert(op);
            op = next;
        }
    }

    private void Convert(Operation op)
    {
        var emit = new Emitter(new OpBuilder(op), op.Location);
        switch (op)
        {
            case GenericOp generic:
                ConvertGeneric(emit, generic);
                break;
            case ILinalgOp when op.Results.Count > 0:
                var general = GeneralizeNamed.Generalize(op);
                op.ReplaceAllUsesWith([.. general.Results]);
                _memory.Bury(op);
                ConvertGeneric(new Emitter(new OpBuilder(op), op.Location), general);
                break;
            case Tensor.EmptyOp:
                // Memory comes with whoever writes to it.
                _memory.Bury(op);
                break;
            case Tensor.DimOp dim:
                ConvertDim(emit, dim);
                break;
            case Tensor.RankOp rank:
                Replace(op, emit.Index(((RankedTensorType)TensorType(rank.Tensor)).Rank));
                break;
            case Tensor.ExtractOp extract:
                Replace(op, emit.Load(BufferOf(emit, extract.Tensor), extract.Indices.ToArray()));
                break;
            case Tensor.InsertOp insert:
                ConvertInsert(emit, insert);
                break;
            case Tensor.SplatOp splat:
                ConvertSplat(emit, splat);
                break;
            case Tensor.FromElementsOp elements:
                ConvertElements(emit, elements);
                break;
            case Tensor.GenerateOp generate:
                ConvertGenerate(emit, generate);
                break;
            case Tensor.YieldOp when op.ParentOp is Tensor.GenerateOp or Tensor.PadOp:
                break;
            case Tensor.PadOp pad:
                ConvertPad(emit, pad);
                break;
            case Tensor.CastOp cast:
                ConvertCast(emit, cast);
                break;
            case Tensor.ExpandShapeOp expand:
                ConvertExpand(emit, expand);
                break;
            case Tensor.CollapseShapeOp collapse:
                ConvertCollapse(emit, collapse);
                break;
            case Tensor.ReshapeOp reshape:
                ConvertReshape(emit, reshape);
                break;
            case Tensor.ExtractSliceOp slice:
                ConvertSlice(emit, slice);
                break;
            case Tensor.InsertSliceOp slice:
                ConvertInsertSlice(emit, slice);
                break;
            case Arith.ConstantOp { Value: DenseElementsAttr value } when value.Type is RankedTensorType:
                ConvertConstant(emit, (Arith.ConstantOp)op, value);
                break;
            case Arith.SelectOp select
                when select.Result.Type is RankedTensorType && select.Condition.Type is IntegerType:
                ConvertSelect(emit, select);
                break;
            case Scf.IfOp branch:
                ConvertIf(emit, branch);
                break;
            case Scf.ForOp loop:
                ConvertFor(emit, loop);
                break;
            case Scf.WhileOp loop:
                ConvertWhile(emit, loop);
                break;
            case Scf.YieldOp or Scf.ConditionOp when op.ParentOp is Scf.IfOp or Scf.ForOp or Scf.WhileOp:
                // Handed over once the whole block is converted.
                break;
            case CallOp call:
                ConvertCall(emit, call);
                break;
            case ReturnOp ret:
                ConvertReturn(emit, ret);
                break;
            default:
                ConvertOther(op);
                break;
        }
    }

    private void ConvertOther(Operation op)
    {
        if (op.Results.Any(r => Bufferize.IsTensor(r.Type)) || op.Operands.ToArray().Any(IsTensorValue))
        {
            throw new DiagnosticException(Unsupported.At(op.Location, op.Name));
        }

        foreach (var block in op.Regions.SelectMany(r => r.Blocks).ToList())
        {
            if (block.Arguments.Any(a => Bufferize.IsTensor(a.Type)))
            {
                throw new DiagnosticException(Unsupported.At(op.Location, op.Name));
            }

            ConvertBlock(block);
            _memory.InsertFrees(block, op.Location);
        }
    }

    private void ConvertGeneric(Emitter emit, GenericOp generic)
    {
        if (generic.Results.Count == 0)
        {
            return;
        }

        var inputs = generic.Inputs.ToArray().Select(v => v.Type is RankedTensorType ? BufferOf(emit, v) : v).ToArray();
        var outputs = new Value[generic.Outputs.Count];
        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] =
                TakeOverInput(generic, i, inputs, outputs)
                ?? Writable(emit, generic.Outputs[i], generic, keepContents: !generic.OutputElement(i).IsUnused);
        }

        ConvertReads(generic);
        var made = emit.Insert(
            new GenericOp(generic.Location, inputs, outputs, generic.IndexingMaps, generic.IteratorTypes, [])
        );
        made.Discardable = generic.Discardable;
        made.Body.TakeBlocks(generic.Body);
        for (var i = 0; i < outputs.Length; i++)
        {
            _memory.Set(generic.Results[i], outputs[i]);
        }

        _memory.Bury(generic);
    }

    // { %x = tensor.extract %t[%i] } → { %x = memref.load %m[%i] }; all else stays as it is, so it must not know tensors.
    private void ConvertReads(GenericOp generic)
    {
        foreach (var inner in generic.BodyBlock.Operations.SelectMany(o => o.Walk()).ToList())
        {
            if (
                inner is Tensor.ExtractOp or Tensor.DimOp
                && !inner.Operands[0].ParentBlock!.ParentOp!.IsWithin(generic)
            )
            {
                // Memory for a tensor that nobody wrote is made outside of the loops.
                var source = BufferOf(new Emitter(new OpBuilder(generic), inner.Location), inner.Operands[0]);
                var read = new Emitter(new OpBuilder(inner), inner.Location);
                Replace(
                    inner,
                    inner is Tensor.ExtractOp extract
                        ? read.Load(source, extract.Indices.ToArray())
                        : read.Insert(new DimOp(inner.Location, source, inner.Operands[1])).Result
                );
            }
            else if (inner.Definition.Dialect == "tensor" || inner.Operands.ToArray().Any(IsTensorValue))
            {
                throw new DiagnosticException(InBody.At(inner.Location, inner.Name, generic.Name));
            }
        }
    }

    /// <summary>
    /// Memory that an elementwise operation reads for the last time, element by element as it writes, takes its result: no second array.
    /// </summary>
    private Value? TakeOverInput(GenericOp generic, int output, Value[] inputs, Value[] outputs)
    {
        var destination = generic.Outputs[output];
        if (
            destination.Definer is not Tensor.EmptyOp
            || _memory.Contains(destination)
            || !generic.OutputElement(output).IsUnused
            || generic.IteratorKinds.Any(k => k != IteratorType.Parallel)
            || generic.OutputMap(output) is not { } map
            || map != AffineMap.Identity(generic.IteratorKinds.Length)
        )
        {
            return null;
        }

        var type = Bufferize.BufferType(destination.Type);
        for (var i = 0; i < inputs.Length; i++)
        {
            var (tensor, buffer) = (generic.Inputs[i], inputs[i]);
            if (
                buffer.Type == type
                && generic.MapOf(i) == map
                && _memory.IsOwned(buffer, generic.Block!)
                && !outputs[..output].Any(o => ReferenceEquals(_memory.Root(o), _memory.Root(buffer)))
                && _memory.IsLastUse(
                    buffer,
                    generic,
                    (other, index) =>
                        ReferenceEquals(other, tensor) && index < inputs.Length && generic.MapOf(index) == map
                )
            )
            {
                return buffer;
            }
        }

        return null;
    }

    // select %c, %a, %b of arrays by one truth value → if %c { a copy of %a } else { a copy of %b }
    private void ConvertSelect(Emitter emit, Arith.SelectOp select)
    {
        var type = (MemRefType)Bufferize.BufferType(select.Result.Type);
        var (a, b) = (BufferOf(emit, select.TrueValue), BufferOf(emit, select.FalseValue));
        var chosen = emit.If(
            select.Condition,
            [type],
            e => [Duplicate(e, a, type, keepContents: true)],
            e => [Duplicate(e, b, type, keepContents: true)]
        );
        Own(select.Result, chosen[0], select.Block!);
        _memory.Bury(select);
    }

    /// <summary>A buffer that may be overwritten and becomes the next state of <paramref name="destination"/>.</summary>
    private Value Writable(Emitter emit, Value destination, Operation user, bool keepContents)
    {
        var type = (MemRefType)Bufferize.BufferType(destination.Type);
        if (destination.Definer is Tensor.EmptyOp empty && !_memory.Contains(destination))
        {
            var made = emit.Alloc(type, empty.DynamicSizes.ToArray());
            _memory.Own(made, user.Block!);
            return made;
        }

        var buffer = BufferOf(emit, destination);
        if (
            _memory.IsOwned(buffer, user.Block!)
            && buffer.Type == type
            && user.Operands.ToArray().Count(o => ReferenceEquals(o, destination)) == 1
            && _memory.IsLastUse(buffer, user, (tensor, _) => ReferenceEquals(tensor, destination))
        )
        {
            return buffer;
        }

        var fresh = Duplicate(emit, buffer, type, keepContents);
        _memory.Own(fresh, user.Block!);
        return fresh;
    }

    /// <summary>New memory of the sizes of <paramref name="buffer"/>, with its contents if wanted. Nobody owns it yet.</summary>
    private static Value Duplicate(Emitter emit, Value buffer, MemRefType type, bool keepContents)
    {
        var sizes = Enumerable
            .Range(0, type.Rank)
            .Where(type.IsDynamicDim)
            .Select(d => emit.MemRefDim(buffer, d))
            .ToArray();
        var fresh = emit.Alloc(type, sizes);
        if (keepContents)
        {
            emit.Copy(buffer, fresh);
        }

        return fresh;
    }

    private void ConvertDim(Emitter emit, Tensor.DimOp dim)
    {
        if (dim.Source.Definer is Tensor.EmptyOp && !_memory.Contains(dim.Source) && dim.Index.ConstInt is { } known)
        {
            Replace(dim, Shapes.Dim(emit, dim.Source, (int)known));
            return;
        }

        var source = BufferOf(emit, dim.Source);
        Replace(
            dim,
            dim.Index.ConstInt is { } constant && constant >= 0 && constant < ((MemRefType)source.Type).Rank
                ? emit.MemRefDim(source, (int)constant)
                : emit.Insert(new DimOp(dim.Location, source, dim.Index)).Result
        );
    }

    private bool IsTensorValue(Value value) => Bufferize.IsTensor(value.Type) || _memory.Contains(value);

    private IrType TensorType(Value tensor) =>
        tensor.Type is MemRefType type ? RankedTensorType.Get(type.Shape.Span, type.ElementType) : tensor.Type;

    private Value BufferOf(Emitter emit, Value tensor)
    {
        if (_memory.TryGet(tensor, out var buffer))
        {
            return buffer;
        }

        if (tensor.Definer is Tensor.EmptyOp empty)
        {
            // Read before anybody wrote: memory all the same, for this reader.
            var made = emit.Alloc((MemRefType)Bufferize.BufferType(tensor.Type), empty.DynamicSizes.ToArray());
            _memory.Own(made, emit.Builder.Block!);
            return made;
        }

        throw new DiagnosticException(
            Unsupported.At(tensor.Definer?.Location ?? Location.Unknown, tensor.Definer?.Name ?? "block argument")
        );
    }

    private Value Allocate(Emitter emit, Value tensor, Value[] sizes, Block owner)
    {
        var buffer = emit.Alloc((MemRefType)Bufferize.BufferType(tensor.Type), sizes);
        Own(tensor, buffer, owner);
        return buffer;
    }

    private void Own(Value tensor, Value buffer, Block owner)
    {
        _memory.Set(tensor, buffer);
        _memory.Own(buffer, owner);
    }

    private void Replace(Operation op, Value value)
    {
        op.Results[0].ReplaceAllUsesWith(value);
        _memory.Bury(op);
    }
}
