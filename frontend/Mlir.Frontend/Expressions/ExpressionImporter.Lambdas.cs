using System.Linq.Expressions;
using Mlir.Dialects.Arith;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.Scf;
using Mlir.Dialects.Tensor;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Layouts;
using Mlir.IR;
using GenericOp = Mlir.Dialects.Linalg.GenericOp;

namespace Mlir.Frontend.Expressions;

/// <content>Scalar lambdas that are applied to the elements of tensors.</content>
public sealed partial class ExpressionImporter
{
    private const string NoSuchPlace = "System.IndexOutOfRangeException: Index was outside the bounds of the tensor.";

    /// <summary>The lambda becomes the body of one <c>linalg.generic</c> over all tensors.</summary>
    private Operand ImportElementwise(ElementwiseCall call)
    {
        var layout =
            TypeLayout.TryGet(call.Scalar.ReturnType, out var reason) ?? throw Unsupported(call.Scalar, reason!);
        if (layout.Leaves.Any(l => l.Kind != LeafKind.Scalar))
        {
            throw Unsupported(call.Scalar, "a vectorised lambda returns scalars");
        }

        var operands = call.Arguments.Select(ImportElements).ToArray();
        var types = operands.Select(o => o.Type).ToArray();
        if (operands.All(o => !o.IsTensor))
        {
            return Applied(call.Scalar, [.. operands]);
        }

        var spread = _tensors.Broadcast([.. operands.Select(o => o.Value)]);
        var rank = ArrayEmitter.RankOf(spread[0]);
        var sizes = _arithmetic.DynamicSizes(spread[0]);
        return Elementwise(
            call.Scalar,
            spread,
            types,
            [.. spread.Select(_ => AffineMap.Identity(rank))],
            element =>
                _arithmetic.Emit(
                    new EmptyOp(_arithmetic.Location, sizes, (RankedTensorType)Arithmetic.Reshape(spread[0], element))
                )
        );
    }

    private Operand Elementwise(
        LambdaExpression scalar,
        Value[] tensors,
        ScalarType[] types,
        AffineMap[] maps,
        Func<IrType, Value> init
    )
    {
        var body = new Block();
        var elements = tensors
            .Select(
                (t, i) =>
                    new Operand.Elements(body.AddArgument(Arithmetic.ElementType(t), _arithmetic.Location), types[i])
            )
            .ToArray();
        var result = Inside(body, () => Applied(scalar, elements));
        var leaves = Leaves(result, scalar.Body);
        var inits = leaves.Select(l => init(l.Value.Type)).ToArray();
        var rank = ArrayEmitter.RankOf(inits[0]);
        foreach (var leaf in leaves)
        {
            body.AddArgument(leaf.Value.Type, _arithmetic.Location);
        }

        body.Insert(new Dialects.Linalg.YieldOp(_arithmetic.Location, [.. leaves.Select(l => l.Value)]));
        var op = new GenericOp(
            _arithmetic.Location,
            tensors,
            inits,
            ArrayAttr.Get([.. maps.Concat(inits.Select(_ => AffineMap.Identity(rank))).Select(AffineMapAttr.Get)]),
            ArrayAttr.Get([.. Enumerable.Repeat<IrAttribute>(EnumAttr<IteratorType>.Get(IteratorType.Parallel), rank)]),
            [.. inits.Select(t => t.Type)]
        );
        SetBody(op.Regions[0], body);
        _arithmetic.Builder.Insert(op);
        var next = 0;
        return Rebuild(result, [.. op.Results], ref next);
    }

    /// <summary>The lambda's body with its parameters bound to these operands.</summary>
    private Operand Applied(LambdaExpression lambda, Operand.Elements[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            _bindings[lambda.Parameters[i]] = arguments[i];
        }

        return Import(lambda.Body);
    }

    private T Inside<T>(Block block, Func<T> import)
    {
        var outer = _arithmetic.Builder.Save();
        _arithmetic.Builder.SetInsertionPointToEnd(block);
        var result = import();
        _arithmetic.Builder.Restore(outer);
        return result;
    }

    private static void SetBody(Region region, Block body)
    {
        if (region.First is { } empty)
        {
            empty.Erase();
        }

        region.Insert(body);
    }

