using System.Collections.Immutable;
using System.Globalization;
using Mlir.Dialects.Builtin;
using Mlir.Dialects.Cf;
using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.MemRef;
using Mlir.IR;
using Mlir.Lowering.Conversion.MathToArith;
using CopyOp = Mlir.Dialects.MemRef.CopyOp;
using Scf = Mlir.Dialects.Scf;
using Tensor = Mlir.Dialects.Tensor;

namespace Mlir.Lowering;

/// <summary>Reads the loops of a function off its <c>linalg.generic</c> operations, when fusion is done and nothing is expanded yet.</summary>
internal sealed class Explainer
{
    // One core of a present server: bytes a cycle from memory, and vectors of simple operations a cycle.
    private const double BytesPerCycle = 4;
    private const double VectorsPerCycle = 2;

    private readonly LinalgToLoops _options;
    private readonly FuncOp _function;
    private readonly int _operations;
    private readonly List<ExplainedLoop> _loops = [];
    private readonly List<Value> _temporaries = [];
    private readonly Dictionary<Value, string> _names = new(ReferenceEqualityComparer.Instance);
    private bool _hasOtherLoops;

    private Explainer(FuncOp function, LinalgToLoops options, int operations) =>
        (_function, _options, _operations) = (function, options, operations);

    public static ImmutableArray<KernelExplanation> Explain(ModuleOp module, PassPipeline pipeline)
    {
        var passes = pipeline.Steps.Select(s => s.Pass).ToArray();
        if (Array.Find(passes, p => p is LinalgToLoops) is not LinalgToLoops options)
        {
            return Explain(module, CpuLowering.Loops);
        }

        // What elementary functions and matrix products are expanded to would only hide them.
        var copy = (ModuleOp)module.Clone();
        var manager = new PassManager(PassManagerOptions.Default);
        var steps = pipeline
            .Steps.TakeWhile(s => s.Pass is not LinalgToLoops)
            .Where(s => s.Pass is not (ExpandMath or TileContractions));
        PipelineStep[] all = [.. steps];
        var cleaned = all.TakeWhile(s => s.Pass is not ElementwiseToLinalg).ToArray();
        manager.RunOrThrow(pipeline with { Steps = [.. cleaned] }, copy);
        var functions = copy.Regions[0].Single.Operations.OfType<FuncOp>().Where(f => f.IsPublic && !f.IsDeclaration);
        var counts = functions.ToDictionary(f => f.SymName, CountArrayOperations);
        manager.RunOrThrow(pipeline with { Steps = [.. all.Skip(cleaned.Length)] }, copy);
        return
        [
            .. functions.ToList().Select(f => new Explainer(f, options, counts.GetValueOrDefault(f.SymName)).Run()),
        ];
    }

    /// <summary>The name of an argument of the function.</summary>
    public static string NameOf(Value argument) =>
        argument.NameHint is { Length: > 0 } name ? name
        : argument is BlockArgument { Index: var index }
            ? string.Create(CultureInfo.InvariantCulture, $"argument{index}")
        : "array";

    private static int CountArrayOperations(FuncOp function) =>
        function
            .Walk()
            .Count(o =>
                o.Results.Any(r => r.Type is RankedTensorType)
                && o is not (IConstantLike or Tensor.EmptyOp or Tensor.SplatOp or Tensor.CastOp or FillOp)
                && o.ParentOfType<GenericOp>() is null
            );

    private KernelExplanation Run()
    {
        // Names first: a loop may write what is named later.
        foreach (var alloc in _function.Walk().OfType<AllocOp>().Where(a => a.ParentOfType<Scf.ParallelOp>() is null))
        {
            if (alloc.GetAttribute(Bufferize.ResultAttribute) is IntegerAttr { Value: var index })
            {
                var several = _function.FunctionType.Results.Count > 1;
                _names[alloc.Memref] = several
                    ? string.Create(CultureInfo.InvariantCulture, $"result {index}")
                    : "result";
            }
            else if (!IsScratch(alloc))
            {
                _temporaries.Add(alloc.Memref);
                _names[alloc.Memref] = string.Create(CultureInfo.InvariantCulture, $"t{_temporaries.Count}");
            }
        }

        foreach (var block in _function.Body.Blocks)
        {
            Visit(block);
        }

        return new KernelExplanation(
            _function.SymName,
            _operations,
            [.. _loops],
            [.. _temporaries.Select(t => new ExplainedTemporary(_names[t], BytesOf(t), ReasonFor(t)))]
        )
        {
            HasOtherLoops = _hasOtherLoops,
        };
    }

