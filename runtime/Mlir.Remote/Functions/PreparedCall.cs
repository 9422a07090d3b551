using Mlir.Remote.Protocol;
using Mlir.Remote.Sessions;

namespace Mlir.Remote.Functions;

/// <summary>A call with its arguments, ready to be sent as often as it takes.</summary>
internal abstract class PreparedCall
{
    /// <summary>Whether arrays of the result stay on the server.</summary>
    public bool KeepResults { get; init; }

    /// <summary>The request, where everything it needs lies on the server already; else null.</summary>
    public abstract CallRequest? TryEncode(RemoteSession.Link link);

    /// <summary>The request, after what it needs has been sent.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="uploaded">Takes the ids of arrays that were sent for this call alone.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract Task<CallRequest> EncodeAsync(
        RemoteSession.Link link,
        List<ulong> uploaded,
        CancellationToken cancellationToken
    );

    /// <summary>The result, where it came with the answer; else false.</summary>
    public abstract bool TryDecode(CallResponse response, out object? result);

    /// <summary>The result, after arrays have been fetched.</summary>
    public abstract Task<object?> DecodeAsync(
        RemoteSession.Link link,
        CallResponse response,
        CancellationToken cancellationToken
    );

    /// <summary>Forgets the function's id, which the server says it does not know.</summary>
    public abstract void Invalidate(RemoteSession.Link link);
}
