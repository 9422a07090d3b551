namespace Mlir.Dialects.Cf;

/// <summary>Unstructured control flow: branches between blocks.</summary>
[Dialect("cf")]
public sealed partial class CfDialect : Dialect;
