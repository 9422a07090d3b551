using System.Collections.Immutable;

namespace Mlir.Lowering.Gpu;

/// <summary>A kernel as its launches see it.</summary>
/// <param name="Name">Its name in the compiled code.</param>
/// <param name="Parameters">Its parameters, in order; the status word, where <paramref name="CanFail"/>, is the last one.</param>
/// <param name="BlockSize">The threads of a block; all are along x.</param>
/// <param name="CanFail">
/// Whether the last parameter is the address of a status word of four bytes: 0 while all is well, otherwise 1 + an index into the
/// module's error table.
/// </param>
/// <param name="Place">The C# line that the kernel comes from, for messages; empty where it is unknown.</param>
public sealed record KernelInfo(
    string Name,
    ImmutableArray<KernelParameterKind> Parameters,
    int BlockSize,
    bool CanFail,
    string Place
);
