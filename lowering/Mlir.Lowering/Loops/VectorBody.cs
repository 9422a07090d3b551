using Mlir.Dialects.Arith;
using Mlir.Dialects.Cf;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.Scf;
using Mlir.Dialects.Vector;
using Mlir.IR;
using LoadOp = Mlir.Dialects.MemRef.LoadOp;

namespace Mlir.Lowering;

/// <summary>Emits the body of a <c>linalg.generic</c> on memrefs for several iterations of its innermost loop at once.</summary>
/// <remarks>
/// Values that are the same for all lanes stay scalar, and those that need nothing from the loop go in front of it. A check fails when
/// it fails for any active lane; a branch that only some lanes take is taken when any does, and its results are selected lane by lane.
/// </remarks>
internal sealed partial class VectorBody
{
    private readonly GenericOp _op;
    private readonly Emitter _hoist;
    private readonly Value[] _ivs;
    private readonly int _lanes;
    private readonly int _inner;
    private readonly Value? _mask;
    private readonly IReadOnlyCollection<Operation> _skipped;
    private readonly Dictionary<Value, Value> _varying = new(ReferenceEqualityComparer.Instance);
    private readonly IrMapping _uniform = new();
    private readonly HashSet<Value> _inLoop = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Value, Value> _broadcasts = new(ReferenceEqualityComparer.Instance);

    /// <param name="op">The operation, whose last loop is the vectorised one.</param>
    /// <param name="hoist">A place in front of the vectorised loop.</param>
    /// <param name="ivs">The value of each loop; for the last one that of the first lane.</param>
    /// <param name="lanes">The number of lanes.</param>
    /// <param name="mask">Which lanes are active; null for all.</param>
    /// <param name="skipped">Operations of the body that the caller emits itself: the combiners of a reduction.</param>
    /// <param name="given">Elements that the caller has as vectors, which are not loaded.</param>
    public VectorBody(
        GenericOp op,
        Emitter hoist,
        Value[] ivs,
        int lanes,
        Value? mask,
        IReadOnlyCollection<Operation>? skipped = null,
        IEnumerable<KeyValuePair<Value, Value>>? given = null
    )
    {
        (_op, _hoist, _ivs, _lanes, _mask, _skipped) = (op, hoist, ivs, lanes, mask, skipped ?? []);
        _inner = ivs.Length - 1;
        foreach (var (element, vector) in given ?? [])
        {
            _varying[element] = vector;
        }
    }

    /// <summary>Whether the last loop of <paramref name="op"/> can be vectorised: by its subscripts, and by what its body does.</summary>
    public static bool Supports(GenericOp op)
    {
        var inner = op.IteratorKinds.Length - 1;
        if (inner < 0)
        {
            return false;
        }

        for (var i = 0; i < op.Operands.Count; i++)
        {
            if (
                op.Operands[i].Type is MemRefType type
                && !SupportsAccess(type, op.MapOf(i), inner, i < op.Inputs.Count)
            )
            {
                return false;
            }
        }

        return SupportsBlock(op, op.BodyBlock);
    }

    private static bool SupportsAccess(MemRefType type, AffineMap map, int inner, bool isInput) =>
        AccessOf(map, inner) switch
        {
            Access.Fixed => true,
            Access.Contiguous when HasUnitSteps(type) => IsLaneType(type.ElementType),

            // Elements that lie apart are read as vectors, but written one by one.
            _ => isInput
                && type.StridesAndOffset is not null
                && IsLaneType(type.ElementType)
                && map.Results.All(r => StepOf(r, inner) is not null),
        };

    /// <summary>How many bits the widest value of the body has.</summary>
    public static int WidestBits(GenericOp op)
    {
        var widest = 8;
        foreach (
            var value in op.BodyBlock.Arguments.Cast<Value>().Concat(op.BodyBlock.Operations.SelectMany(o => o.Results))
        )
        {
            widest = Math.Max(widest, BitsOf(value.Type));
        }

        return widest;
    }

