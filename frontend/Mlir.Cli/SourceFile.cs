using Mlir.Dialects;
using Mlir.IR;
using Mlir.IR.Text;

namespace Mlir.Cli;

/// <summary>A file of IR, or standard input under the name <c>-</c>.</summary>
/// <param name="Name">What diagnostics call it.</param>
/// <param name="Text">All of it.</param>
internal sealed record SourceFile(string Name, string Text)
{
    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    /// <exception cref="UsageException">There is no such file.</exception>
    public static async Task<SourceFile> ReadAsync(string path, Terminal terminal, CancellationToken cancellation)
    {
        if (path == "-")
        {
            return new SourceFile("<stdin>", await terminal.Input.ReadToEndAsync(cancellation));
        }

        return File.Exists(path)
            ? new SourceFile(path, await File.ReadAllTextAsync(path, cancellation))
            : throw new UsageException($"there is no file '{path}'");
    }

    /// <summary>Parses the whole file.</summary>
    /// <exception cref="DiagnosticException">The text is not IR; the diagnostics are located.</exception>
    public Operation Parse(ParserOptions? options = null) =>
        MlirText.Parse(Text, AllDialects.Registry, options, Name).ValueOrThrow();

    /// <summary>Parses the whole file and checks that the IR is well formed.</summary>
    /// <exception cref="DiagnosticException">It is not; the diagnostics are located.</exception>
    public Operation ParseAndVerify()
    {
        var module = Parse();
        Verifier.VerifyOrThrow(module, AllDialects.Registry);
        return module;
    }

    /// <summary>Writes diagnostics with the lines that they speak of.</summary>
    public void Report(IEnumerable<Diagnostic> diagnostics, Terminal terminal)
    {
        foreach (var diagnostic in diagnostics)
        {
            terminal.Error.WriteLine(diagnostic.Render(diagnostic.Location.File?.FileName == Name ? Text : null));
        }
    }
}
