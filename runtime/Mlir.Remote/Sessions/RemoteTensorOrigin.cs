namespace Mlir.Remote.Sessions;

/// <summary>Where an array of the server comes from, and so whether it can be had again after the server was restarted.</summary>
internal enum RemoteTensorOrigin
{
    /// <summary>Opened from a file of the server: opened again.</summary>
    File,

    /// <summary>Shared by another client: looked up again.</summary>
    Shared,

    /// <summary>Sent by this client: gone.</summary>
    Uploaded,

    /// <summary>The result of a call: gone.</summary>
    Kept,
}
