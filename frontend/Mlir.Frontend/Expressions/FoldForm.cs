namespace Mlir.Frontend.Expressions;

/// <summary>The uses of a lambda that combines two scalars.</summary>
public enum FoldForm
{
    /// <summary>All elements become one: a tensor and the identity.</summary>
    Reduce,

    /// <summary>Each element becomes the combination of those up to it: a tensor and the identity.</summary>
    Accumulate,

    /// <summary>Each element of one tensor with each of another.</summary>
    Outer,

    /// <summary>Values are combined into elements of a tensor at given places, one after the other: a tensor, places, values.</summary>
    At,
}
