using System.Collections.Immutable;
using Mlir.Runtime;

namespace Mlir.Backends.Storage;

/// <summary>A compiled module as bytes: what another process on such a machine needs to call it.</summary>
/// <param name="Functions">The functions that can be called.</param>
/// <param name="Errors">The ways in which they can fail.</param>
/// <param name="Symbols">The symbols that the object defines and shows.</param>
/// <param name="ObjectFile">The machine code, as a relocatable object file.</param>
public sealed record StoredCode(
    ImmutableArray<FunctionInterface> Functions,
    ImmutableArray<KernelError> Errors,
    ImmutableArray<string> Symbols,
    ReadOnlyMemory<byte> ObjectFile
);
