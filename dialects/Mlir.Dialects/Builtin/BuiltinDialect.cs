namespace Mlir.Dialects.Builtin;

/// <summary>Modules and what no other dialect owns; the builtin types and attributes belong to the IR itself.</summary>
[Dialect("builtin")]
public sealed partial class BuiltinDialect : Dialect;
