using Mlir.Dialects;
using Mlir.Dialects.Arith;
using Mlir.Dialects.Cf;
using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.Math;
using Mlir.Dialects.Scf;
using Mlir.Dialects.Tensor;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Puts the checks into one function, in the order of its operations.</summary>
internal sealed class FunctionChecks(CancellationToken cancellation)
{
    private const string OutOfRange = "System.IndexOutOfRangeException: Index was outside the bounds of the array.";
    private const string Shapes = "System.ArgumentException: The shapes of the tensors do not agree.";
    private const string Dimension = "System.ArgumentOutOfRangeException: The tensor has no dimension of this number.";
    private const string Slice = "System.ArgumentOutOfRangeException: The slice is not inside the tensor.";
    private const string Step = "System.ArgumentOutOfRangeException: The step of a loop must be positive.";
    private const string Size =
        "System.OverflowException: The size of an array is negative, or its bytes exceed what memory can address.";

    // Far above any memory, far below where a product with an element's size overflows.
    private const long MostBytes = 1L << 56;

    // From any subscript of an array this many steps on, the sum is still one of 64 bits.
    private static readonly Int128 MostStep = 1L << 32;

    private readonly ExtentFacts _facts = new();

    /// <summary>A shape whose memory was found to be countable.</summary>
    private sealed record Countable(string Key);

    private readonly Dictionary<Value, int> _numbers = [];

    public void Run(FuncOp function) => Check(function.Body.Single);

    private void Check(Block block)
    {
        _facts.Enter();
        for (var op = block.First; op is not null; )
        {
            cancellation.ThrowIfCancellationRequested();

            // What is put in stands before the operation.
            var next = op.Next;
            Check(op);
            foreach (var region in op.Regions)
            {
                foreach (var inner in region.Blocks)
                {
                    Check(inner);
                }
            }

            op = next;
        }

        _facts.Leave();
    }

    private void Check(Operation op)
    {
        switch (op)
        {
            case AssertOp assertion:
                ScalarChecks.Learn(assertion.Arg, _facts);
                break;
            case ShLIOp or ShRSIOp or ShRUIOp:
                CheckShapes(op);
                ScalarChecks.LimitShift(op);
                break;
            case IPowIOp:
                CheckShapes(op);
                ScalarChecks.LimitPower(op);
                break;
            case FPToSIOp or FPToUIOp:
                CheckShapes(op);
                ScalarChecks.LimitConversion(op, _facts);
                break;
            case var _ when ScalarChecks.IsDivision(op):
                CheckShapes(op);
                ScalarChecks.CheckDivision(op, _facts);
                break;
            case IElementwise:
                CheckShapes(op);
                break;
            case ForOp loop:
                CheckStep(loop);
                break;
            case ILinalgOp linalg:
                CheckLoops(op, linalg);
                break;
            case ExtractOp extract:
                CheckSubscripts(op, extract.Tensor, extract.Indices);
                break;
            case InsertOp insert:
                CheckSubscripts(op, insert.Dest, insert.Indices);
                break;
            case DimOp dim:
                CheckDimension(dim);
                break;
            case CastOp cast:
                CheckCast(cast);
                break;
            case ExtractSliceOp slice:
                CheckSlice(op, slice, slice.Source);
                break;
            case InsertSliceOp slice:
                CheckSlice(op, slice, slice.Dest);
                CheckPart(slice);
                break;
            case EmptyOp empty:
                CheckAllocation(op, empty.Result, empty.DynamicSizes);
                break;
            case SplatOp splat:
                CheckAllocation(op, splat.Aggregate, splat.DynamicSizes);
                break;
        }
    }

    // Elementwise operations: every tensor among the operands and results has the sizes of the first operand.
    private void CheckShapes(Operation op)
    {
        Value? first = null;
        foreach (var operand in op.Operands)
        {
            if (operand.Type is not RankedTensorType type)
            {
                continue;
            }

            first ??= operand;
            for (var i = 0; i < type.Rank && !ReferenceEquals(first, operand); i++)
            {
                EnsureEqual(op, _facts.Of(first, i), _facts.Of(operand, i));
            }
        }

        foreach (var result in op.Results)
        {
            for (var i = 0; first is not null && result.Type is RankedTensorType type && i < type.Rank; i++)
            {
                if (!type.IsDynamicDim(i))
                {
                    EnsureEqual(op, _facts.Of(first, i), Extent.Constant(type.Shape[i]));
                }
            }
        }
    }

