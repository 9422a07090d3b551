using Mlir.Runtime;

namespace Mlir.Backends;

/// <summary>A public function of a module as callers see it, whatever the backend makes of its body.</summary>
/// <param name="Name">The function's symbol.</param>
/// <param name="Signature">What it takes and returns. Signless integers count as signed: the IR does not know better.</param>
public sealed record FunctionInterface(string Name, KernelSignature Signature);
