using Mlir.Runtime;

namespace Mlir.Backends;

/// <summary>A function's machine code. It keeps the code alive; whoever calls it must keep this object alive.</summary>
public sealed class NativeFunction
{
    internal NativeFunction(Kernel kernel, nint direct, nint packed)
    {
        Kernel = kernel;
        Direct = direct;
        Packed = packed;
    }

    /// <summary>The function as a kernel that takes its arguments boxed.</summary>
    public Kernel Kernel { get; }

    /// <summary>
    /// The entry point with the plain C signature, which functions of scalars have; zero for others. A function that can fail
    /// takes the frame as its last argument.
    /// </summary>
    internal nint Direct { get; }

    /// <summary>The entry point that takes the slots and the frame.</summary>
    internal nint Packed { get; }
}
