using Mlir.Arrays;
using Mlir.Dialects.Arith;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.Tensor;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>Convolutions and pooling.</summary>
/// <remarks>The innermost loop goes along the rows of the result, so that neighbours are computed together.</remarks>
internal static class Convolving
{
    private const string NoFit = "System.ArgumentException: The window does not fit into the input.";

    /// <summary>Adds the family to the table.</summary>
    public static void AddTo(Dictionary<string, Func<ArrayCall, Operand>> table)
    {
        table.Add("Convolve", Convolve);
        table.Add("Conv1D", c => Convolution(c, 1));
        table.Add("Conv2D", c => Convolution(c, 2));
        table.Add("MaxPool2D", c => Pool(c, mean: false));
        table.Add("AvgPool2D", c => Pool(c, mean: true));
    }

    private static Operand.Elements Convolve(ArrayCall call)
    {
        var (x, kernel) = (call.Tensor("x"), call.Tensor("kernel"));
        var (a, emitter, type) = (call.Arithmetic, call.Emitter, x.Type);
        if (ArrayEmitter.RankOf(x.Value) != 1 || ArrayEmitter.RankOf(kernel.Value) != 1)
        {
            throw call.Unsupported("a convolution needs two vectors");
        }

        var (n, m, one) = (emitter.Size(x.Value, 0), emitter.Size(kernel.Value, 0), a.Index(1));
        a.Assert(
            a.CompareIndex(CmpIPredicate.Ne, a.MultiplyIndex(n, m), a.Index(0)),
            "System.ArgumentException: A convolution needs two vectors that are not empty."
        );
        var (less, more) = (a.SubtractIndex(a.MinIndex(n, m), one), a.MaxIndex(n, m));
        var (first, count) = call.Known("mode", ConvolveMode.Full) switch
        {
            ConvolveMode.Full => (a.Index(0), a.SubtractIndex(a.AddIndex(n, m), one)),
            ConvolveMode.Same => (a.DivideIndex(less, a.Index(2)), more),
            _ => (less, a.SubtractIndex(more, less)),
        };

        // full[i] = Σ padded[i + j] * reversed[j]; what is padded never counts, not even times infinity.
        var before = a.SubtractIndex(a.SubtractIndex(m, one), first);
        var after = a.SubtractIndex(a.SubtractIndex(a.AddIndex(count, m), one), a.AddIndex(n, before));
        var zero = a.Constant(AxisReductions.Number(type, 0));
        var padded = emitter.Pad(x.Value, 0, before, after, zero);
        var (j, i) = (AffineExpr.Dim(0), AffineExpr.Dim(1));
        var result = emitter.Generic(
            [padded, emitter.Reverse(kernel.Value, 0)],
            [emitter.Full([count], zero)],
            [new AffineMap(2, 0, [i + j]), new AffineMap(2, 0, [j]), new AffineMap(2, 0, [i])],
            [IteratorType.Reduction, IteratorType.Parallel],
            (inner, elements) =>
            {
                var at = ArrayEmitter.Subscripts(inner, 2);
                var place = inner.SubtractIndex(inner.AddIndex(at[0], at[1]), before);
                var inside = inner.And(
                    inner.CompareIndex(CmpIPredicate.Sge, place, inner.Index(0)),
                    inner.CompareIndex(CmpIPredicate.Slt, place, n)
                );
                var product = inner.Multiply(elements[0], elements[1], type);
                return [inner.Add(elements[2], inner.Select(inside, product, zero), type)];
            }
        );
        return x with { Value = result[0] };
    }

