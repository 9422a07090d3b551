using System.Text;
using Mlir.Dialects;
using Mlir.IR;
using Mlir.IR.Text;
using Mlir.Lowering;

namespace Mlir.Cli.Opt;

/// <summary>One run of <c>opt</c>: each part of a file through the parser, the passes and the printer.</summary>
/// <param name="source">The file.</param>
/// <param name="pipeline">The passes.</param>
/// <param name="terminal">Receives diagnostics, timing and IR dumps.</param>
internal sealed class OptJob(SourceFile source, PassPipeline pipeline, Terminal terminal)
{
    /// <summary>What the parser accepts.</summary>
    public required ParserOptions Parser { get; init; }

    /// <summary>How the result prints.</summary>
    public required AsmPrinterOptions Printer { get; init; }

    /// <summary>How the passes run.</summary>
    public required PassManagerOptions Passes { get; init; }

    /// <summary>Whether the parts between <c>// -----</c> lines are files of their own.</summary>
    public bool Split { get; init; }

    /// <summary>Whether diagnostics are compared with comments instead of written.</summary>
    public bool VerifyDiagnostics { get; init; }

    /// <summary>Whether the time that each pass took is written.</summary>
    public bool Timing { get; init; }

    /// <summary>Processes every part, also after one that fails.</summary>
    /// <returns>The exit code and the printed IR.</returns>
    public (int ExitCode, string Printed) Run()
    {
        var printed = new StringBuilder();
        var failed = false;
        var first = true;
        foreach (var chunk in Split ? TextChunk.Split(source.Text) : [new TextChunk(source.Text, 1)])
        {
            Passes.Cancellation.ThrowIfCancellationRequested();
            if (!first)
            {
                printed.Append("// -----\n");
            }

            first = false;
            var (text, diagnostics) = Process(chunk);
            if (VerifyDiagnostics)
            {
                var differences = new ExpectedDiagnostics(chunk.Text, source.Name, chunk.FirstLine).Check(diagnostics);
                source.Report(differences, terminal);
                failed |= differences.Count > 0;
            }
            else
            {
                source.Report(diagnostics, terminal);
                failed |= text is null;
            }

            if (text is not null)
            {
                printed.Append(text).Append('\n');
            }
        }

        return (failed ? 1 : 0, printed.ToString());
    }

    private (string? Text, IReadOnlyList<Diagnostic> Diagnostics) Process(TextChunk chunk)
    {
        var parsed = MlirText.Parse(
            chunk.Text,
            AllDialects.Registry,
            Parser with
            {
                FirstLine = chunk.FirstLine,
            },
            source.Name
        );
        if (!parsed.Succeeded)
        {
            return (null, [.. parsed.Diagnostics]);
        }

        // As mlir-opt does: what is wrong with the input is reported at its own place, before any pass runs.
        if (Verifier.Verify(parsed.Value, AllDialects.Registry) is { Count: > 0 } broken)
        {
            return (null, broken);
        }

        var result = new PassManager(Passes).Run(pipeline, parsed.Value);
        if (Timing)
        {
            terminal.Error.WriteLine(result.TimingReport());
        }

        return (result.Succeeded ? AsmPrinter.Print(parsed.Value, Printer).TrimEnd('\n') : null, result.Diagnostics);
    }
}
