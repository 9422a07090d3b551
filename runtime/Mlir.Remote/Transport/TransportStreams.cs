using Mlir.Remote.Protocol;

namespace Mlir.Remote.Transport;

/// <summary>The two directions of an open connection, over which frames travel.</summary>
internal abstract class TransportStreams : IDisposable
{
    /// <summary>The bytes from the server.</summary>
    public abstract Stream Input { get; }

    /// <summary>The bytes to the server.</summary>
    public abstract Stream Output { get; }

    /// <summary>Whether array bytes may travel as frames of their own, without protobuf around them.</summary>
    public abstract bool HasBulkFrames { get; }

    /// <summary>Whether written bytes leave only when flushed.</summary>
    public abstract bool NeedsFlush { get; }

    /// <summary>Whether the server has closed its end, as far as it can be seen without reading.</summary>
    public virtual bool IsClosedByServer() => false;

    /// <summary>What the server says about why it ended the connection, if it does.</summary>
    public virtual ProtocolException? FailureAtEnd() => null;

    /// <summary>Closes both directions; reads and writes that wait fail.</summary>
    public abstract void Dispose();
}
