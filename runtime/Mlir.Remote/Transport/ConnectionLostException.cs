namespace Mlir.Remote.Transport;

/// <summary>The connection ended before an answer came. Requests that may be repeated are repeated over a new one.</summary>
/// <param name="reason">What ended it.</param>
/// <param name="inner">The fault below, if there is one.</param>
internal sealed class ConnectionLostException(string reason, Exception? inner = null) : IOException(reason, inner);