    /// <summary>Whether <paramref name="map"/> walks along memory with loop <paramref name="inner"/>, stays in place, or jumps.</summary>
    internal static Access AccessOf(AffineMap map, int inner)
    {
        for (var i = 0; i < map.Results.Count; i++)
        {
            if (map.Results[i].UsesDim(inner))
            {
                return i == map.Results.Count - 1 && StepOf(map.Results[i], inner) == 1
                    ? Access.Contiguous
                    : Access.Scattered;
            }
        }

        return Access.Fixed;
    }

    /// <summary>How far <paramref name="expr"/> goes when loop <paramref name="inner"/> takes a step; null when that differs from step to step.</summary>
    private static long? StepOf(AffineExpr expr, int inner) =>
        expr switch
        {
            AffineDimExpr dim => dim.Position == inner ? 1 : 0,
            AffineBinaryExpr { Kind: AffineBinaryKind.Add } sum => StepOf(sum.Left, inner) + StepOf(sum.Right, inner),
            AffineBinaryExpr { Kind: AffineBinaryKind.Mul, Right: AffineConstantExpr factor } product => StepOf(
                product.Left,
                inner
            ) * factor.Value,
            _ => expr.UsesDim(inner) ? null : 0,
        };

    /// <summary>Whether the body of <paramref name="op"/> may compute with elements that nobody asked for: nothing in it can fail.</summary>
    public static bool IsSafe(GenericOp op) =>
        op
            .BodyBlock.Operations.SelectMany(static inner => inner.Walk())
            .All(static inner => inner is not (LoadOp or AssertOp) && !MayTrap(inner));

    /// <summary>The elements of arrays that are not the same in all lanes.</summary>
    public BlockArgument[] Elements =>
        [
            .. _op.BodyBlock.Arguments.Where(
                (argument, i) =>
                    IsLoaded(argument, i)
                    && _op.Operands[i].Type is MemRefType
                    && AccessOf(_op.MapOf(i), _inner) != Access.Fixed
            ),
        ];

    /// <summary>Emits the loads of <see cref="Elements"/> alone.</summary>
    public Value[] EmitElements(Emitter emit)
    {
        var elements = Elements;
        foreach (var element in elements)
        {
            Load(emit, element.Index, element);
        }

        return [.. elements.Select(e => _varying[e])];
    }

    /// <summary>Emits loads and body; returns what the body yields for the wanted outputs, as vectors.</summary>
    /// <param name="emit">Where the iterations go.</param>
    /// <param name="wanted">The values of the body to return.</param>
    public Value[] Emit(Emitter emit, IEnumerable<Value> wanted)
    {
        for (var i = 0; i < _op.BodyBlock.Arguments.Count; i++)
        {
            var argument = _op.BodyBlock.Arguments[i];
            if (IsLoaded(argument, i))
            {
                Load(emit, i, argument);
            }
        }

        EmitBlock(emit, _op.BodyBlock, _mask);
        return [.. wanted.Select(v => Vector(emit, v))];
    }

    private bool IsLoaded(BlockArgument argument, int operand) =>
        !argument.IsUnused
        && !_varying.ContainsKey(argument)
        && !(operand >= _op.Inputs.Count && OnlySkippedUse(argument));

    private bool OnlySkippedUse(Value value)
    {
        foreach (var use in value.Uses)
        {
            if (!_skipped.Contains(use.Owner))
            {
                return false;
            }
        }

        return true;
    }

    private void EmitBlock(Emitter emit, Block block, Value? mask)
    {
        for (var op = block.First!; op.Next is not null; op = op.Next)
        {
            switch (op)
            {
                case Operation when _skipped.Contains(op):
                    break;
                case IndexOp index when index.Dim == _inner:
                    var lanes = VectorOf(IndexType.Instance);
                    _varying[index.Result0] = emit.AddVectors(emit.Broadcast(_ivs[_inner], lanes), _hoist.Step(lanes));
                    break;
                case IndexOp index:
                    _uniform[index.Result0] = _ivs[(int)index.Dim];
                    break;
                case LoadOp load:
                    EmitLoad(emit, load, mask);
                    break;
                case AssertOp assert:
                    EmitAssert(emit, assert, mask);
                    break;
                case IfOp branch:
                    EmitIf(emit, branch, mask);
                    break;
                default:
                    EmitElementwise(emit, op, mask);
                    break;
            }
        }
    }

