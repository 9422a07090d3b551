namespace Mlir.Backends.Storage;

/// <summary>How a backend makes a module callable in two steps, between which there are only bytes.</summary>
/// <param name="Identity">
/// What the bytes depend on besides the module and the backend's options: the processor, its features, the code generator's version.
/// </param>
/// <param name="Emit">Compiles a lowered module to bytes.</param>
/// <param name="Load">Makes bytes callable; null when they are none that this backend wrote.</param>
public sealed record CodeFormat(
    Func<string> Identity,
    Func<LoweredModule, StoredCode> Emit,
    Func<StoredCode, CompiledModule?> Load
);
