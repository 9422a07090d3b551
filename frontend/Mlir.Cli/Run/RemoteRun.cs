using System.CommandLine;
using Mlir.Remote;
using Mlir.Runtime;

namespace Mlir.Cli.Run;

/// <summary>Calls a function on a server.</summary>
/// <param name="target">How the server is reached.</param>
/// <param name="terminal">Where progress is shown.</param>
/// <param name="clock">Measures the steps.</param>
internal sealed class RemoteRun(RemoteTarget target, Terminal terminal, StepClock clock)
{
    private readonly TransferBar _bar = new(terminal.Screen());

    /// <summary>Connects, compiles, uploads, runs, downloads.</summary>
    /// <param name="address">Where the server listens.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="call">What to call.</param>
    /// <param name="cancellation">Stops, at the server too.</param>
    /// <returns>The results, as scalars and <see cref="HostBuffer"/>s.</returns>
    public async Task<object[]> CallAsync(
        string address,
        ParseResult parsed,
        FunctionCall call,
        CancellationToken cancellation
    )
    {
        RemoteJit remote;
        using (new SlowStep(terminal, $"connecting to {address}"))
        {
            remote = await target.ConnectAsync(address, parsed, cancellation);
        }

        await using (remote)
        {
            clock.Step("connect");
            using var code = remote.DefineModule(call.Module, call.Function.SymName);
            var inputs = call.ReadArguments(code.Signature, onServer: true);
            clock.Step("read arguments");

            await CompileAsync(code, address, cancellation);
            clock.Step("compile");

            await OpenAsync(remote, inputs, call, cancellation);
            await UploadAsync(remote, inputs, call, cancellation);

            object[] results = [];
            using (new SlowStep(terminal, $"running '{code.Name}' on {address}"))
            {
                for (var run = 0; run < call.Repeat; run++)
                {
                    Free(results);
                    results = await CallAsync(code, inputs, cancellation);
                    clock.Step(run == 0 ? "run" : "run again");
                }
            }

            await DownloadAsync(results, call, cancellation);
            clock.Step("download");
            return results;
        }
    }

    private async Task CompileAsync(RemoteModule code, string address, CancellationToken cancellation)
    {
        using var slow = new SlowStep(terminal, $"compiling on {address}");
        try
        {
            await code.DeployAsync(cancellation);
        }
        catch (RemoteException refused)
            when (refused is { Kind: RemoteErrorKind.InvalidModule, Diagnostics.Length: > 0 })
        {
            // They name the lines of the file, as those of this machine's compiler do.
            throw new UsageException(string.Join(Environment.NewLine, refused.Diagnostics));
        }
    }

    /// <summary>Finds the files of the server among the arguments.</summary>
    private async Task OpenAsync(
        RemoteJit remote,
        object[] arguments,
        FunctionCall call,
        CancellationToken cancellation
    )
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] is not ServerFile file)
            {
                continue;
            }

            using var slow = new SlowStep(terminal, $"opening '{file.Path}' on the server");
            var array = await remote.OpenAsync(file.Path, cancellation);
            arguments[i] =
                call.Fits(array.Shape.AsSpan(), i) && file.Fits(array.ElementType)
                    ? array
                    : throw new UsageException(
                        $"argument #{i} must be {call.Function.FunctionType.Inputs[i]}: on the server it is {array}"
                    );
            clock.Step("open on the server");
        }
    }

    /// <summary>Sends the arrays among the arguments.</summary>
    private async Task UploadAsync(
        RemoteJit remote,
        object[] arguments,
        FunctionCall call,
        CancellationToken cancellation
    )
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] is HostBuffer array)
            {
                arguments[i] = await _bar.ShowAsync(
                    $"uploading {Path.GetFileName(call.Arguments[i])}",
                    (long)array.Count * array.ElementType.Size,
                    progress => remote.UploadAsync(array, progress, cancellation)
                );
            }
        }

        clock.Step("upload");
    }

    /// <summary>Fetches the arrays among the results.</summary>
    private async Task DownloadAsync(object[] results, FunctionCall call, CancellationToken cancellation)
    {
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i] is RemoteTensor tensor)
            {
                results[i] = await _bar.ShowAsync(
                    $"downloading {(i < call.Outputs.Count ? Path.GetFileName(call.Outputs[i]) : $"result #{i}")}",
                    tensor.Bytes,
                    progress => tensor.DownloadAsync(progress, cancellation)
                );
                tensor.Dispose();
            }
        }
    }

    /// <summary>Calls the function; what a check inside it throws becomes a message, as it is the input's fault.</summary>
    private static async Task<object[]> CallAsync(RemoteModule code, object[] arguments, CancellationToken cancellation)
    {
        try
        {
            return await code.KeepAsync(arguments, null, cancellation);
        }
        catch (Exception failure)
            when (failure is not (OperationCanceledException or NullReferenceException or RemoteException))
        {
            throw new UsageException($"'{code.Name}' failed: {failure.GetType().FullName}: {failure.Message}");
        }
    }

    private static void Free(object[] results)
    {
        foreach (var tensor in results.OfType<RemoteTensor>())
        {
            tensor.Dispose();
        }
    }
}