    // One row inside a loop over rows.
    private static bool IsScratch(AllocOp alloc)
    {
        foreach (var use in alloc.Memref.Uses)
        {
            if (
                use.Owner.GetAttribute(FuseRows.RowAttribute) is not null
                && use.Owner.Operands[use.Index] == alloc.Memref
            )
            {
                return true;
            }
        }

        return false;
    }

    private void Visit(Block block)
    {
        foreach (var op in block.Operations)
        {
            switch (op)
            {
                case GenericOp generic:
                    _loops.Add(Loop([generic], SizeFormula.Constant(1), op));
                    break;
                case Scf.ParallelOp or Scf.ForOp when RowsOf(op) is { Length: > 0 } rows:
                    _loops.Add(Loop(rows, RowCount(op), op));
                    break;
                case CopyOp copy:
                    _loops.Add(Copy(copy));
                    break;
                default:
                    _hasOtherLoops |= op is ILoopLike;
                    foreach (var inner in op.Regions.SelectMany(r => r.Blocks))
                    {
                        Visit(inner);
                    }

                    break;
            }
        }
    }

    private static GenericOp[] RowsOf(Operation loop) =>
        [.. loop.Walk().OfType<GenericOp>().Where(g => g.GetAttribute(FuseRows.RowAttribute) is not null)];

    /// <summary>The rows: of the array of which the most dimensions are walked by the outer loops.</summary>
    private static SizeFormula RowCount(Operation loop)
    {
        var view = loop.Walk()
            .OfType<SubViewOp>()
            .MaxBy(v => ((MemRefType)v.Source.Type).Rank - ((MemRefType)v.Result.Type).Rank);
        if (view is null)
        {
            return SizeFormula.Constant(1);
        }

        var kept = SliceFacts.KeptDims(view, (ShapedType)view.Result.Type);
        return Enumerable
            .Range(0, ((MemRefType)view.Source.Type).Rank)
            .Where(k => !kept.Contains(k))
            .Aggregate(SizeFormula.Constant(1), (p, k) => p * SizeFormula.Of(view.Source, k));
    }

    private ExplainedLoop Loop(GenericOp[] members, SizeFormula rows, Operation outer)
    {
        var (iterations, operations, scratch) = (SizeFormula.Zero, SizeFormula.Zero, SizeFormula.Zero);
        var (reads, writes) = (new List<ExplainedArray>(), new List<ExplainedArray>());
        var seen = new HashSet<Value>(ReferenceEqualityComparer.Instance);
        foreach (var member in members)
        {
            var count = Extents(member).Aggregate(rows, (p, e) => p * e);
            iterations += count;
            operations += count * SizeFormula.Constant(CostOfIteration(member));
            foreach (
                var group in Enumerable
                    .Range(0, member.Operands.Count)
                    .Where(i => member.Operands[i].Type is MemRefType && !IsUnread(member, i))
                    .GroupBy(i => (Views.Root(member.Operands[i]), i >= member.Inputs.Count))
            )
            {
                var (root, isWrite) = group.Key;
                if (root.Definer is { } definer && definer.IsWithin(outer) || IsScratch(root))
                {
                    scratch += seen.Add(root) ? BytesOf(root) : SizeFormula.Zero;
                    continue;
                }

                // What a step wrote, and what an earlier step read, is still in the cache.
                if (((MemRefType)root.Type).Rank == 0 || !seen.Add(root))
                {
                    continue;
                }

                var elements = Elements(member, group.First());
                var bytes = elements * SizeFormula.Constant(CostModel.ElementBytes(root.Type));
                (isWrite ? writes : reads).Add(
                    new ExplainedArray(Name(root), bytes, group.Select(i => member.Operands[i]).Distinct().Count())
                );
            }
        }

        const double Large = 1 << 12;
        var moved = reads.Concat(writes).Sum(a => a.Bytes.Typical(Large));
        var nests = members.Where(m => m.IteratorTypes.Items.Count > 0).ToArray();
        var vectorized = nests.Length > 0 && nests.All(VectorBody.Supports) && _options.VectorBits > 0;
        var lanes = vectorized ? Math.Max(1, _options.VectorBits / nests.Max(VectorBody.WidestBits)) : 1;
        var cycles = operations.Typical(Large) / lanes / VectorsPerCycle;
        return new ExplainedLoop(
            members.Length > 1 || outer is not GenericOp ? $"{members.Length} steps on each row, row by row"
                : Contraction.Find(members[0]) is not null ? "a product of matrices, in tiles"
                : members[0].IteratorKinds.All(k => k == IteratorType.Parallel) ? "elementwise"
                : "reduction",
            iterations,
            [.. members.Select(Describe)],
            [.. members.SelectMany(m => Sources(m.Location)).Distinct()],
            [.. reads],
            [.. writes],
            operations,
            moved / BytesPerCycle > cycles,
            !_options.Parallel ? "on one thread"
                : outer is GenericOp && members[0].IteratorKinds.Length == 0 ? "on one thread"
                : outer is Scf.ForOp ? "on one thread"
                : "in chunks that threads share when there are enough",
            vectorized
                ? string.Create(CultureInfo.InvariantCulture, $"{lanes} elements at a time")
                : "element by element" + (_options.VectorBits > 0 ? WhyScalar(nests) : ""),
            scratch
        )
        {
            Lanes = lanes,
            WidestBits = members.Max(VectorBody.WidestBits),
        };
    }

