using Mlir.Remote.Server.Sessions;

namespace Mlir.Remote.Server.Requests;

/// <summary>Whose request it is and on what it came.</summary>
/// <param name="Session">The session.</param>
/// <param name="Connection">The connection, with which unfinished arrays go; null for requests that stand alone.</param>
/// <param name="MayMap">Whether the client may map arrays: it came through a Unix socket.</param>
internal sealed record RequestContext(Session Session, object? Connection, bool MayMap);
