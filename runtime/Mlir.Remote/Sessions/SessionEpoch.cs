using System.Collections.Concurrent;

namespace Mlir.Remote.Sessions;

/// <summary>What the server knows of this client: one object for as long as the server keeps the session. Ids are worth something only within it.</summary>
internal sealed class SessionEpoch
{
    /// <summary>The ids that the server gave to definitions, by the definition; a task while the server compiles.</summary>
    public ConcurrentDictionary<object, Task<ulong[]>> Functions { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The names that were sent.</summary>
    public ConcurrentDictionary<string, bool> Names { get; } = new();
}
