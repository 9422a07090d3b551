namespace Mlir;

/// <summary>A function of scalars as machine code for tensors, made by <c>Jit.Vectorize</c>.</summary>
/// <typeparam name="TDelegate">A delegate that takes an <see cref="ArrayLike{T}"/> for each parameter.</typeparam>
public sealed class Vectorized<TDelegate>
    where TDelegate : Delegate
{
    internal Vectorized(KernelIr ir, string target, TDelegate invoke) => (Ir, Target, Invoke) = (ir, target, invoke);

    /// <summary>
    /// Applies the function to every element. Tensors broadcast by the rules of NumPy; a scalar counts as a tensor of one element.
    /// </summary>
    /// <exception cref="ArgumentException">Thrown by the delegate: the shapes do not broadcast.</exception>
    public TDelegate Invoke { get; }

    /// <summary>The code at every level, for tensors of one shape.</summary>
    public KernelIr Ir { get; }

    /// <summary>The name of the backend that runs the function.</summary>
    public string Target { get; }
}
