using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Mlir.Remote.Functions;
using Mlir.Remote.Protocol;
using Mlir.Remote.Sessions;
using Mlir.Remote.Transport;
using Mlir.Runtime;
using ScalarKind = Mlir.Remote.Protocol.ScalarKind;

namespace Mlir.Remote;

/// <summary>A dense array that lies on the server and does not change. It is passed to functions in the place of a local one.</summary>
/// <remarks>Thread-safe. Disposing frees the server's memory; calls that read the array at that moment end as if nothing had happened.</remarks>
public sealed partial class RemoteTensor : IAsyncDisposable, IDisposable
{
    private const int DefaultChunkBytes = 4 << 20;

    private readonly RemoteSession _session;
    private readonly ScalarKind _kind;
    private readonly RemoteTensorOrigin _origin;
    private readonly string _name;
    private readonly SemaphoreSlim _healing = new(1, 1);
    private volatile State? _state;

    /// <summary>An array that the server has.</summary>
    /// <param name="session">The session.</param>
    /// <param name="epoch">When the id means something.</param>
    /// <param name="bufferId">The id.</param>
    /// <param name="kind">The kind of element.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="name">The file's path, the shared name, or words for messages.</param>
    internal RemoteTensor(
        RemoteSession session,
        SessionEpoch epoch,
        ulong bufferId,
        ScalarKind kind,
        ImmutableArray<long> shape,
        RemoteTensorOrigin origin,
        string name
    )
    {
        (_session, _kind, Shape, _origin, _name) = (session, kind, shape, origin, name);
        _state = new State(epoch, bufferId);
    }