    // A loop of linalg goes as far as each dimension that it is the subscript of.
    private void CheckLoops(Operation op, ILinalgOp linalg)
    {
        var maps = linalg.IndexingMapList;
        var loops = new Extent?[linalg.IteratorTypeList.Count];
        for (var i = 0; i < maps.Count; i++)
        {
            var operand = op.Operands[i];
            for (var d = 0; d < maps[i].Results.Count; d++)
            {
                switch (maps[i].Results[d])
                {
                    case AffineDimExpr loop when loops[loop.Position] is { } extent:
                        EnsureEqual(op, extent, _facts.Of(operand, d));
                        break;
                    case AffineDimExpr loop:
                        loops[loop.Position] = _facts.Of(operand, d);
                        break;
                    case AffineConstantExpr constant:
                        EnsureBelow(op, Extent.Constant(constant.Value), _facts.Of(operand, d));
                        break;
                    case var other:
                        throw new DiagnosticException(
                            UntrustedErrors.Operation.At(
                                op.Location,
                                op.Name,
                                $"the subscript {other} is neither a loop nor a constant"
                            )
                        );
                }
            }
        }
    }

    private void CheckStep(ForOp loop)
    {
        if (loop.Step.ConstInt is { } step && step > 0)
        {
            return;
        }

        var emit = Before(loop);
        var zero = emit.Constant(IntegerAttr.Get(loop.Step.Type, 0));
        Assert(emit, Compare(emit, loop.Step, zero, loop.UnsignedCmp ? CmpIPredicate.Ne : CmpIPredicate.Sgt), Step);
    }

    private void CheckSubscripts(Operation op, Value tensor, OperandList subscripts)
    {
        for (var i = 0; i < subscripts.Count; i++)
        {
            EnsureBelow(op, _facts.Of(subscripts[i]), _facts.Of(tensor, i));
        }
    }

    private void CheckDimension(DimOp dim)
    {
        var rank = ((RankedTensorType)dim.Source.Type).Rank;
        if (dim.Index.ConstInt is { } constant && constant >= 0 && constant < rank)
        {
            return;
        }

        var emit = Before(dim);
        Assert(emit, Compare(emit, dim.Index, emit.Index(rank), CmpIPredicate.Ult), Dimension);
    }

    private void CheckCast(CastOp cast)
    {
        var (from, to) = ((RankedTensorType)cast.Source.Type, (RankedTensorType)cast.Dest.Type);
        for (var i = 0; i < to.Rank; i++)
        {
            if (from.IsDynamicDim(i) && !to.IsDynamicDim(i))
            {
                EnsureEqual(cast, _facts.Of(cast.Source, i), Extent.Constant(to.Shape[i]));
            }
        }
    }

    // 0 ≤ offset ≤ n, and with q = n - offset: size ≤ q where the stride is 1, else size ≤ (q = 0 ? 0 : (q - 1) / stride + 1).
    // A stride beyond n is never taken, and stands in the computation of addresses all the same: it is lowered to n.
    private void CheckSlice(Operation op, ISlice slice, Value source)
    {
        var (offsets, sizes, strides) = (0, 0, 0);
        var firstStride = op.Operands.Count - slice.Strides.Count;
        for (var i = 0; i < slice.StaticOffsets.Values.Count; i++)
        {
            var offset = Next(slice.StaticOffsets, slice.Offsets, i, ref offsets);
            var size = Next(slice.StaticSizes, slice.Sizes, i, ref sizes);
            var stride = Next(slice.StaticStrides, slice.Strides, i, ref strides);
            var whole = _facts.Of(source, i);
            if (
                stride == Extent.Constant(1)
                && offset == Extent.Constant(0)
                && _facts.AreEqual(size, whole)
                && (size.IsDim || size is { IsConstant: true, Number: >= 0 })
            )
            {
                continue;
            }

            if (
                (offset.IsConstant, size.IsConstant, stride.IsConstant, whole.IsConstant) is (true, true, true, true)
                && stride.Number > 0
                && offset.Number >= 0
                && size.Number >= 0
                && (Int128)offset.Number + Int128.Max(size.Number - 1, 0) * stride.Number
                    < (Int128)whole.Number + (size.Number == 0 ? 1 : 0)
            )
            {
                continue;
            }

            var emit = Before(op);
            var (n, from, count) = (Materialize(emit, whole), Materialize(emit, offset), Materialize(emit, size));
            if (offset != Extent.Constant(0))
            {
                Assert(emit, Compare(emit, from, n, CmpIPredicate.Ule), Slice);
            }

            var most = emit.Sub(n, from);
            if (stride != Extent.Constant(1))
            {
                var (by, one, zero) = (Materialize(emit, stride), emit.Index(1), emit.Index(0));
                Assert(emit, Compare(emit, by, zero, CmpIPredicate.Sgt), Slice);
                if (slice.StaticStrides.Values[i] == ShapedType.Dynamic)
                {
                    op.SetOperand(firstStride + strides - 1, emit.Min(by, emit.Max(n, one)));
                }

                var steps = emit.Add(emit.Div(emit.Sub(emit.Max(most, one), one), by), one);
                most = emit.Select(Compare(emit, most, zero, CmpIPredicate.Eq), zero, steps);
            }

            Assert(emit, Compare(emit, count, most, CmpIPredicate.Ule), Slice);
        }
    }

