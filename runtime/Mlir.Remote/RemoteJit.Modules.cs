using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR;
using Mlir.IR.Text;
using Mlir.Remote.Functions;
using Mlir.Remote.Protocol;
using Mlir.Remote.Sessions;
using Mlir.Remote.Transport;
using Mlir.Runtime;

namespace Mlir.Remote;

public sealed partial class RemoteJit
{
    /// <summary>Defines a function by its MLIR text. It is sent at its first call.</summary>
    /// <param name="text">A module at the tensor level.</param>
    /// <param name="function">Which of its public functions; null where there is one only.</param>
    /// <param name="fileName">What diagnostics and exceptions call the text.</param>
    /// <example><code>
    /// var square = remote.DefineModule("func.func @square(%x: tensor&lt;?xf64&gt;) -&gt; tensor&lt;?xf64&gt; { … }");
    /// var y = (HostBuffer)(await square.CallAsync(new[] { 1.0, 2.0 }))[0];
    /// </code></example>
    /// <exception cref="DiagnosticException">The text is no well-formed module, or the function takes or returns what has no counterpart in .NET.</exception>
    /// <exception cref="ArgumentException">There is no such function.</exception>
    public RemoteModule DefineModule(string text, string? function = null, string fileName = "<text>")
    {
        ArgumentNullException.ThrowIfNull(text);
        var module = MlirText.Parse(text, AllDialects.Registry, null, fileName).ValueOrThrow();
        Verifier.VerifyOrThrow(module, AllDialects.Registry);
        return DefineModule((ModuleOp)module, function);
    }

    /// <summary>Defines a function of a module. It is sent at its first call.</summary>
    /// <param name="module">A verified module at the tensor level; it is copied.</param>
    /// <param name="function">Which of its public functions; null where there is one only.</param>
    /// <exception cref="DiagnosticException">The function takes or returns what has no counterpart in .NET.</exception>
    /// <exception cref="ArgumentException">There is no such function.</exception>
    public RemoteModule DefineModule(ModuleOp module, string? function = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        return new RemoteModule(_session, new ModuleCode(module, function));
    }

    /// <summary>Sends an array whose type is known at run time only, to be used by any number of calls.</summary>
    /// <param name="array">The array.</param>
    /// <param name="progress">Told how many bytes the server has.</param>
    /// <param name="cancellationToken">Stops sending and frees what was sent.</param>
    /// <exception cref="RemoteException">A limit of the server is exceeded; the message names it.</exception>
    public Task<RemoteTensor> UploadAsync(
        HostBuffer array,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(array);
        var kind = ScalarKinds.Of(array.ElementType);
        var memory = ArrayMemory.Of(array.Data, array.ElementType.Size);
        return RunAsync(
            async (link, token) =>
            {
                var info = await ArrayTransfer
                    .UploadAsync(link, kind, array.Shape, memory, progress, token)
                    .ConfigureAwait(false);
                return new RemoteTensor(
                    _session,
                    link.Epoch,
                    info.BufferId,
                    kind,
                    array.Shape,
                    RemoteTensorOrigin.Uploaded,
                    "uploaded"
                );
            },
            cancellationToken
        );
    }

    /// <inheritdoc cref="UploadAsync(HostBuffer, IProgress{long}?, CancellationToken)"/>
    public RemoteTensor Upload(HostBuffer array, IProgress<long>? progress = null) =>
        UploadAsync(array, progress).GetAwaiter().GetResult();
}
