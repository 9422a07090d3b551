using Mlir.IR;

namespace Mlir.Dataflow;

/// <summary>What can be wrong with a graph that is read from text, besides what the dialect's verifier says.</summary>
internal static class FlowErrors
{
    /// <summary>The text holds no graph, or several.</summary>
    public static readonly DiagnosticTemplate OneGraph = Error("MLIR7001", "expected one flow.graph, found {0}");

    /// <summary>No value was given for an input.</summary>
    public static readonly DiagnosticTemplate MissingInput = Error("MLIR7002", "no value was given for {0} \"{1}\"");

    /// <summary>A value was given that does not fit.</summary>
    public static readonly DiagnosticTemplate WrongInput = Error(
        "MLIR7003",
        "the value given for \"{0}\" is a {1}, but the graph says {2}"
    );

    /// <summary>The resolver does not have a task's function.</summary>
    public static readonly DiagnosticTemplate UnknownFunction = Error("MLIR7004", "{0}");

    /// <summary>A task does not fit its function.</summary>
    public static readonly DiagnosticTemplate WrongTask = Error("MLIR7005", "{0} {1}, but the graph says {2}");

    /// <summary>A literal has no value.</summary>
    public static readonly DiagnosticTemplate WrongLiteral = Error("MLIR7006", "{0}");

    /// <summary>A graph cannot be built from what was optimized already.</summary>
    public static readonly DiagnosticTemplate Fused = Error(
        "MLIR7007",
        "'{0}' is what optimizing makes; a graph is read as it was before"
    );

    private static DiagnosticTemplate Error(string code, string format) => new(code, DiagnosticSeverity.Error, format);
}
