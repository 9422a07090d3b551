using System.CommandLine;
using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.IR;
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
    /// <param name="module">The module, verified.</param>
    /// <param name="function">Its function.</param>
    /// <param name="arguments">Reads the arguments, and checks the rest of the command line, against the function's signature.</param>
    /// <param name="repeat">How often to run.</param>
    /// <param name="cancellation">Stops, at the server too.</param>
    /// <returns>The results, as scalars and <see cref="HostBuffer"/>s.</returns>
    public async Task<object[]> CallAsync(
        string address,
        ParseResult parsed,
        ModuleOp module,
        FuncOp function,
        Func<KernelSignature, object[]> arguments,
        int repeat,
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
            using var code = remote.DefineModule(module, function.SymName);
            var inputs = arguments(code.Signature);
            clock.Step("read arguments");

            await CompileAsync(code, address, cancellation);
            clock.Step("compile");

            var sent = await SendAsync(remote, inputs, function, cancellation);
            clock.Step("upload");

            object[] results = [];
            using (new SlowStep(terminal, $"running '{code.Name}' on {address}"))
            {
                for (var run = 0; run < repeat; run++)
                {
                    Free(results);
                    results = await CallAsync(code, sent, cancellation);
                    clock.Step(run == 0 ? "run" : "run again");
                }
            }

            for (var i = 0; i < results.Length; i++)
            {
                if (results[i] is RemoteTensor tensor)
                {
                    results[i] = await _bar.ShowAsync(
                        $"downloading result {i}",
                        tensor.Bytes,
                        progress => tensor.DownloadAsync(progress, cancellation)
                    );
                }
            }

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

    /// <summary>Puts the arrays where the function will read them.</summary>
    private async Task<object[]> SendAsync(
        RemoteJit remote,
        object[] inputs,
        FuncOp function,
        CancellationToken cancellation
    )
    {
        var sent = new object[inputs.Length];
        for (var i = 0; i < sent.Length; i++)
        {
            sent[i] = inputs[i] switch
            {
                HostBuffer array => await _bar.ShowAsync(
                    $"uploading argument #{i}",
                    array.AsBytes().Length,
                    progress => remote.UploadAsync(array, progress, cancellation)
                ),
                ServerFile file => Checked(
                    await remote.OpenAsync(file.Path, cancellation),
                    file,
                    i,
                    function.FunctionType.Inputs[i]
                ),
                var scalar => scalar,
            };
        }

        return sent;
    }

    private static RemoteTensor Checked(RemoteTensor array, ServerFile file, int index, IrType type)
    {
        var sizes = ((ShapedType)type).Shape;
        var fits = array.Shape.Length == sizes.Count;
        for (var d = 0; fits && d < sizes.Count; d++)
        {
            fits = sizes[d] < 0 || sizes[d] == array.Shape[d];
        }

        return fits && file.Fits(array.ElementType)
            ? array
            : throw new UsageException($"argument #{index} must be {type}: on the server it is {array}");
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
