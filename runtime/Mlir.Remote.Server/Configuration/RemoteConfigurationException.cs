namespace Mlir.Remote.Server;

/// <summary>The server cannot start as it is configured; the message says what to change.</summary>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="inner">What the operating system said, or null.</param>
public sealed class RemoteConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
