using System.CommandLine;
using System.CommandLine.Completions;
using Mlir.Dialects;
using Mlir.IR.Text;
using Mlir.Lowering;

namespace Mlir.Cli.Opt;

/// <summary><c>mlir opt</c>: reads IR, runs passes over it, writes IR; the flags are mlir-opt's.</summary>
internal static class OptCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("file")
        {
            Description = "A .mlir file; - reads standard input",
            DefaultValueFactory = _ => "-",
        };
        var output = new Option<string>("-o", "--output")
        {
            Description = "Where to write",
            HelpName = "file",
            DefaultValueFactory = _ => "-",
        };
        var pipeline = new Option<string?>("--pass-pipeline")
        {
            Description = "For example builtin.module(canonicalize,func.func(cse))",
            HelpName = "pipeline",
        };
        var split = Flag("--split-input-file", "Process the parts between '// -----' lines one by one");
        var verifyDiagnostics = Flag(
            "--verify-diagnostics",
            "Compare diagnostics with '// expected-error {{…}}' comments"
        );
        var unregistered = Flag("--allow-unregistered-dialect", "Accept operations of dialects that are not known");
        var generic = Flag("--mlir-print-op-generic", "Print every operation in the generic form");
        var debugInfo = Flag("--mlir-print-debuginfo", "Print locations");
        var beforeAll = Flag("--mlir-print-ir-before-all", "Print the IR before each pass, to standard error");
        var afterAll = Flag("--mlir-print-ir-after-all", "Print the IR after each pass, to standard error");
        var before = Names("--mlir-print-ir-before", "Print the IR before this pass");
        var after = Names("--mlir-print-ir-after", "Print the IR after this pass");
        var timing = Flag("--mlir-timing", "Print the time that each pass took, to standard error");
        var elide = new Option<int?>("--mlir-elide-elementsattrs-if-larger")
        {
            Description = "Elide dense constants with more elements",
            HelpName = "count",
        };
        var verifyEach = new Option<bool>("--verify-each")
        {
            Description = "Verify after each pass",
            DefaultValueFactory = _ => true,
        };
        var dump = Flag("--dump-pass-pipeline", "Print the pipeline that will run, to standard error");
        var list = Flag("--list-passes", "Print the names of all passes and pipelines");
        var dialects = Flag("--show-dialects", "Print the names of all dialects");
        var passes = new Option<string[]>(OptArguments.Pass)
        {
            Description = "A pass to run, in the order given; --NAME and --NAME=options are short for it",
            HelpName = "name[=options]",
            AllowMultipleArgumentsPerToken = false,
        };
        passes.CompletionSources.Add(_ => PassRegistry.Default.PassNames.Select(name => new CompletionItem(name)));

        var command = new Command("opt", "Run passes over MLIR text, like mlir-opt")
        {
            file,
            output,
            pipeline,
            passes,
            split,
            verifyDiagnostics,
            unregistered,
            generic,
            debugInfo,
            beforeAll,
            afterAll,
            before,
            after,
            timing,
            elide,
            verifyEach,
            dump,
            list,
            dialects,
        };

        // Every pass is a flag of its own, for help and for completion.
        foreach (var name in PassRegistry.Default.PassNames.Concat(PassRegistry.Default.PipelineNames))
        {
            command.Add(new Option<bool>($"--{name}") { Description = "Run this pass" });
        }

        command.SetAction(
            async (parsed, cancellation) =>
            {
                if (parsed.GetValue(list))
                {
                    terminal.Output.WriteLine(
                        string.Join('\n', PassRegistry.Default.PassNames.Concat(PassRegistry.Default.PipelineNames))
                    );
                    return 0;
                }

                if (parsed.GetValue(dialects))
                {
                    terminal.Output.WriteLine(
                        string.Join('\n', AllDialects.Registry.Dialects.Select(dialect => dialect.Name))
                    );
                    return 0;
                }

                var flags = parsed.GetValue(passes) ?? [];
                if (parsed.GetValue(pipeline) is not null && flags.Length > 0)
                {
                    throw new UsageException("give either --pass-pipeline or passes as flags, not both");
                }

                var all = parsed.GetValue(pipeline) is { } text
                    ? PassPipeline.Parse(text)
                    : PassPipeline.FromFlags(flags);
                if (parsed.GetValue(dump))
                {
                    terminal.Error.WriteLine($"Pass Manager with {all.Steps.Count} passes:\n{all}");
                }

                var source = await SourceFile.ReadAsync(parsed.GetRequiredValue(file), terminal, cancellation);
                var job = new OptJob(source, all, terminal)
                {
                    Parser = new ParserOptions { AllowUnregistered = parsed.GetValue(unregistered) },
                    Printer = new AsmPrinterOptions
                    {
                        Generic = parsed.GetValue(generic),
                        PrintLocations = parsed.GetValue(debugInfo),
                        ElideLargeConstants = parsed.GetValue(elide),
                    },
                    Passes = new PassManagerOptions
                    {
                        Verify = parsed.GetValue(verifyEach),
                        PrintBefore = Selection(parsed.GetValue(beforeAll), parsed.GetValue(before)),
                        PrintAfter = Selection(parsed.GetValue(afterAll), parsed.GetValue(after)),
                        Output = terminal.Error,
                        Cancellation = cancellation,
                    },
                    Split = parsed.GetValue(split),
                    VerifyDiagnostics = parsed.GetValue(verifyDiagnostics),
                    Timing = parsed.GetValue(timing),
                };
                var (exitCode, printed) = job.Run();
                if (parsed.GetRequiredValue(output) is var path and not "-")
                {
                    if (exitCode == 0)
                    {
                        await File.WriteAllTextAsync(path, printed, cancellation);
                    }
                }
                else
                {
                    await terminal.Output.WriteAsync(printed.AsMemory(), cancellation);
                }

                return exitCode;
            }
        );
        return command;
    }

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    private static Option<string[]> Names(string name, string description) =>
        new(name) { Description = description, HelpName = "pass" };

    private static Func<string, bool>? Selection(bool all, string[]? names) =>
        all ? static _ => true
        : names is { Length: > 0 } ? names.SelectMany(name => name.Split(',')).Contains
        : null;
}
