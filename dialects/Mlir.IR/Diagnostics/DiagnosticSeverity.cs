namespace Mlir.IR;

/// <summary>How bad a diagnostic is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The input is refused.</summary>
    Error,

    /// <summary>The input is accepted but looks wrong.</summary>
    Warning,

    /// <summary>Information.</summary>
    Remark,

    /// <summary>More about the diagnostic before it.</summary>
    Note,
}
