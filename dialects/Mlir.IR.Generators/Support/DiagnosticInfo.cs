using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Mlir.IR.Generators;

/// <summary>A diagnostic without references into the compilation. Only wrong schemas carry places, so right ones stay equal when text moves.</summary>
internal sealed record DiagnosticInfo(
    string Id,
    string File,
    TextSpan Span,
    LinePositionSpan Lines,
    Items<string> Arguments
)
{
    public static DiagnosticInfo At(DiagnosticDescriptor descriptor, Location location, params string[] arguments) =>
        new(
            descriptor.Id,
            location.GetLineSpan().Path,
            location.SourceSpan,
            location.GetLineSpan().Span,
            arguments.ToItems()
        );

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Rules.Find(Id), Location.Create(File, Span, Lines), [.. Arguments]);
}
