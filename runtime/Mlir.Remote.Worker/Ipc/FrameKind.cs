namespace Mlir.Remote.Worker.Ipc;

/// <summary>What a frame between server and worker says. A worker answers each request with one frame that carries the request's id.</summary>
internal enum FrameKind : byte
{
    /// <summary>Worker → server, first of all: it can work, and what for.</summary>
    Ready = 1,

    /// <summary>Server → worker: check and compile a module; answered by <see cref="Compiled"/> or <see cref="Failed"/>.</summary>
    Compile,

    /// <summary>Worker → server: what came of a module.</summary>
    Compiled,

    /// <summary>Server → worker: show a module at every level; answered by <see cref="Listed"/> or <see cref="Failed"/>.</summary>
    List,

    /// <summary>Worker → server: the module's text at every level.</summary>
    Listed,

    /// <summary>Server → worker: make a compiled unit callable. Calls of a unit that could not be loaded fail.</summary>
    Load,

    /// <summary>Worker → server: a unit is loaded or failed to; what comes next runs on its own time.</summary>
    Loaded,

    /// <summary>Server → worker: run one or more calls; answered by <see cref="Returned"/>.</summary>
    Call,

    /// <summary>Worker → server: one outcome a call.</summary>
    Returned,

    /// <summary>Server → worker: drop units. No answer.</summary>
    Forget,

    /// <summary>Server → worker: unmap segments that are gone. No answer.</summary>
    Unmap,

    /// <summary>Server → worker: it has opened the files of the last results, and these are their segments' numbers. No answer.</summary>
    Adopted,

    /// <summary>Worker → server: a request failed.</summary>
    Failed,
}
