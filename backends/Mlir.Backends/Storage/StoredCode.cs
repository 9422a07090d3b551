using System.Collections.Immutable;
using Mlir.Runtime;

namespace Mlir.Backends.Storage;

/// <summary>A compiled module as bytes: what another process on such a machine needs to call it.</summary>
/// <param name="Functions">The functions that can be called.</param>
/// <param name="Errors">The ways in which they can fail.</param>
/// <param name="Symbols">The symbols of the objects by which the code is called.</param>
/// <param name="ObjectFiles">The machine code, as relocatable object files that are linked together.</param>
public sealed record StoredCode(
    ImmutableArray<FunctionInterface> Functions,
    ImmutableArray<KernelError> Errors,
    ImmutableArray<string> Symbols,
    ImmutableArray<ReadOnlyMemory<byte>> ObjectFiles
);