    private Operand ImportFold(FoldCall call)
    {
        var operands = call.Arguments.Select(ImportElements).ToArray();
        return call.Form switch
        {
            FoldForm.Reduce => Fold(call, operands[0], operands[1]),
            FoldForm.Accumulate => Accumulate(call, operands[0], operands[1]),
            FoldForm.Outer => Outer(call, operands[0], operands[1]),
            _ => CombineAt(call, operands[0], operands[1], operands[2]),
        };
    }

    private Value Combined(FoldCall call, Value a, Value b, ScalarType type) =>
        Applied(call.Combine, [new Operand.Elements(a, type), new Operand.Elements(b, type)])
            is Operand.Elements { IsTensor: false } result
            ? result.Value
            : throw Unsupported(call.Combine, "the lambda must return a scalar of the elements' type");

    private Operand.Elements Fold(FoldCall call, Operand.Elements x, Operand.Elements identity)
    {
        var rank = ArrayEmitter.RankOf(x.Value);
        if (call.Axis is not null || call.KeepDims)
        {
            _module.RequireShapes();
        }

        int[] axes = call.Axis is { } axis ? [Dimension(call, axis, rank)] : [.. Enumerable.Range(0, rank)];
        var kept = Enumerable.Range(0, rank).Except(axes).ToArray();
        var emitter = new ArrayEmitter(_arithmetic);
        var sizes = kept.Select(d => emitter.Size(x.Value, d)).ToArray();
        var reduced = x.Value;
        if (rank > 0)
        {
            var body = new Block();
            var element = body.AddArgument(x.Type.IrType, _arithmetic.Location);
            var accumulator = body.AddArgument(x.Type.IrType, _arithmetic.Location);
            var combined = Inside(body, () => Combined(call, accumulator, element, x.Type));
            body.Insert(new Dialects.Linalg.YieldOp(_arithmetic.Location, [combined]));
            var init = emitter.Full(sizes, identity.Value);
            var op = new GenericOp(
                _arithmetic.Location,
                [x.Value],
                [init],
                ArrayAttr.Get([
                    AffineMapAttr.Get(AffineMap.Identity(rank)),
                    AffineMapAttr.Get(AffineMap.Select(rank, kept)),
                ]),
                ArrayAttr.Get([
                    .. Enumerable
                        .Range(0, rank)
                        .Select(
                            IrAttribute (d) =>
                                EnumAttr<IteratorType>.Get(
                                    axes.Contains(d) ? IteratorType.Reduction : IteratorType.Parallel
                                )
                        ),
                ]),
                [init.Type]
            );
            SetBody(op.Regions[0], body);
            reduced = _arithmetic.Emit(op);
        }

        if (ScalarType.TryGet(call.Type) is not null)
        {
            return x with { Value = _arithmetic.Emit(new ExtractOp(_arithmetic.Location, reduced, [])) };
        }

        if (!call.KeepDims)
        {
            return x with { Value = reduced };
        }

        var all = Enumerable
            .Range(0, rank)
            .Select(d => axes.Contains(d) ? _arithmetic.Index(1) : emitter.Size(x.Value, d))
            .ToArray();
        return x with { Value = emitter.View(reduced, AffineMap.Select(rank, kept), all) };
    }

    private int Dimension(FoldCall call, int axis, int rank) =>
        axis >= -rank && axis < rank
            ? axis < 0
                ? axis + rank
                : axis
            : throw Unsupported(call, $"there is no dimension {axis} in a tensor of rank {rank}");

