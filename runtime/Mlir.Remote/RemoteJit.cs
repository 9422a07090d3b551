using System.Collections.Immutable;
using System.Numerics.Tensors;
using Mlir.Remote.Functions;
using Mlir.Remote.Protocol;
using Mlir.Remote.Sessions;
using Mlir.Remote.Transport;

namespace Mlir.Remote;

/// <summary>Compiles lambdas and runs them on a server, where the data is.</summary>
/// <example><code>
/// await using var remote = await RemoteJit.ConnectAsync("http://127.0.0.1:50051");
/// var add = remote.Define("add", (double x, double y) =&gt; x + y, (int x, int y) =&gt; x + y);
/// Console.WriteLine(await add.CallAsync(1, 2)); // 3, the int overload
///
/// var table = await remote.OpenAsync("prices.npy");
/// var f = remote.Compile((Tensor&lt;double&gt; p, double r) =&gt; Tensor.Sum&lt;double&gt;(Tensor.Exp&lt;double&gt;(-r * p)));
/// double v = await f.InvokeAsync(table, 0.03); // the array never crosses the wire
/// </code></example>
/// <remarks>
/// One connection carries the calls of all threads. Where it is lost, or the server is restarted, another one is opened, functions are sent again when
/// they are called, files are opened again, and calls that were running are made again. Thread-safe.
/// </remarks>
public sealed partial class RemoteJit : IAsyncDisposable, IDisposable
{
    private readonly RemoteSession _session;
    private readonly FunctionTable _functions;

    private RemoteJit(RemoteSession session) => (_session, _functions) = (session, new FunctionTable(session));

    /// <summary>What the server is, and its limits.</summary>
    public RemoteServerInfo Server => RemoteServerInfo.Of(_session.Server);

    /// <summary>Connects to a server.</summary>
    /// <param name="address"><c>http://host:port</c>, <c>https://host:port</c> for TLS, or <c>unix:/path</c>.</param>
    /// <param name="options">How to connect and call; null for <see cref="RemoteOptions.Default"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RemoteException">No server answers at the address.</exception>
    /// <exception cref="UnauthorizedAccessException">The server wants another credential.</exception>
    public static async Task<RemoteJit> ConnectAsync(
        string address,
        RemoteOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var session = new RemoteSession(RemoteAddress.Parse(address), options ?? RemoteOptions.Default);
        await session.OpenAsync(cancellationToken).ConfigureAwait(false);
        return new RemoteJit(session);
    }

    /// <inheritdoc cref="ConnectAsync"/>
    public static RemoteJit Connect(
        string address,
        RemoteOptions? options = null,
        CancellationToken cancellationToken = default
    ) => ConnectAsync(address, options, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Opens an array file that lies on the server.</summary>
    /// <param name="path">The path of a <c>.npy</c> file, relative to one of the server's data directories.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RemoteException">There is no such file, or the operator does not allow it.</exception>
    public Task<RemoteTensor> OpenAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return RunAsync(
            async (link, token) =>
            {
                var info = await RemoteTensor.OpenFileAsync(link, path, token).ConfigureAwait(false);
                return Wrap(link, info, RemoteTensorOrigin.File, path);
            },
            cancellationToken
        );
    }

    /// <inheritdoc cref="OpenAsync"/>
    public RemoteTensor Open(string path, CancellationToken cancellationToken = default) =>
        OpenAsync(path, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Sends a tensor, to be used by any number of calls.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="tensor">The tensor.</param>
    /// <param name="progress">Told how many bytes the server has.</param>
    /// <param name="cancellationToken">Stops sending and frees what was sent.</param>
    /// <exception cref="RemoteException">A limit of the server is exceeded; the message names it.</exception>
    public Task<RemoteTensor> UploadAsync<T>(
        Tensor<T> tensor,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default
    )
        where T : unmanaged => SendAsync<T>(tensor, progress, cancellationToken);

    /// <summary>Sends an array, to be used by any number of calls.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="array">The array.</param>
    /// <param name="progress">Told how many bytes the server has.</param>
    /// <param name="cancellationToken">Stops sending and frees what was sent.</param>
    /// <exception cref="RemoteException">A limit of the server is exceeded; the message names it.</exception>
    public Task<RemoteTensor> UploadAsync<T>(
        T[] array,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default
    )
        where T : unmanaged => SendAsync<T>(array, progress, cancellationToken);

    /// <inheritdoc cref="UploadAsync{T}(Tensor{T}, IProgress{long}?, CancellationToken)"/>
    public RemoteTensor Upload<T>(Tensor<T> tensor, IProgress<long>? progress = null)
        where T : unmanaged => UploadAsync(tensor, progress).GetAwaiter().GetResult();

    /// <inheritdoc cref="UploadAsync{T}(T[], IProgress{long}?, CancellationToken)"/>
    public RemoteTensor Upload<T>(T[] array, IProgress<long>? progress = null)
        where T : unmanaged => UploadAsync(array, progress).GetAwaiter().GetResult();

    /// <summary>Finds an array that another client shares.</summary>
    /// <param name="name">The name under which it is shared.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RemoteException">Nothing is shared under the name.</exception>
    public Task<RemoteTensor> GetSharedTensorAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return RunAsync(
            async (link, token) =>
            {
                var info = await RemoteTensor.OpenSharedAsync(link, name, token).ConfigureAwait(false);
                return Wrap(link, info, RemoteTensorOrigin.Shared, name);
            },
            cancellationToken
        );
    }

