using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>A size as far as it is known: a constant, the size of a dimension of a tensor, or an <c>index</c> value.</summary>
/// <param name="Value">The tensor or the <c>index</c>; null for a constant.</param>
/// <param name="Number">The constant, or the dimension; -1 for an <c>index</c>.</param>
internal readonly record struct Extent(Value? Value, long Number)
{
    public static Extent Constant(long value) => new(null, value);

    public static Extent Dim(Value tensor, int dim) => new(tensor, dim);

    public static Extent Index(Value value) => new(value, -1);

    public bool IsConstant => Value is null;

    /// <summary>Whether it is the size of a tensor that exists, hence not negative.</summary>
    public bool IsDim => Value is not null && Number >= 0;
}