    /// <summary>One loop along the dimension inside loops over the others.</summary>
    private Operand.Elements Accumulate(FoldCall call, Operand.Elements x, Operand.Elements identity)
    {
        _module.RequireShapes();
        var rank = ArrayEmitter.RankOf(x.Value);
        var axis = Dimension(call, call.Axis ?? 0, rank);
        var emitter = new ArrayEmitter(_arithmetic);
        var sizes = emitter.Sizes(x.Value);
        var order = Enumerable.Range(0, rank).Where(d => d != axis).Append(axis).ToArray();
        var subscripts = new Value[rank];
        return x with { Value = Nest(0, emitter.Empty(sizes, x.Type.IrType)) };

        Value Nest(int depth, Value destination)
        {
            var last = depth == rank - 1;
            return Loop(
                sizes[order[depth]],
                last ? [destination, identity.Value] : [destination],
                (i, carried) =>
                {
                    subscripts[order[depth]] = i;
                    if (!last)
                    {
                        return [Nest(depth + 1, carried[0])];
                    }

                    var element = _arithmetic.Emit(new ExtractOp(_arithmetic.Location, x.Value, subscripts));
                    var next = Combined(call, carried[1], element, x.Type);
                    var stored = new InsertOp(_arithmetic.Location, next, carried[0], subscripts);
                    return [_arithmetic.Emit(stored), next];
                }
            );
        }
    }

    /// <summary>A loop that carries values; the first of those at its end.</summary>
    private Value Loop(Value count, Value[] carried, Func<Value, Value[], Value[]> iterate)
    {
        var loop = new ForOp(
            _arithmetic.Location,
            _arithmetic.Index(0),
            count,
            _arithmetic.Index(1),
            carried,
            [.. carried.Select(v => v.Type)]
        );
        var body = new Block();
        var i = body.AddArgument(IndexType.Instance, _arithmetic.Location);
        var arguments = carried.Select(v => (Value)body.AddArgument(v.Type, _arithmetic.Location)).ToArray();
        var next = Inside(body, () => iterate(i, arguments));
        body.Insert(new Dialects.Scf.YieldOp(_arithmetic.Location, next));
        SetBody(loop.Regions[0], body);
        _arithmetic.Builder.Insert(loop);
        return loop.Results[0];
    }

    private Operand Outer(FoldCall call, Operand.Elements x, Operand.Elements y)
    {
        _module.RequireShapes();
        var emitter = new ArrayEmitter(_arithmetic);
        var (rx, ry) = (ArrayEmitter.RankOf(x.Value), ArrayEmitter.RankOf(y.Value));
        Value[] sizes = [.. emitter.Sizes(x.Value), .. emitter.Sizes(y.Value)];
        return Elementwise(
            call.Combine,
            [x.Value, y.Value],
            [x.Type, y.Type],
            [
                AffineMap.Select(rx + ry, [.. Enumerable.Range(0, rx)]),
                AffineMap.Select(rx + ry, [.. Enumerable.Range(rx, ry)]),
            ],
            element => emitter.Empty(sizes, element)
        );
    }

    private Operand.Elements CombineAt(
        FoldCall call,
        Operand.Elements x,
        Operand.Elements places,
        Operand.Elements values
    )
    {
        _module.RequireShapes();
        if (
            ArrayEmitter.RankOf(x.Value) != 1
            || ArrayEmitter.RankOf(places.Value) != 1
            || ArrayEmitter.RankOf(values.Value) != 1
        )
        {
            throw Unsupported(call, "At takes tensors of one dimension");
        }

        var emitter = new ArrayEmitter(_arithmetic);
        var (size, count) = (emitter.Size(x.Value, 0), emitter.Size(places.Value, 0));
        _arithmetic.Assert(
            _arithmetic.Emit(new CmpIOp(_arithmetic.Location, count, emitter.Size(values.Value, 0), CmpIPredicate.Eq)),
            "System.ArgumentException: There must be one value for each place."
        );
        return x with
        {
            Value = Loop(
                count,
                [x.Value],
                (k, carried) =>
                {
                    var place = _arithmetic.Emit(new ExtractOp(_arithmetic.Location, places.Value, [k]));
                    var at = ToIndex(places with { Value = place });
                    _arithmetic.Assert(
                        _arithmetic.Emit(new CmpIOp(_arithmetic.Location, at, size, CmpIPredicate.Ult)),
                        NoSuchPlace
                    );
                    var value = _arithmetic.Emit(new ExtractOp(_arithmetic.Location, values.Value, [k]));
                    var old = _arithmetic.Emit(new ExtractOp(_arithmetic.Location, carried[0], [at]));
                    var combined = Combined(call, old, value, x.Type);
                    return [_arithmetic.Emit(new InsertOp(_arithmetic.Location, combined, carried[0], [at]))];
                }
            ),
        };
    }
}
