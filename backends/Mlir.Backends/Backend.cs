using System.Collections.Immutable;
using Mlir.Backends.Storage;
using Mlir.Lowering;

namespace Mlir.Backends;

/// <summary>A target as a value: how a module is lowered for it, and what becomes of the lowered module.</summary>
/// <param name="Name">The name by which users choose it, for example <c>cpu</c>.</param>
/// <param name="Pipeline">The passes from the tensor level to the level that <paramref name="Emit"/> takes.</param>
/// <param name="Emit">Makes the lowered module callable.</param>
public sealed record Backend(string Name, PassPipeline Pipeline, Func<LoweredModule, CompiledModule> Emit)
{
    /// <summary>What the target can compute with.</summary>
    public Capabilities Capabilities { get; init; } = Capabilities.All;

    /// <summary>Options that change the generated code, as text; part of the identity of what is compiled.</summary>
    public string Options { get; init; } = "";

    /// <summary>This backend with the least optimisation, for code that is needed at once; null where there is none.</summary>
    public Backend? Quick { get; init; }

    /// <summary>Other ways to the same bits, among which a measurement may choose.</summary>
    public ImmutableArray<BackendVariant> Variants { get; init; } = [];

    /// <summary>How compiled modules become bytes that another process can load; null for a backend that makes no machine code.</summary>
    public CodeFormat? Code { get; init; }

    /// <summary>Says why the backend cannot be used on this machine and what to install; null when it can.</summary>
    public Func<string?> WhyUnavailable { get; init; } = static () => null;

    /// <summary>Whether what <see cref="Emit"/> makes has machine code to call, so that arguments need not be boxed.</summary>
    public bool IsNative { get; init; }

    /// <summary>Whether it computes in a memory of its own, where arrays can stay between calls.</summary>
    public bool IsDevice { get; init; }

    /// <summary>Whether the target has what not all of its kind have, such as <c>wgmma</c>; asked when a program is to use it.</summary>
    public Func<string, bool> HasFeature { get; init; } = static _ => false;

    /// <summary>How fast it is on this machine; null where nobody knows.</summary>
    public Func<MachineFigures?> Figures { get; init; } = static () => null;

    /// <summary>Starts, on another thread, what the first compilation would have to wait for; does nothing the second time.</summary>
    public Action WarmUp { get; init; } = static () => { };

    /// <summary>The forms below the last pass, for reading: LLVM IR, assembly.</summary>
    public Func<LoweredModule, IEnumerable<IrListing>> Listings { get; init; } = static _ => [];
}
