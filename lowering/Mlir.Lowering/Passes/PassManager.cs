using System.Diagnostics;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Runs pipelines: verifies between passes, measures, prints, and names the pass that broke the IR.</summary>
public sealed class PassManager(PassManagerOptions? options = null)
{
    private static readonly DiagnosticTemplate Broke = new(
        "MLIR3010",
        DiagnosticSeverity.Error,
        "pass '{0}' made invalid IR"
    );
    private static readonly DiagnosticTemplate InvalidInput = new(
        "MLIR3011",
        DiagnosticSeverity.Error,
        "the IR is invalid before the first pass"
    );
    private static readonly DiagnosticTemplate During = new(
        "MLIR3012",
        DiagnosticSeverity.Note,
        "while running pass '{0}'"
    );
    private static readonly DiagnosticTemplate Anchor = new(
        "MLIR3013",
        DiagnosticSeverity.Error,
        "the pipeline is for '{0}', not for '{1}'"
    );

    private readonly PassManagerOptions _options = options ?? PassManagerOptions.Default;

    /// <summary>Runs <paramref name="pipeline"/> on <paramref name="root"/> in place.</summary>
    /// <returns>The diagnostics of all passes and the time that each took; <see cref="PassResult.Succeeded"/> when none is an error.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled; the IR is then between two states.</exception>
    public PassResult Run(PassPipeline pipeline, Operation root)
    {
        var context = new PassContext(_options.Cancellation);
        var timings = new List<PassTiming>();
        if (pipeline.Anchor != root.Name && pipeline.Anchor != "any")
        {
            context.Report(Anchor.At(root.Location, pipeline.Anchor, root.Name));
            return new PassResult(context.Diagnostics, timings);
        }

        if (!_options.Verify || Verify(root, InvalidInput.At(root.Location), context))
        {
            RunSteps(pipeline, root, root, context, timings);
        }

        return new PassResult(context.Diagnostics, timings);
    }

    /// <summary>Runs <paramref name="pipeline"/> on <paramref name="root"/> in place.</summary>
    /// <exception cref="DiagnosticException">A pass reported an error, or made invalid IR.</exception>
    public void RunOrThrow(PassPipeline pipeline, Operation root)
    {
        var result = Run(pipeline, root);
        if (!result.Succeeded)
        {
            throw new DiagnosticException(result.Diagnostics);
        }
    }

    private void RunSteps(
        PassPipeline pipeline,
        Operation target,
        Operation root,
        PassContext context,
        List<PassTiming> timings
    )
    {
        foreach (var step in pipeline.Steps)
        {
            if (step.Nested is { } nested)
            {
                var inner = target
                    .Regions.SelectMany(r => r.Blocks)
                    .SelectMany(b => b.Operations)
                    .Where(o => nested.Anchor == o.Name || nested.Anchor == "any")
                    .ToList();
                foreach (var op in inner)
                {
                    RunSteps(nested, op, root, context, timings);
                }
            }
            else if (step.Pass is { } pass)
            {
                RunPass(pass, target, root, context, timings);
            }

            if (context.HasErrors)
            {
                return;
            }
        }
    }

    private void RunPass(Pass pass, Operation target, Operation root, PassContext context, List<PassTiming> timings)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        Print(_options.PrintBefore, pass, "Before", root);
        var start = Stopwatch.GetTimestamp();
        try
        {
            pass.Run(target, context);
        }
        catch (DiagnosticException exception)
        {
            foreach (var diagnostic in exception.Diagnostics)
            {
                context.Report(diagnostic with { Notes = [.. diagnostic.Notes, During.At(diagnostic.Location, pass)] });
            }
        }

        timings.Add(new PassTiming(pass.Name, Stopwatch.GetElapsedTime(start)));
        Print(_options.PrintAfter, pass, "After", root);
        if (_options.Verify && !context.HasErrors)
        {
            Verify(target, Broke.At(target.Location, pass), context);
        }
    }

    private void Print(Func<string, bool>? wanted, Pass pass, string when, Operation root)
    {
        if (wanted?.Invoke(pass.Name) == true)
        {
            _options.Output.WriteLine($"// -----// IR Dump {when} {pass} //----- //");
            _options.Output.WriteLine(root.ToString());
        }
    }

    private static bool Verify(Operation op, Diagnostic headline, PassContext context)
    {
        var found = Verifier.Verify(op);
        if (found.Count == 0)
        {
            return true;
        }

        context.Report(headline with { Notes = [.. found] });
        return false;
    }
}