    /// <summary>What needs nothing from the innermost loop is computed in front of it.</summary>
    private static int CostOfIteration(GenericOp op)
    {
        var inner = op.IteratorTypes.Items.Count - 1;
        var varying = new HashSet<Value>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < op.Operands.Count; i++)
        {
            if (inner < 0 || op.MapOf(i).Results.Any(e => e.UsesDim(inner)) || i >= op.Inputs.Count)
            {
                varying.Add(op.BodyBlock.Arguments[i]);
            }
        }

        var cost = 0;
        foreach (var operation in op.BodyBlock.Operations.SelectMany(o => o.Walk()))
        {
            if (operation is IndexOp || operation.Operands.ToArray().Any(varying.Contains))
            {
                varying.UnionWith(operation.Results);
                cost += CostModel.OfOperation(operation);
            }
        }

        return Math.Max(1, cost);
    }

    private static bool IsScratch(Value root) => root.Definer is AllocOp alloc && IsScratch(alloc);

    private static bool IsUnread(GenericOp op, int operand) =>
        operand < op.Inputs.Count && op.BodyBlock.Arguments[operand].IsUnused;

    private static string WhyScalar(GenericOp[] members)
    {
        if (Array.Find(members, m => !VectorBody.Supports(m)) is not { } op)
        {
            return "";
        }

        for (var i = 0; i < op.Operands.Count; i++)
        {
            if (
                i >= op.Inputs.Count
                && op.Operands[i].Type is MemRefType
                && VectorBody.AccessOf(op.MapOf(i), op.IteratorKinds.Length - 1) == Access.Scattered
            )
            {
                return " (an array is not written along its last dimension)";
            }
        }

        return " (a result with steps, a search in an array, or an operation without a vector form)";
    }

    private ExplainedLoop Copy(CopyOp copy)
    {
        var (from, to) = (Views.Root(copy.Source), Views.Root(copy.Target));
        var elements = Enumerable
            .Range(0, ((MemRefType)copy.Target.Type).Rank)
            .Aggregate(SizeFormula.Constant(1), (p, k) => p * SizeFormula.Of(copy.Target, k));
        var bytes = elements * SizeFormula.Constant(CostModel.ElementBytes(to.Type));
        return new ExplainedLoop(
            "a copy",
            elements,
            ["nothing"],
            [.. Sources(copy.Location)],
            [new ExplainedArray(Name(from), bytes)],
            [new ExplainedArray(Name(to), bytes)],
            SizeFormula.Zero,
            IsMemoryBound: true,
            "on one thread",
            "whole blocks at a time",
            SizeFormula.Zero
        );
    }

    private static IEnumerable<SizeFormula> Extents(GenericOp op)
    {
        for (var loop = 0; loop < op.IteratorTypes.Items.Count; loop++)
        {
            // Results come last, and name their sizes after the arguments.
            if (op.ArraysAlong(loop).LastOrDefault() is { Array: { } array, Dim: var dim })
            {
                yield return SizeFormula.Of(array, dim);
            }
        }
    }

    /// <summary>How many elements of an operand the loop touches: a row view stands for all rows.</summary>
    private static SizeFormula Elements(GenericOp op, int operand)
    {
        var (value, map) = (op.Operands[operand], op.MapOf(operand));
        var elements = Enumerable
            .Range(0, map.Results.Count)
            .Where(k => map.Results[k] is not AffineConstantExpr)
            .Aggregate(SizeFormula.Constant(1), (p, k) => p * SizeFormula.Of(value, k));
        if (value.Definer is SubViewOp view && op.GetAttribute(FuseRows.RowAttribute) is not null)
        {
            var kept = SliceFacts.KeptDims(view, (ShapedType)view.Result.Type);
            for (var k = 0; k < ((MemRefType)view.Source.Type).Rank; k++)
            {
                elements = kept.Contains(k) ? elements : elements * SizeFormula.Of(view.Source, k);
            }
        }

        return elements;
    }

    private static SizeFormula BytesOf(Value array) =>
        Enumerable
            .Range(0, ((MemRefType)array.Type).Rank)
            .Aggregate(
                SizeFormula.Constant(CostModel.ElementBytes(array.Type)),
                (p, k) => p * SizeFormula.Of(array, k)
            );

    private string Name(Value root) => _names.TryGetValue(root, out var name) ? name : NameOf(root);

    /// <summary>The operations of a body and how often each occurs.</summary>
    private static string Describe(GenericOp op)
    {
        var words = op
            .BodyBlock.Operations.Where(o => o is not (ITerminator or IConstantLike or IndexOp))
            .SelectMany(o => o.Walk())
            .Where(o => o is not (ITerminator or IConstantLike))
            .GroupBy(Word)
            .Select(g => g.Count() == 1 ? g.Key : string.Create(CultureInfo.InvariantCulture, $"{g.Count()} × {g.Key}"))
            .ToArray();
        var what =
            words.Length > 0 ? string.Join(", ", words)
            : op.Inputs.Count == 0 ? "a constant"
            : "its elements as they are";
        return op.IteratorKinds.Any(k => k != IteratorType.Parallel) ? $"{what} (reduced)" : what;
    }

    private static string Word(Operation op)
    {
        var name = op.Name[(op.Name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return name switch
        {
            "addf" or "addi" => "add",
            "subf" or "subi" => "subtract",
            "mulf" or "muli" => "multiply",
            "divf" or "divsi" or "divui" => "divide",
            "remf" or "remsi" or "remui" => "remainder",
            "negf" => "negate",
            "absf" or "absi" => "abs",
            "cmpf" or "cmpi" => "compare",
            "maximumf" or "maxnumf" or "maxsi" or "maxui" => "max",
            "minimumf" or "minnumf" or "minsi" or "minui" => "min",
            "andi" => "and",
            "ori" => "or",
            "xori" => "xor",
            "powf" => "pow",
            "extract" or "load" => "gather",
            "sitofp" or "uitofp" or "fptosi" or "fptoui" or "extf" or "truncf" or "extsi" or "extui" or "trunci" =>
                "convert",
            _ => name,
        };
    }

    private static IEnumerable<string> Sources(Location location) =>
        location switch
        {
            NameLoc { Name: var text, Child: FileLineColLoc place } =>
            [
                $"{text} [{Path.GetFileName(place.FileName)}:{place.Line}]",
            ],
            NameLoc { Name: var text } => [text],
            FileLineColLoc place => [$"{Path.GetFileName(place.FileName)}:{place.Line}"],
            FusedLoc fused => fused.Locations.SelectMany(Sources),
            _ => [],
        };

    /// <summary>Why an array between loops could not be fused away, from who writes and who reads it.</summary>
    private string ReasonFor(Value temporary)
    {
        var users = new List<(Operation Op, int Operand, Value View)>();
        Collect(temporary);
        var writer = users
            .Where(u => u.Op is GenericOp g && u.Operand >= g.Inputs.Count)
            .Select(u => (GenericOp)u.Op)
            .FirstOrDefault();
        var readers = users.Where(u => u.Op is GenericOp g && u.Operand < g.Inputs.Count && g != writer).ToArray();
        var other = users.Select(u => u.Op).FirstOrDefault(o => o is not (GenericOp or DeallocOp or DimOp));
        if (other is not null)
        {
            return other switch
            {
                LoadOp => "single elements of it are used between the loops",
                CopyOp => "it is copied: something else still needs what it was before",
                CallOp => "a function that was not inlined uses it",
                Scf.ForOp or Scf.WhileOp or Scf.IfOp or Scf.YieldOp => "it passes through a loop or a branch",
                _ => $"'{other.Name}' needs it in memory",
            };
        }

        if (writer is null)
        {
            return "it holds a constant or what a loop or a branch hands on";
        }

        if (writer.IteratorKinds.Any(k => k != IteratorType.Parallel))
        {
            return "a reduction must be finished before its result is used, and its readers do not run over the same rows";
        }

        if (writer.BodyBlock.Operations.SelectMany(o => o.Walk()).Any(o => o is AssertOp))
        {
            return "computing it may fail, which must happen once and in order";
        }

        var cost = CostModel.OfElement(writer);
        return readers.Length > 1 || users.Select(u => u.View).Distinct().Count() > 2
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{readers.Length} places read it, and computing an element again ({cost} operations) costs more than the {CostModel.ElementBytes(temporary.Type)} bytes that it takes"
            )
            : "its reader runs over other elements, in another order or with more arrays than one loop takes";

        void Collect(Value view)
        {
            foreach (var use in view.Uses)
            {
                if (use.Owner is CastOp or SubViewOp or CollapseShapeOp or ExpandShapeOp)
                {
                    Collect(use.Owner.Results[0]);
                }
                else
                {
                    users.Add((use.Owner, use.Index, view));
                }
            }
        }
    }
}
