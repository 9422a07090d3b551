using System.Collections.Immutable;
using Mlir.Dialects.Builtin;
using Mlir.Runtime;

namespace Mlir.Backends;

/// <summary>What a backend's pipeline made of a module: the input of its emit function.</summary>
/// <param name="Module">The module at the level that the backend's pipeline ends at. The emit function may consume it.</param>
/// <param name="Functions">The public functions as they were before lowering.</param>
/// <param name="Errors">The error table that the lowering left on the module, one entry a check.</param>
public sealed record LoweredModule(
    ModuleOp Module,
    ImmutableArray<FunctionInterface> Functions,
    ImmutableArray<KernelError> Errors
);
