using Mlir.Backends;
using Mlir.Backends.Storage;
using Mlir.Frontend;

namespace Mlir;

/// <summary>How a lambda is compiled.</summary>
public sealed record JitOptions
{
    /// <summary>The CPU, an error when LLVM is not installed, and the process-wide cache.</summary>
    public static JitOptions Default { get; } = new();

    /// <summary>The backend's name, for example <c>cpu</c>, <c>interpreter</c>, <c>gpu</c> (see <see cref="Device"/>); null for the first one of <see cref="Compiler"/>.</summary>
    public string? Target { get; init; }

    /// <summary>
    /// The name of a backend on the host that a call goes to where it takes less time there than on <see cref="Target"/>, copies included, as far as
    /// the figures of both tell; null for none. A lambda that <see cref="Target"/> cannot compile runs there, too. Compositions do not choose.
    /// </summary>
    public string? Alternative { get; init; }

    /// <summary>Whether the interpreter may answer, many times slower, where the chosen backend cannot be used on this machine.</summary>
    public bool AllowInterpreter { get; init; }

    /// <summary>What floating-point arithmetic promises.</summary>
    public Precision Precision { get; init; }

    /// <summary>
    /// Whether products of matrices of <c>float</c> may be computed by a GPU's tensor cores, several times faster: they keep ten bits of each factor's
    /// fraction, so that each product may be off by 1/512 of itself. Other targets, and other types, are not concerned.
    /// </summary>
    public bool AllowTf32 { get; init; }

    /// <summary>What kernels use of a GPU that others have not, where it has it; results are the same within what tensor cores promise.</summary>
    public GpuFeatures GpuFeatures { get; init; }

    /// <summary>Whether a kernel that was compiled before from the same lambda may be used again.</summary>
    public bool UseCache { get; init; } = true;

    /// <summary>
    /// Where machine code is kept for processes to come: <see cref="CodeStore.Default"/>, the user's own folder, unless told otherwise;
    /// null for nowhere. Without <see cref="UseCache"/> nothing is looked up or kept there.
    /// </summary>
    public CodeStore? Store { get; init; } = CodeStore.Default;

    /// <summary>
    /// Whether a kernel over arrays may answer its first calls with code that LLVM has not optimised, compiled several times faster, while the
    /// optimised code is compiled on another thread and then takes over. Both give the same bits. See <see cref="Kernel{TDelegate}.Optimized"/>.
    /// </summary>
    public bool Tiering { get; init; }

    /// <summary>
    /// Whether a kernel over arrays may measure a handful of variants of its code at the first call of each class of sizes, and go on with the fastest:
    /// how results are written, how many threads, how wide the vectors are. All give the same bits. The answer is kept in <see cref="Store"/>.
    /// </summary>
    public bool Autotune { get; init; }

    /// <summary>What one compiled version of a lambda serves: all sizes, unless told otherwise.</summary>
    public ShapeMode Shapes { get; init; }

    /// <summary>Finds the functions that the lambda calls by name with <see cref="Function.Call"/>; asked when the lambda is compiled.</summary>
    public FunctionResolver? Functions { get; init; }

    /// <summary>The backends to choose from; null for <see cref="Jit.Compiler"/>'s.</summary>
    public Compiler? Compiler { get; init; }
}
