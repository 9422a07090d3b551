namespace Mlir.Remote;

/// <summary>What went wrong with a remote call.</summary>
public enum RemoteErrorKind
{
    /// <summary>A fault of the server.</summary>
    Internal,

    /// <summary>No server answers at the address.</summary>
    Unreachable,

    /// <summary>The connection was lost and the call may not be repeated.</summary>
    ConnectionLost,

    /// <summary>An array that lay on the server is gone, because the server was restarted.</summary>
    ArrayLost,

    /// <summary>The server is shutting down.</summary>
    Unavailable,

    /// <summary>The request itself is wrong.</summary>
    InvalidRequest,

    /// <summary>The server does not compile the function; <see cref="RemoteException.Diagnostics"/> says why.</summary>
    InvalidModule,

    /// <summary>No overload takes the arguments; <see cref="RemoteException.Candidates"/> lists those that there are.</summary>
    NoOverload,

    /// <summary>Several overloads take the arguments and none is better.</summary>
    AmbiguousCall,

    /// <summary>There is no such function, array or file, or none that this client may see.</summary>
    NotFound,

    /// <summary>A limit of the server; <see cref="RemoteException.Limit"/> names it.</summary>
    LimitExceeded,

    /// <summary>The process that ran the call died, for example of a stack overflow.</summary>
    WorkerCrashed,

    /// <summary>The operator does not allow it.</summary>
    PermissionDenied,
}
