namespace Mlir.Dialects.Scf;

/// <summary>Structured control flow: loops and conditions with regions.</summary>
[Dialect("scf")]
public sealed partial class ScfDialect : Dialect;
