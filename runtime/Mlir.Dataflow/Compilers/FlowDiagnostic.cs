using Mlir.Frontend;

namespace Mlir.Dataflow;

/// <summary>Why tasks run one by one although they name a compiler.</summary>
/// <param name="Compiler">The compiler's name.</param>
/// <param name="Task">The tasks' functions in order of execution.</param>
/// <param name="Site">Where the user's program calls the first of them.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="Cause">The compiler's exception; null where there was none, as for a time-out or a missing compiler.</param>
public sealed record FlowDiagnostic(string Compiler, string Task, CallSite Site, string Message, Exception? Cause)
{
    /// <summary>As <c>Program.cs(18): the compiler cpu failed for A → B, which run one by one: …</c></summary>
    public override string ToString() =>
        $"{(Site.Line == 0 ? "" : $"{Site}: ")}the compiler {Compiler} failed for {Task}, not compiled therefore: {Message}";
}
