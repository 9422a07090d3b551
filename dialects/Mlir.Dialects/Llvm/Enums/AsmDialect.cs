namespace Mlir.Dialects.Llvm;

/// <summary>How inline assembly for x86 is written; elsewhere there is one way only.</summary>
[Keyword("#llvm.asm_dialect")]
public enum AsmDialect
{
    /// <summary>Destinations last, and whatever other processors have.</summary>
    [Keyword("att")]
    Att,

    /// <summary>Destinations first.</summary>
    [Keyword("intel")]
    Intel,
}