    // What is inserted has the sizes that the slice names.
    private void CheckPart(InsertSliceOp slice)
    {
        var next = 0;
        for (var i = 0; i < slice.StaticSizes.Values.Count; i++)
        {
            EnsureEqual(slice, Next(slice.StaticSizes, slice.Sizes, i, ref next), _facts.Of(slice.Source, i));
        }
    }

    private Extent Next(DenseArrayAttr known, OperandList values, int index, ref int next) =>
        known.Values[index] == ShapedType.Dynamic ? _facts.Of(values[next++]) : Extent.Constant(known.Values[index]);

    // Sizes are not negative, and the product of those that are not zero with the element's size is far below 64 bits.
    private void CheckAllocation(Operation op, Value tensor, OperandList dynamicSizes)
    {
        var type = (RankedTensorType)tensor.Type;
        if (dynamicSizes.Count == 0)
        {
            return;
        }

        var extents = new Extent[type.Rank];
        for (var (i, next) = (0, 0); i < extents.Length; i++)
        {
            extents[i] = type.IsDynamicDim(i) ? _facts.Of(dynamicSizes[next++]) : Extent.Constant(type.Shape[i]);
        }

        var elementSize = DenseElementsAttr.ElementSize(type.ElementType);
        if (IsShapeOfTensor(extents) || _facts.Knows(new Countable(KeyOf(extents))))
        {
            return;
        }

        _facts.Learn(new Countable(KeyOf(extents)));
        var emit = Before(op);
        var bytes = (Int128)Math.Max(elementSize, sizeof(long));
        foreach (var extent in extents)
        {
            bytes = extent.IsConstant ? bytes * Math.Max(1, extent.Number) : bytes;
            if (bytes > MostBytes || extent is { IsConstant: true, Number: < 0 })
            {
                Assert(emit, emit.Constant(IntegerAttr.False), Size);
                return;
            }
        }

        // Each alone first: then no step of the product can leave 128 bits.
        var values = extents.Where(e => !e.IsConstant).Select(e => Materialize(emit, e)).ToArray();
        var most = emit.Index((long)(MostBytes / bytes));
        foreach (var value in values)
        {
            Assert(emit, Compare(emit, value, most, CmpIPredicate.Ule), Size);
        }

        if (values.Length < 2)
        {
            return;
        }

        var i64 = IntegerType.I64;
        Value? product = null;
        foreach (var value in values)
        {
            var factor = emit.Insert(new IndexCastOp(op.Location, emit.Max(value, emit.Index(1)), i64)).Out;
            if (product is null)
            {
                product = factor;
                continue;
            }

            var wide = emit.Insert(new MulUIExtendedOp(op.Location, product, factor));
            var limit = emit.Constant(IntegerAttr.Get(i64, MostBytes / bytes));
            var fits = emit.Insert(
                new AndIOp(
                    op.Location,
                    Compare(emit, wide.High, emit.Constant(IntegerAttr.Get(i64, 0)), CmpIPredicate.Eq),
                    Compare(emit, wide.Low, limit, CmpIPredicate.Ule)
                )
            ).Result;
            Assert(emit, fits, Size);
            product = wide.Low;
        }
    }

    /// <summary>Whether the sizes are those of a tensor that exists, all of them in order: another one of that shape is countable too.</summary>
    private static bool IsShapeOfTensor(Extent[] extents)
    {
        var tensor = Array.Find(extents, e => e.IsDim).Value;
        if (tensor?.Type is not RankedTensorType type || type.Rank != extents.Length)
        {
            return false;
        }

        for (var i = 0; i < extents.Length; i++)
        {
            var same = type.IsDynamicDim(i)
                ? ReferenceEquals(extents[i].Value, tensor) && extents[i].Number == i
                : extents[i] == Extent.Constant(type.Shape[i]);
            if (!same)
            {
                return false;
            }
        }

        return true;
    }

