using System.Collections.Concurrent;
using System.Security.Cryptography;
using Mlir.Remote.Protocol;

namespace Mlir.Remote.Server.Sessions;

/// <summary>The sessions of the server, found by their secret tokens.</summary>
/// <param name="options">The server's configuration.</param>
internal sealed class SessionStore(RemoteServerOptions options) : IDisposable
{
    private const int TokenBytes = 32;

    // By the digest of the token: the time of a look-up then says nothing about tokens that exist.
    private readonly ConcurrentDictionary<string, Session> _sessions = new();
    private long _opened;

    /// <summary>The number of sessions.</summary>
    public int Count => _sessions.Count;

    /// <summary>The sessions.</summary>
    public IEnumerable<Session> All => _sessions.Values;

    /// <summary>Opens a session, or takes up an earlier one of the same client.</summary>
    /// <param name="identity">Who asks.</param>
    /// <param name="resumeToken">The token of the earlier session; empty for a new one.</param>
    /// <param name="resumed">Whether it was there.</param>
    /// <exception cref="ProtocolException">There are too many sessions.</exception>
    public Session Open(string identity, ReadOnlySpan<byte> resumeToken, out bool resumed)
    {
        if (
            resumeToken.Length == TokenBytes
            && _sessions.TryGetValue(Key(resumeToken), out var known)
            && known.Identity == identity
            && !known.IsClosed
        )
        {
            resumed = true;
            return known;
        }

        resumed = false;
        if (_sessions.Count >= options.Limits.MaxSessions)
        {
            throw ProtocolException.Limit(
                "max_sessions",
                $"the server has {options.Limits.MaxSessions} sessions, as many as max_sessions allows: close some, or try later"
            );
        }

        var token = RandomNumberGenerator.GetBytes(TokenBytes);
        var session = new Session(Interlocked.Increment(ref _opened), token, identity, options.Limits);
        _sessions[Key(token)] = session;
        return session;
    }

    /// <summary>The session of a token.</summary>
    /// <param name="identity">Who asks; must be who opened it.</param>
    /// <param name="token">The token.</param>
    /// <exception cref="ProtocolException">There is none, or it is somebody else's.</exception>
    public Session Find(string identity, ReadOnlySpan<byte> token) =>
        token.Length == TokenBytes
        && _sessions.TryGetValue(Key(token), out var session)
        && session.Identity == identity
        && !session.IsClosed
            ? session
            : throw new ProtocolException(
                ErrorCode.SessionLost,
                "the server does not know this session (any more): open a new one"
            );

    /// <summary>Ends a session.</summary>
    public void Close(Session session)
    {
        if (_sessions.TryRemove(Key(session.Token), out _))
        {
            session.Dispose();
        }
    }

    /// <summary>Ends all sessions.</summary>
    public void Dispose()
    {
        foreach (var session in _sessions.Values)
        {
            Close(session);
        }
    }

    private static string Key(ReadOnlySpan<byte> token) => Convert.ToHexString(SHA256.HashData(token));
}