    private void EmitElementwise(Emitter emit, Operation op, Value? mask)
    {
        var operands = op.Operands.ToArray();
        if (!operands.Any(_varying.ContainsKey))
        {
            var stays = MayTrap(op) || operands.Any(o => _inLoop.Contains(_uniform[o]));
            var copy = (stays ? emit : _hoist).Clone(op, _uniform);
            if (stays)
            {
                _inLoop.UnionWith(copy.Results);
            }

            return;
        }

        var values = new Value[operands.Length];
        for (var i = 0; i < values.Length; i++)
        {
            // A condition that is the same for all lanes may stay a scalar.
            values[i] =
                op is SelectOp && i == 0 && !_varying.ContainsKey(operands[i])
                    ? _uniform[operands[i]]
                    : Vector(emit, operands[i]);
        }

        if (mask is not null && MayTrap(op))
        {
            // Lanes that are switched off divide by one.
            values[1] = emit.Select(mask, values[1], Splat(_hoist, (VectorType)values[1].Type, 1));
        }

        var made = emit.Insert(ElementwiseCloner.Clone(op, values, VectorOf));
        for (var i = 0; i < made.Results.Count; i++)
        {
            _varying[op.Results[i]] = made.Results[i];
        }
    }

    /// <summary>A check on lanes: it fails when an active lane fails.</summary>
    private void EmitAssert(Emitter emit, AssertOp assert, Value? mask)
    {
        if (!_varying.ContainsKey(assert.Arg) && mask is null)
        {
            emit.Clone(assert, _uniform);
            return;
        }

        var ok = Vector(emit, assert.Arg);
        if (mask is not null)
        {
            ok = emit.Or(ok, emit.Not(mask));
        }

        var copy = (AssertOp)emit.Clone(assert, Mapping(assert.Arg, emit.Reduce(CombiningKind.And, ok)));
        copy.Location = assert.Location;
    }

    private void EmitIf(Emitter emit, IfOp branch, Value? mask)
    {
        var thenBlock = branch.Regions[0].Single;
        var elseBlock = branch.Regions[1].IsEmpty ? null : branch.Regions[1].Single;
        if (!_varying.ContainsKey(branch.Condition))
        {
            var uniform = emit.If(
                _uniform[branch.Condition],
                [.. branch.Results.Select(r => VectorOf(r.Type))],
                e => Side(e, thenBlock, mask),
                e => elseBlock is null ? [] : Side(e, elseBlock, mask)
            );
            SetVarying(branch, uniform);
            return;
        }

        var condition = _varying[branch.Condition];
        var taken = mask is null ? condition : emit.And(condition, mask);
        if (elseBlock is not null && IsTrivial(elseBlock))
        {
            // Values at hand otherwise: nothing is selected where no lane takes the branch.
            var common = Side(emit, elseBlock, mask);
            SetVarying(
                branch,
                emit.If(
                    emit.Reduce(CombiningKind.Or, taken),
                    [.. common.Select(c => c.Type)],
                    e => [.. Side(e, thenBlock, taken).Select((rare, i) => e.Select(condition, rare, common[i]))],
                    _ => common,
                    branch.GetAttribute(IfOp.WeightsName)
                )
            );
            return;
        }

        var thenValues = Guarded(emit, thenBlock, taken, branch);
        var notCondition = elseBlock is null ? null : emit.Not(condition);
        var notTaken =
            notCondition is null ? null
            : mask is null ? notCondition
            : emit.And(notCondition, mask);
        var elseValues = elseBlock is null ? [] : Guarded(emit, elseBlock, notTaken, branch);
        for (var i = 0; i < branch.Results.Count; i++)
        {
            _varying[branch.Results[i]] = emit.Select(condition, thenValues[i], elseValues[i]);
        }
    }