    /// <inheritdoc cref="GetSharedTensorAsync"/>
    public RemoteTensor GetSharedTensor(string name) => GetSharedTensorAsync(name).GetAwaiter().GetResult();

    /// <summary>Finds a function that another client shares.</summary>
    /// <param name="name">The name under which it is shared.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RemoteException">Nothing is shared under the name.</exception>
    public async Task<RemoteFunction> GetSharedFunctionAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var answer = await ExchangeAsync(
                new ClientMessage { DescribeFunction = new DescribeFunctionRequest { Name = name } },
                cancellationToken
            )
            .ConfigureAwait(false);
        return new RemoteFunction(
            _session,
            name,
            [.. answer.DescribeFunction.Overloads.Select(static overload => overload.Info.Signature)]
        );
    }

    /// <inheritdoc cref="GetSharedFunctionAsync"/>
    public RemoteFunction GetSharedFunction(string name) => GetSharedFunctionAsync(name).GetAwaiter().GetResult();

    /// <summary>Takes back what this client shares under a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task WithdrawAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return ExchangeAsync(
            new ClientMessage
            {
                Share = new ShareRequest { Withdraw = true, SharedName = name },
            },
            cancellationToken
        );
    }

    /// <summary>Starts a batch: calls that are sent together.</summary>
    public RemoteBatch CreateBatch() => new(_session);

    /// <summary>The functions that the server has of this client, and those that others share.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ImmutableArray<RemoteFunctionInfo>> ListFunctionsAsync(
        CancellationToken cancellationToken = default
    )
    {
        var answer = await ExchangeAsync(
                new ClientMessage { ListFunctions = new ListFunctionsRequest() },
                cancellationToken
            )
            .ConfigureAwait(false);
        return [.. answer.ListFunctions.Functions.Select(RemoteFunctionInfo.Of)];
    }

    /// <inheritdoc cref="ListFunctionsAsync"/>
    public ImmutableArray<RemoteFunctionInfo> ListFunctions() => ListFunctionsAsync().GetAwaiter().GetResult();

    /// <summary>Ends the session: the server frees what it holds of this client.</summary>
    public async ValueTask DisposeAsync() => await _session.CloseAsync().ConfigureAwait(false);

    /// <summary>Ends the session: the server frees what it holds of this client.</summary>
    public void Dispose() => _session.CloseAsync().GetAwaiter().GetResult();

    private Task<RemoteTensor> SendAsync<T>(
        object array,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        var kind = SignatureTypes.KindOf(typeof(T));
        var shape = ArrayElements.ShapeOf(array);
        var memory = ArrayElements.Of(typeof(T)).MemoryOf(array);
        return RunAsync(
            async (link, token) =>
            {
                var info = await ArrayTransfer
                    .UploadAsync(link, kind, shape, memory, progress, token)
                    .ConfigureAwait(false);
                return new RemoteTensor(
                    _session,
                    link.Epoch,
                    info.BufferId,
                    kind,
                    shape,
                    RemoteTensorOrigin.Uploaded,
                    "uploaded"
                );
            },
            cancellationToken
        );
    }

    private RemoteTensor Wrap(RemoteSession.Link link, BufferInfo info, RemoteTensorOrigin origin, string name) =>
        new(_session, link.Epoch, info.BufferId, info.Element, [.. info.Shape], origin, name);

    private Task<ServerMessage> ExchangeAsync(ClientMessage message, CancellationToken cancellationToken) =>
        RunAsync((link, token) => link.Connection.ExchangeAsync(message, token), cancellationToken);

    private Task<T> RunAsync<T>(
        Func<RemoteSession.Link, CancellationToken, Task<T>> attempt,
        CancellationToken cancellationToken
    ) => _session.RunAsync(attempt, Deadline.After(_session.Options.Timeout), mayRepeat: true, cancellationToken);
}
