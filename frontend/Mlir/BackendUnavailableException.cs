namespace Mlir;

/// <summary>The backend that was asked for cannot be used on this machine; the message says why and what to install.</summary>
public sealed class BackendUnavailableException : Exception
{
    internal BackendUnavailableException(string backend, string reason)
        : base(
            $"the backend '{backend}' cannot be used: {reason}. Set JitOptions.AllowInterpreter to run on the interpreter instead."
        ) => Backend = backend;

    /// <summary>The backend's name.</summary>
    public string Backend { get; }
}