    private string KeyOf(Extent[] extents) =>
        string.Join(
            ',',
            extents
                .Select(e => _facts.Representative(e))
                .Select(e => $"{(e.Value is null ? -1 : NumberOf(e.Value))}:{e.Number}")
        );

    private int NumberOf(Value value)
    {
        if (!_numbers.TryGetValue(value, out var number))
        {
            _numbers[value] = number = _numbers.Count;
        }

        return number;
    }

    private void EnsureEqual(Operation op, Extent a, Extent b)
    {
        if (_facts.AreEqual(a, b))
        {
            return;
        }

        var emit = Before(op);
        Assert(emit, Compare(emit, Materialize(emit, a), Materialize(emit, b), CmpIPredicate.Eq), Shapes);
        _facts.LearnEqual(a, b);
    }

    private void EnsureBelow(Operation op, Extent subscript, Extent size)
    {
        if (subscript is { IsConstant: true, Number: >= 0 } && size.IsConstant && subscript.Number < size.Number)
        {
            return;
        }

        if (subscript.Value is { } value && subscript.Number < 0 && IsBelow(value, size))
        {
            return;
        }

        var emit = Before(op);
        Assert(
            emit,
            Compare(emit, Materialize(emit, subscript), Materialize(emit, size), CmpIPredicate.Ult),
            OutOfRange
        );
        if (subscript.Value is { } known && subscript.Number < 0)
        {
            _facts.Learn(new Below(known, size));
        }
    }

    private bool IsBelow(Value subscript, Extent size)
    {
        if (_facts.Knows(new Below(subscript, size)) || _facts.Knows(new Below(subscript, _facts.Representative(size))))
        {
            return true;
        }

        // The variable of a loop from 0 to the size, in steps that cannot wrap around, or of a loop of linalg over the dimension.
        return subscript switch
        {
            BlockArgument { Index: 0, Owner.ParentOp: ForOp { UnsignedCmp: false } loop } => loop.LowerBound.ConstInt
                is { } from
                && from >= 0
                && loop.Step.ConstInt is { } step
                && step > 0
                && step <= MostStep
                && _facts.AreEqual(_facts.Of(loop.UpperBound), size),
            { Definer: IndexOp { Dim: var dim, ParentOp: ILinalgOp linalg } } => LoopExtent(linalg, (int)dim)
                is { } extent
                && _facts.AreEqual(extent, size),
            _ => false,
        };
    }

    private Extent? LoopExtent(ILinalgOp linalg, int loop)
    {
        var maps = linalg.IndexingMapList;
        for (var i = 0; i < maps.Count; i++)
        {
            for (var d = 0; d < maps[i].Results.Count; d++)
            {
                if (maps[i].Results[d] is AffineDimExpr { Position: var position } && position == loop)
                {
                    return _facts.Of(((Operation)linalg).Operands[i], d);
                }
            }
        }

        return null;
    }

    private static Value Materialize(Emitter emit, Extent extent)
    {
        if (extent.IsConstant)
        {
            return emit.Index(extent.Number);
        }

        if (!extent.IsDim)
        {
            return extent.Value!;
        }

        // Bodies of linalg work on elements: sizes of tensors are asked for in front of the operation.
        var place = emit.Builder.Before!;
        while (place.ParentOp is { } parent and not FuncOp && IsInBody(place))
        {
            place = parent;
        }

        return new Emitter(new OpBuilder(place), emit.Location).TensorDim(extent.Value!, (int)extent.Number);
    }

    private static bool IsInBody(Operation op)
    {
        for (var parent = op.ParentOp; parent is not (null or FuncOp); parent = parent.ParentOp)
        {
            if (parent is ILinalgOp)
            {
                return true;
            }
        }

        return false;
    }

    private static Emitter Before(Operation op) => new(new OpBuilder(op), op.Location);

    private static Value Compare(Emitter emit, Value a, Value b, CmpIPredicate predicate) =>
        emit.Insert(new CmpIOp(emit.Location, a, b, predicate)).Result;

    private static void Assert(Emitter emit, Value condition, string message) =>
        emit.Insert(new AssertOp(emit.Location, condition, message));
}
