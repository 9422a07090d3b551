using System.Text;

namespace Mlir.IR;

/// <summary>One message about the input, with its place.</summary>
/// <param name="Code">A stable code, for example <c>MLIR1203</c>.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">What is wrong and, where possible, what to do.</param>
/// <param name="Location">Where.</param>
public sealed record Diagnostic(string Code, DiagnosticSeverity Severity, string Message, Location Location)
{
    /// <summary>Further diagnostics that explain this one.</summary>
    public EquatableArray<Diagnostic> Notes { get; init; } = [];

    /// <summary>The line <c>file(line,col): error CODE: message</c>, its notes indented below it.</summary>
    public override string ToString() => Render(null);

    /// <summary>As <see cref="ToString"/>, and below it the source line with a caret, where <paramref name="source"/> holds the file.</summary>
    public string Render(string? source)
    {
        var text = new StringBuilder();
        Append(text, source, "");
        return text.ToString();
    }

    private void Append(StringBuilder text, string? source, string indent)
    {
        var file = Location.File;
        text.Append(indent);
        if (file is not null)
        {
            text.Append(file.FileName).Append('(').Append(file.Line).Append(',').Append(file.Column).Append("): ");
        }

        text.Append(Severity.ToString().ToLowerInvariant());
        if (Severity is DiagnosticSeverity.Error or DiagnosticSeverity.Warning)
        {
            text.Append(' ').Append(Code);
        }

        text.Append(": ").Append(Message);
        if (source is not null && file is not null && LineOf(source, file.Line) is { } line)
        {
            text.Append('\n').Append(indent).Append("  ").Append(line);
            text.Append('\n').Append(indent).Append("  ");
            for (var i = 0; i < Math.Min(file.Column - 1, line.Length); i++)
            {
                text.Append(line[i] == '\t' ? '\t' : ' ');
            }

            text.Append('^');
        }

        foreach (var note in Notes)
        {
            text.Append('\n');
            note.Append(text, source, indent + "  ");
        }
    }

    private static string? LineOf(string source, int number)
    {
        var start = 0;
        for (var line = 1; line < number; line++)
        {
            var end = source.IndexOf('\n', start);
            if (end < 0)
            {
                return null;
            }

            start = end + 1;
        }

        if (number < 1)
        {
            return null;
        }

        var stop = source.IndexOf('\n', start);
        var text = source.AsSpan(start, (stop < 0 ? source.Length : stop) - start).TrimEnd('\r');
        return text.Length > 200 ? string.Concat(text[..200], "…") : text.ToString();
    }
}
