using System.Text.RegularExpressions;
using Mlir.Dialects;
using Mlir.IR.Text;

namespace Mlir.Tests.Dialects;

/// <summary>A file of IR cases, separated by <c>// -----</c> lines.</summary>
public static partial class IrFile
{
    private static readonly string Root = AppContext.BaseDirectory;

    /// <summary>The files of this name in any dialect's folder, relative to the tests.</summary>
    public static IEnumerable<string> Find(string name) =>
        Directory
            .EnumerateFiles(Root, name, SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, f))
            .Order(StringComparer.Ordinal);

    /// <summary>The text of each case, with the line it starts at.</summary>
    public static IReadOnlyList<(int Line, string Text)> Cases(string file)
    {
        var cases = new List<(int, string)>();
        var lines = File.ReadAllLines(Path.Combine(Root, file));
        var start = 0;
        for (var i = 0; i <= lines.Length; i++)
        {
            if (i == lines.Length || lines[i].StartsWith("// -----", StringComparison.Ordinal))
            {
                cases.Add((start + 1, string.Join("\n", lines[start..i]) + "\n"));
                start = i + 1;
            }
        }

        return cases;
    }

    /// <summary>Parses and verifies; the test fails when the text is wrong.</summary>
    public static Operation Parse(string text, string file = "test.mlir", int firstLine = 1, bool keepNames = true)
    {
        var result = MlirText.Parse(
            text,
            AllDialects.Registry,
            new ParserOptions { FirstLine = firstLine, KeepNames = keepNames },
            file
        );
        Assert.That(result.Succeeded, Is.True, () => $"{string.Join("\n", result.Diagnostics)}\n{text}");
        var diagnostics = Verifier.Verify(result.Value!, AllDialects.Registry);
        Assert.That(diagnostics, Is.Empty, () => $"{string.Join("\n", diagnostics)}\n{text}");
        return result.Value!;
    }

    /// <summary>The errors of a case.</summary>
    public static IReadOnlyList<Diagnostic> Errors(string text, string file, int firstLine)
    {
        var result = MlirText.Parse(text, AllDialects.Registry, new ParserOptions { FirstLine = firstLine }, file);
        return result.Succeeded ? Verifier.Verify(result.Value, AllDialects.Registry) : [.. result.Diagnostics];
    }

    /// <summary>The line and text of each <c>expected-error@+1 {{text}}</c> of a case.</summary>
    public static IEnumerable<(int Line, string Text)> ExpectedErrors(string text, int firstLine)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            foreach (Match match in Expected().Matches(lines[i]))
            {
                var offset = match.Groups["offset"].Success ? int.Parse(match.Groups["offset"].Value) : 0;
                yield return (firstLine + i + offset, match.Groups["text"].Value);
            }
        }
    }

    [GeneratedRegex(@"expected-error(@(?<offset>[+-]?\d+))?\s*\{\{(?<text>.*?)\}\}")]
    private static partial Regex Expected();
}
