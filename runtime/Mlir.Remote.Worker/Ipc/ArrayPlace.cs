namespace Mlir.Remote.Worker.Ipc;

/// <summary>Where an array's elements are.</summary>
internal enum ArrayPlace : byte
{
    /// <summary>In the message: a block.</summary>
    Inline = 1,

    /// <summary>In a segment of the server, by number; in requests its length and path follow.</summary>
    Segment,

    /// <summary>In a new file of the worker: its descriptor and length follow.</summary>
    NewFile,
}