    /// <summary>One side of a branch, run only when a lane takes it; the other lanes' values mean nothing.</summary>
    private Value[] Guarded(Emitter emit, Block block, Value? taken, IfOp branch)
    {
        if (IsTrivial(block))
        {
            return [.. block.Last!.Operands.ToArray().Select(v => Vector(emit, v))];
        }

        var types = branch.Results.Select(r => VectorOf(r.Type)).ToArray();
        return emit.If(
            emit.Reduce(CombiningKind.Or, taken!),
            types,
            e => Side(e, block, taken),
            e => [.. types.Select(t => Splat(_hoist, t, null))]
        );
    }

    private Value[] Side(Emitter emit, Block block, Value? mask)
    {
        EmitBlock(emit, block, mask);
        return [.. block.Last!.Operands.ToArray().Select(v => Vector(emit, v))];
    }

    private static bool IsTrivial(Block block) => block.First is { Next: null };

    private void SetVarying(Operation op, IReadOnlyList<Value> values)
    {
        for (var i = 0; i < op.Results.Count; i++)
        {
            _varying[op.Results[i]] = values[i];
        }
    }

    /// <summary>The value as a vector: as computed, or the scalar in all lanes.</summary>
    private Value Vector(Emitter emit, Value original)
    {
        if (_varying.TryGetValue(original, out var vector))
        {
            return vector;
        }

        var scalar = _uniform[original];
        var type = VectorOf(scalar.Type);
        if (_inLoop.Contains(scalar))
        {
            return emit.Broadcast(scalar, type);
        }

        if (!_broadcasts.TryGetValue(scalar, out vector))
        {
            vector = scalar.ConstScalar is { } constant
                ? _hoist.Constant(DenseElementsAttr.Splat(type, constant))
                : _hoist.Broadcast(scalar, type);
            _broadcasts[scalar] = vector;
        }

        return vector;
    }

    private static Value Splat(Emitter emit, VectorType type, int? value) =>
        emit.Constant(
            DenseElementsAttr.Splat(
                type,
                type.ElementType is FloatType f
                    ? FloatAttr.Get(f, value ?? 0)
                    : IntegerAttr.Get(type.ElementType, value ?? 0)
            )
        );

    private static IrMapping Mapping(Value from, Value to)
    {
        var mapping = new IrMapping();
        mapping.Map(from, to);
        return mapping;
    }

    private VectorType VectorOf(IrType scalar) => VectorType.Get([_lanes], scalar);

    private static bool HasUnitSteps(MemRefType type) =>
        type.Layout is null || (type.StridesAndOffset is { } layout && layout.Strides[type.Rank - 1] == 1);

    private static bool SupportsBlock(GenericOp op, Block block) =>
        block.Operations.All(inner =>
            inner switch
            {
                ITerminator => true,
                IndexOp or AssertOp => true,
                LoadOp load => load.Memref.Type is MemRefType { Rank: > 0, StridesAndOffset: not null } type
                    && IsLaneType(type.ElementType)
                    && !op.Outputs.Contains(load.Memref),
                IConstantLike => inner.Results[0].Type is not ShapedType,
                IfOp branch => branch.Results.All(r => IsLaneType(r.Type))
                    && branch.Regions.All(r => r.IsEmpty || (r.HasOneBlock && SupportsBlock(op, r.Single))),
                IElementwise => inner.Regions.Count == 0
                    && inner.Results.All(r => IsLaneType(r.Type))
                    && inner.Operands.Types.All(IsLaneType),
                _ => false,
            }
        );

    private static bool IsLaneType(IrType type) =>
        type
            is IndexType
                or IntegerType { Width: 1 or 8 or 16 or 32 or 64 }
                or FloatType { Name: "f16" or "bf16" or "f32" or "f64" };

    private static int BitsOf(IrType type) =>
        type switch
        {
            IntegerType i => i.Width,
            FloatType f => f.Width,
            IndexType => 64,
            _ => 0,
        };

    /// <summary>Division of integers stops the program for some operands.</summary>
    private static bool MayTrap(Operation op) =>
        op is DivSIOp or DivUIOp or RemSIOp or RemUIOp or CeilDivSIOp or CeilDivUIOp or FloorDivSIOp;
}