    /// <summary>Frees the server's memory when nobody holds the array any more.</summary>
    ~RemoteTensor()
    {
        // Not on this thread: it must not wait for a connection.
        if (_state is not null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static tensor => tensor.Dispose(), this, preferLocal: false);
        }
    }

    /// <summary>The type of the elements; a <c>char</c> is a 16-bit unsigned integer.</summary>
    public ElementType ElementType => _kind.Element;

    /// <summary>The sizes, outermost first.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>The number of elements.</summary>
    public long Count => ArrayElements.CountOf(Shape);

    /// <summary>The number of bytes.</summary>
    public long Bytes => Count * ElementType.Size;

    /// <summary>The kind of element.</summary>
    internal ScalarKind Kind => _kind;

    /// <summary>Fetches the array.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="progress">Told how many bytes have come.</param>
    /// <param name="cancellationToken">Stops fetching.</param>
    /// <exception cref="InvalidCastException">The elements are of another type.</exception>
    /// <exception cref="RemoteException">The array was lost with the server.</exception>
    public async Task<Tensor<T>> DownloadAsync<T>(
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default
    )
        where T : unmanaged
    {
        CheckElement<T>();
        var elements = ArrayElements.Of(typeof(T));
        var data = elements.NewArray(Shape, flat: true);
        await ReadAsync(0, ArrayMemory.Of(data, elements.Size), progress, cancellationToken).ConfigureAwait(false);
        return (Tensor<T>)elements.ToTensor(data, Shape);
    }

    /// <inheritdoc cref="DownloadAsync{T}"/>
    public Tensor<T> Download<T>(IProgress<long>? progress = null, CancellationToken cancellationToken = default)
        where T : unmanaged => DownloadAsync<T>(progress, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Fetches the array part by part, in row-major order; the next part is on its way while one is used.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="chunkElements">The elements in a part; 0 for about 4 MiB.</param>
    /// <param name="cancellationToken">Stops fetching.</param>
    /// <exception cref="InvalidCastException">The elements are of another type.</exception>
    /// <exception cref="RemoteException">The array was lost with the server.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<T>> StreamAsync<T>(
        int chunkElements = 0,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
        where T : unmanaged
    {
        CheckElement<T>();
        ArgumentOutOfRangeException.ThrowIfNegative(chunkElements);
        var size = Unsafe.SizeOf<T>();
        long step = chunkElements == 0 ? DefaultChunkBytes / size : chunkElements;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<T[]>? next = null;
        try
        {
            next = Count == 0 ? null : PartAsync(0);
            for (long start = 0; start < Count; start += step)
            {
                var part = await next!.ConfigureAwait(false);
                next = start + step < Count ? PartAsync(start + step) : null;
                yield return part;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            if (next is not null)
            {
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        async Task<T[]> PartAsync(long start)
        {
            var part = GC.AllocateUninitializedArray<T>((int)Math.Min(step, Count - start));
            await ReadAsync(start * size, ArrayMemory.Of(part, size), null, stop.Token).ConfigureAwait(false);
            return part;
        }
    }

    /// <summary>Lets every client of the server read the array under a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task ShareAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _session.RunAsync(
            async (link, token) =>
            {
                var id = await ResolveAsync(link, token).ConfigureAwait(false);
                return await link
                    .Connection.ExchangeAsync(
                        new ClientMessage
                        {
                            Share = new ShareRequest { BufferId = id, SharedName = name },
                        },
                        token
                    )
                    .ConfigureAwait(false);
            },
            Deadline.After(_session.Options.Timeout),
            mayRepeat: true,
            cancellationToken
        );
    }

    /// <inheritdoc cref="ShareAsync"/>
    public void Share(string name) => ShareAsync(name).GetAwaiter().GetResult();

    /// <summary>Frees the server's memory.</summary>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        if (
            Interlocked.Exchange(ref _state, null) is { } state
            && _session.Current is { } link
            && link.Epoch == state.Epoch
        )
        {
            ArrayTransfer.Release(link, [state.BufferId]);
        }
    }

    /// <summary>Frees the server's memory.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Element type and sizes, and where the array comes from.</summary>
    public override string ToString() => $"{_kind.CSharpName}[{string.Join(", ", Shape)}] ({_name})";

    /// <summary>The id of the array, if the server still has it.</summary>
    internal bool TryResolve(SessionEpoch epoch, out ulong id)
    {
        var state = _state;
        ObjectDisposedException.ThrowIf(state is null, this);
        id = state.BufferId;
        return state.Epoch == epoch;
    }

    /// <summary>The id of the array, which is opened or looked up again where the server was restarted.</summary>
    /// <exception cref="RemoteException">It is gone and cannot be had again.</exception>
    internal async Task<ulong> ResolveAsync(RemoteSession.Link link, CancellationToken cancellationToken)
    {
        if (TryResolve(link.Epoch, out var known))
        {
            return known;
        }

        await _healing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (TryResolve(link.Epoch, out known))
            {
                return known;
            }

            var info = _origin switch
            {
                RemoteTensorOrigin.File => await OpenFileAsync(link, _name, cancellationToken).ConfigureAwait(false),
                RemoteTensorOrigin.Shared => await OpenSharedAsync(link, _name, cancellationToken)
                    .ConfigureAwait(false),
                RemoteTensorOrigin.Uploaded => throw Lost("upload it again"),
                _ => throw Lost("make the call again"),
            };
            if (info.Element != _kind || !info.Shape.SequenceEqual(Shape))
            {
                throw Lost("what is there now under this name has another type or shape: open it anew");
            }

            _state = new State(link.Epoch, info.BufferId);
            return info.BufferId;
        }
        finally
        {
            _healing.Release();
        }
    }

    /// <summary>Opens a file of the server.</summary>
    internal static async Task<BufferInfo> OpenFileAsync(
        RemoteSession.Link link,
        string path,
        CancellationToken cancellationToken
    )
    {
        var answer = await link
            .Connection.ExchangeAsync(
                new ClientMessage { OpenFile = new OpenFileRequest { Path = path } },
                cancellationToken
            )
            .ConfigureAwait(false);
        return answer.Buffer;
    }

    /// <summary>Opens an array that another client shares; it gets an id of this session's own.</summary>
    internal static async Task<BufferInfo> OpenSharedAsync(
        RemoteSession.Link link,
        string name,
        CancellationToken cancellationToken
    )
    {
        var answer = await link
            .Connection.ExchangeAsync(
                new ClientMessage { OpenFile = new OpenFileRequest { SharedName = name } },
                cancellationToken
            )
            .ConfigureAwait(false);
        return answer.Buffer;
    }

    private Task<bool> ReadAsync(
        long offset,
        ArrayMemory sink,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    ) =>
        _session.RunAsync(
            async (link, token) =>
            {
                var id = await ResolveAsync(link, token).ConfigureAwait(false);
                await ArrayTransfer
                    .DownloadAsync(link, id, offset, sink, link.IsLocal, progress, token)
                    .ConfigureAwait(false);
                return true;
            },
            Deadline.After(_session.Options.Timeout),
            mayRepeat: true,
            cancellationToken
        );

    private void CheckElement<T>()
        where T : unmanaged
    {
        if (SignatureTypes.KindOf(typeof(T)) is var kind && kind != _kind)
        {
            throw new InvalidCastException($"the elements are {_kind.CSharpName}, not {kind.CSharpName}");
        }
    }

    private RemoteException Lost(string what) =>
        new(RemoteErrorKind.ArrayLost, $"the array {this} was lost when the server was restarted: {what}");

    private sealed record State(SessionEpoch Epoch, ulong BufferId);
}
