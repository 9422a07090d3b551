using Mlir.IR;

namespace Mlir.Frontend.Expressions;

/// <summary>What a kernel is specialised for about one tensor argument: its rank and which dimensions have size 1 and broadcast.</summary>
/// <param name="Shape">The sizes: 1 for a dimension that broadcasts, <see cref="ShapedType.Dynamic"/> for the others.</param>
public sealed record TensorShape(EquatableArray<long> Shape)
{
    /// <summary>One dimension that stands for all: used when every tensor argument has the same shape.</summary>
    public static TensorShape Flat { get; } = new([ShapedType.Dynamic]);

    /// <summary>The class of an array with these sizes.</summary>
    public static TensorShape Of(ReadOnlySpan<nint> lengths)
    {
        var shape = new long[lengths.Length];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = lengths[i] == 1 ? 1 : ShapedType.Dynamic;
        }

        return new TensorShape([.. shape]);
    }
}
