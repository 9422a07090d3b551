using Mlir.IR;

namespace Mlir.Frontend.Expressions;

/// <summary>The shapes that one compiled version of a lambda serves.</summary>
/// <param name="Tensors">One entry for each tensor parameter, captured ones last; null when all have one shape and are taken as flat.</param>
/// <param name="Ones">Which computed sizes are taken for 1, as <c>SizesOfOne</c> writes it down; empty for none.</param>
public sealed record KernelShape(EquatableArray<TensorShape>? Tensors, string Ones = "")
{
    /// <summary>All tensors dense and of one shape, whatever its rank: the elements are taken in a row.</summary>
    public static KernelShape SameShape { get; } = new((EquatableArray<TensorShape>?)null);
}