    /// <summary>(N, C, spatial…) with (F, C, window…) gives (N, F, places…).</summary>
    private static Operand.Elements Convolution(ArrayCall call, int spatial)
    {
        var (x, filters) = (call.Tensor("x"), call.Tensor("filters"));
        var (a, emitter, type) = (call.Arithmetic, call.Emitter, x.Type);
        if (ArrayEmitter.RankOf(x.Value) != spatial + 2 || ArrayEmitter.RankOf(filters.Value) != spatial + 2)
        {
            throw call.Unsupported($"input and filters must have {spatial + 2} dimensions");
        }

        var (stride, padding, dilation) = (
            call.Known("stride", 1),
            call.Known("padding", 0),
            call.Known("dilation", 1)
        );
        call.Checked(() => new Window(stride, padding, dilation));
        emitter.RequireEqual(
            emitter.Size(x.Value, 1),
            emitter.Size(filters.Value, 1),
            "System.ArgumentException: The numbers of channels differ."
        );
        var zero = a.Constant(AxisReductions.Number(type, 0));
        var image = x.Value;
        var places = new Value[spatial];
        for (var d = 0; d < spatial; d++)
        {
            places[d] = Places(call, image, filters.Value, d + 2, stride, padding, dilation);
            if (padding > 0)
            {
                image = emitter.Pad(image, d + 2, a.Index(padding), a.Index(padding), zero);
            }
        }

        // n, f, places but the last | c, window | the last place
        var loops = (2 * spatial) + 3;
        var channel = spatial + 1;
        AffineExpr Place(int d) => AffineExpr.Dim(d == spatial - 1 ? loops - 1 : 2 + d);
        AffineExpr Tap(int d) => AffineExpr.Dim(channel + 1 + d);
        var each = Enumerable.Range(0, spatial);
        AffineMap[] maps =
        [
            new(
                loops,
                0,
                [
                    AffineExpr.Dim(0),
                    AffineExpr.Dim(channel),
                    .. each.Select(d =>
                        (Place(d) * AffineExpr.Constant(stride)) + (Tap(d) * AffineExpr.Constant(dilation))
                    ),
                ]
            ),
            new(loops, 0, [AffineExpr.Dim(1), AffineExpr.Dim(channel), .. each.Select(Tap)]),
            new(loops, 0, [AffineExpr.Dim(0), AffineExpr.Dim(1), .. each.Select(Place)]),
        ];
        var result = emitter.Generic(
            [image, filters.Value],
            [emitter.Full([emitter.Size(image, 0), emitter.Size(filters.Value, 0), .. places], zero)],
            maps,
            Enumerable
                .Range(0, loops)
                .Select(l => l >= channel && l < loops - 1 ? IteratorType.Reduction : IteratorType.Parallel),
            (inner, elements) => [inner.Add(elements[2], inner.Multiply(elements[0], elements[1], type), type)]
        );
        return x with { Value = result[0] };
    }

    private static Value Places(
        ArrayCall call,
        Value image,
        Value filters,
        int axis,
        int stride,
        int padding,
        int dilation
    )
    {
        var (a, size) = (call.Arithmetic, call.Emitter.Size(filters, axis));
        var reach = a.AddIndex(a.MultiplyIndex(a.SubtractIndex(size, a.Index(1)), a.Index(dilation)), a.Index(1));
        var room = a.SubtractIndex(a.AddIndex(call.Emitter.Size(image, axis), a.Index(2L * padding)), reach);
        a.Assert(
            a.And(
                a.CompareIndex(CmpIPredicate.Sge, room, a.Index(0)),
                a.CompareIndex(CmpIPredicate.Sgt, size, a.Index(0))
            ),
            NoFit
        );
        return a.AddIndex(a.DivideIndex(room, a.Index(stride)), a.Index(1));
    }

    private static Operand.Elements Pool(ArrayCall call, bool mean)
    {
        var x = call.Tensor("x");
        var (a, emitter, type) = (call.Arithmetic, call.Emitter, x.Type);
        var rank = ArrayEmitter.RankOf(x.Value);
        var size = call.Known<int>("size");
        var stride = call.Known("stride", 0) is > 0 and var given ? given : size;
        if (rank < 2 || size < 1 || call.Known("stride", 0) < 0)
        {
            throw call.Unsupported("pooling needs images (…, H, W), a positive window and a positive stride");
        }

        var sizes = emitter.Sizes(x.Value);
        for (var d = rank - 2; d < rank; d++)
        {
            var room = a.SubtractIndex(sizes[d], a.Index(size));
            a.Assert(a.CompareIndex(CmpIPredicate.Sge, room, a.Index(0)), NoFit);
            sizes[d] = a.AddIndex(a.DivideIndex(room, a.Index(stride)), a.Index(1));
        }

        // images, place down | window | place across; nothing of the window is read, it only says how far its loops go.
        var loops = rank + 2;
        var window = a.Emit(new EmptyOp(a.Location, [], RankedTensorType.Get([size, size], type.IrType)));
        var (down, across) = (AffineExpr.Dim(rank - 2), AffineExpr.Dim(loops - 1));
        var (i, j) = (AffineExpr.Dim(rank - 1), AffineExpr.Dim(rank));
        var step = AffineExpr.Constant(stride);
        IEnumerable<AffineExpr> images = Enumerable.Range(0, rank - 2).Select(AffineExpr.Dim);
        var neutral =
            mean ? AxisReductions.Number(type, 0)
            : type.IsFloat ? AxisReductions.Number(type, double.NegativeInfinity)
            : IntegerAttr.Get(type.IrType, type.MinValue);
        var pooled = emitter.Generic(
            [x.Value, window],
            [emitter.Full(sizes, a.Constant(neutral))],
            [
                new AffineMap(loops, 0, [.. images, (down * step) + i, (across * step) + j]),
                new AffineMap(loops, 0, [i, j]),
                new AffineMap(loops, 0, [.. images, down, across]),
            ],
            Enumerable
                .Range(0, loops)
                .Select(l => l >= rank - 1 && l <= rank ? IteratorType.Reduction : IteratorType.Parallel),
            (inner, elements) =>
                [mean ? inner.Add(elements[2], elements[0], type) : inner.Max(elements[2], elements[0], type)]
        )[0];
        return x with { Value = mean ? a.Divide(pooled, a.Float((double)size * size, pooled), type) : pooled };
    }
}
