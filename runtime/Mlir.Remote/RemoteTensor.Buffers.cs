using Mlir.Remote.Functions;
using Mlir.Remote.Transport;
using Mlir.Runtime;

namespace Mlir.Remote;

public sealed partial class RemoteTensor
{
    /// <summary>Fetches the array, whatever its type.</summary>
    /// <param name="progress">Told how many bytes have come.</param>
    /// <param name="cancellationToken">Stops fetching.</param>
    /// <exception cref="RemoteException">The array was lost with the server.</exception>
    public async Task<HostBuffer> DownloadAsync(
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var elements = ArrayElements.Of(ElementType.ClrType);
        var data = elements.NewArray(Shape, flat: true);
        await ReadAsync(0, ArrayMemory.Of(data, elements.Size), progress, cancellationToken).ConfigureAwait(false);
        return new HostBuffer(data, Shape.AsSpan());
    }

    /// <inheritdoc cref="DownloadAsync(IProgress{long}?, CancellationToken)"/>
    public HostBuffer Download(IProgress<long>? progress = null) => DownloadAsync(progress).GetAwaiter().GetResult();
}
