using Mlir.Remote.Sessions;

namespace Mlir.Remote.Functions;

/// <summary>Where the ids of a function's versions come from.</summary>
/// <param name="session">The session.</param>
internal class FunctionSource(RemoteSession session)
{
    /// <summary>The session.</summary>
    public RemoteSession Session => session;

    /// <summary>The id of a version that the server has, else 0.</summary>
    public virtual ulong TryGetId(SessionEpoch epoch, CompiledVersion version) =>
        Definitions.TryGet(epoch, version) is { } ids ? ids[0] : 0;

    /// <summary>The id of a version, which is sent when the server does not have it.</summary>
    public virtual async Task<ulong> DefineAsync(
        RemoteSession.Link link,
        CompiledVersion version,
        CancellationToken cancellationToken
    )
    {
        var ids = await Definitions
            .DefineAsync(link, version, () => version.ToRequest(session.Options.Target), cancellationToken)
            .ConfigureAwait(false);
        return ids[0];
    }

    /// <summary>Forgets an id that the server says it does not know.</summary>
    public virtual void Invalidate(SessionEpoch epoch, CompiledVersion version) =>
        epoch.Functions.TryRemove(version, out _);
}
