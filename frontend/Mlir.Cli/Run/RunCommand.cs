using System.CommandLine;
using Mlir.Backends;
using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.Lowering;
using Mlir.Runtime;
using Mlir.Runtime.Npy;

namespace Mlir.Cli.Run;

/// <summary><c>mlir run</c>: calls a function of a <c>.mlir</c> file with numbers and NumPy's arrays.</summary>
internal static class RunCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "A .mlir file; - reads standard input" };
        var entry = new Option<string?>("--entry")
        {
            Description = "The function; not needed where there is one only",
            HelpName = "name",
        };
        var arguments = new Option<string[]>("--arg")
        {
            Description =
                $"An argument, in order: a number, or a .npy file as NumPy writes it; {ServerFile.Prefix}x.npy lies on the server",
            HelpName = "x.npy|number",
        };
        var outputs = new Option<string[]>("-o", "--output")
        {
            Description = "Where to write a result, in order, as .npy; results without a file are printed",
            HelpName = "out.npy",
        };
        var target = Backends.Option(mayBeRemote: true);
        var remote = new RemoteTarget();
        var timing = new Option<bool>("--timing") { Description = "Print how long each step took, to standard error" };
        var explain = new Option<bool>("--explain")
        {
            Description = "Say what runs in one loop, what each loop moves and what was not fused, instead of running",
        };
        var tf32 = Tf32.Option();
        var gpuFeatures = GpuFeature.Option();
        var repeat = new Option<int>("--repeat")
        {
            Description = "Run so many times, for --timing",
            HelpName = "count",
            DefaultValueFactory = _ => 1,
        };
        repeat.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--repeat must be at least 1");
            }
        });
        var command = new Command("run", "Call a function of a .mlir file with numbers and .npy arrays")
        {
            file,
            entry,
            arguments,
            outputs,
            target,
            timing,
            explain,
            repeat,
            tf32,
            gpuFeatures,
        };
        remote.AddTo(command);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var clock = new StepClock();
                var address = parsed.GetValue(target);
                var backend = RemoteTarget.IsAddress(address)
                    ? null
                    : Backends.Choose(address, terminal, mayBeRemote: true);
                if (backend is not null)
                {
                    remote.ExpectNone(parsed);
                }

                var source = await SourceFile.ReadAsync(parsed.GetRequiredValue(file), terminal, cancellation);
                var module = (ModuleOp)source.ParseAndVerify();
                Tf32.Apply(parsed.GetValue(tf32), module);
                GpuFeature.Apply(parsed.GetValue(gpuFeatures), module, backend);
                clock.Step("parse and verify");

                var call = new FunctionCall(
                    module,
                    Find(module, parsed.GetValue(entry)),
                    parsed.GetValue(arguments) ?? [],
                    parsed.GetValue(outputs) ?? [],
                    parsed.GetValue(repeat)
                );
                if (parsed.GetValue(explain))
                {
                    terminal.Output.Write(
                        Explain(call, backend ?? throw new UsageException("--explain needs a target on this machine"))
                    );
                    return 0;
                }

                var results = backend is null
                    ? await new RemoteRun(remote, terminal, clock).CallAsync(address!, parsed, call, cancellation)
                    : CallHere(call, backend, terminal, clock, cancellation);
                Write(results, call.Outputs, terminal);
                clock.Step("write results");
                if (parsed.GetValue(timing))
                {
                    clock.Report(terminal.Error);
                }

                return 0;
            }
        );
        return command;
    }

    /// <summary>With figures where arguments are given.</summary>
    private static string Explain(FunctionCall call, Backend backend)
    {
        var name = call.Function.SymName;
        var explained = KernelExplanation.Of(call.Module, backend.Pipeline).Single(e => e.Function == name);
        if (call.Arguments.Count > 0)
        {
            var signature = ModuleInterface.Of(call.Module).Single(f => f.Name == name).Signature;
            explained = explained.For([
                .. call.ReadArguments(signature, onServer: false).Select(a => (a as HostBuffer)?.Shape.ToArray()),
            ]);
        }

        return explained.ToString();
    }

    private static object[] CallHere(
        FunctionCall call,
        Backend backend,
        Terminal terminal,
        StepClock clock,
        CancellationToken cancellation
    )
    {
        using var compiled = Compile(call.Module, backend, terminal);
        clock.Step("compile");

        var name = call.Function.SymName;
        var inputs = call.ReadArguments(compiled.Functions.Single(f => f.Name == name).Signature, onServer: false);
        clock.Step("read arguments");

        object[] results = [];
        using var slow = new SlowStep(terminal, $"running '{name}' on {backend.Name}");
        for (var run = 0; run < call.Repeat; run++)
        {
            cancellation.ThrowIfCancellationRequested();
            results = Call(compiled, name, inputs);
            clock.Step(run == 0 ? "run" : "run again");
        }

        return results;
    }

    private static CompiledModule Compile(ModuleOp module, Backend backend, Terminal terminal)
    {
        using var slow = new SlowStep(terminal, $"compiling for {backend.Name}");
        return Compiler.CompileUncached(module, backend);
    }

    /// <summary>Calls the function; what a check inside it throws becomes a message, as it is the input's fault.</summary>
    private static object[] Call(CompiledModule compiled, string function, object[] inputs)
    {
        try
        {
            return compiled.Invoke(function, inputs);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or NullReferenceException))
        {
            throw new UsageException($"'{function}' failed: {failure.GetType().FullName}: {failure.Message}");
        }
    }

    private static FuncOp Find(ModuleOp module, string? name)
    {
        var functions = module
            .Regions[0]
            .Single.Operations.OfType<FuncOp>()
            .Where(function => !function.Body.IsEmpty && function.SymVisibility is not "private")
            .ToList();
        var names = string.Join(", ", functions.Select(function => function.SymName));
        return name is not null
                ? functions.Find(function => function.SymName == name.TrimStart('@'))
                    ?? throw new UsageException($"there is no public function '{name}'; there are: {names}")
            : functions.Count == 1 ? functions[0]
            : throw new UsageException($"--entry must name one of the public functions: {names}");
    }

    private static void Write(object[] results, IReadOnlyList<string> files, Terminal terminal)
    {
        for (var i = 0; i < results.Length; i++)
        {
            if (i < files.Count)
            {
                NpyFile.Write(files[i], results[i] as HostBuffer ?? Single(results[i]));
            }
            else
            {
                terminal.Output.WriteLine(ResultText.Format(results[i]));
            }
        }
    }

    /// <summary>A scalar as an array without dimensions.</summary>
    private static HostBuffer Single(object scalar)
    {
        var data = ElementTypes.Of(scalar.GetType()).NewArray(1);
        data.SetValue(scalar, 0);
        return new HostBuffer(data);
    }
}
