using Mlir.IR;
using Mlir.IR.Text;

namespace Mlir.Tests.IR.Text;

/// <summary>Short ways to parse and print in tests.</summary>
internal static class Texts
{
    public static readonly ParserOptions Lenient = new() { AllowUnregistered = true };

    public static ParseResult<Operation> Parse(string text, ParserOptions? options = null) =>
        MlirText.Parse(text, TestDialect.Registry, options ?? Lenient, "t.mlir");

    /// <summary>Parses, prints, parses and prints again; both prints must be equal.</summary>
    public static string RoundTrip(string text, AsmPrinterOptions? options = null)
    {
        var first = MlirText.Print(ParseOrFail(text), options);
        var second = MlirText.Print(ParseOrFail(first), options);
        Assert.That(second, Is.EqualTo(first), "printing what was printed and parsed must not change it");
        return first;
    }

    public static Operation ParseOrFail(string text)
    {
        var result = Parse(text);
        if (!result.Succeeded)
        {
            Assert.Fail(
                string.Join('\n', result.Diagnostics.Select(d => d.Render(text)))
                    + "\n\n"
                    + (text.Length < 4000 ? text : "")
            );
        }

        return result.Value!;
    }

    /// <summary>The diagnostics of a text that must be refused, one line each.</summary>
    public static string Errors(string text, ParserOptions? options = null)
    {
        var result = Parse(text, options);
        Assert.That(result.Succeeded, Is.False, "the text must be refused");
        return string.Join('\n', result.Diagnostics);
    }

    /// <summary>The lines inside the module that wraps a file, without its indentation.</summary>
    public static string Body(string printed)
    {
        var lines = printed.Split('\n').SkipWhile(l => !l.Contains("builtin.module", StringComparison.Ordinal)).Skip(1);
        return string.Join(
            '\n',
            lines
                .TakeWhile(l => !l.StartsWith("})", StringComparison.Ordinal))
                .Select(l => l.StartsWith("  ", StringComparison.Ordinal) ? l[2..] : l)
        );
    }
}
