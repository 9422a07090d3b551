namespace Mlir.Remote.Protocol;

/// <summary>The status codes of gRPC that this protocol uses.</summary>
internal enum GrpcStatus
{
    /// <summary>All is well.</summary>
    Ok = 0,

    /// <summary>The caller gave up.</summary>
    Cancelled = 1,

    /// <summary>An error that is none of the others: here, an exception inside a function.</summary>
    Unknown = 2,

    /// <summary>The request is wrong.</summary>
    InvalidArgument = 3,

    /// <summary>It took too long.</summary>
    DeadlineExceeded = 4,

    /// <summary>There is no such thing.</summary>
    NotFound = 5,

    /// <summary>Not for this caller.</summary>
    PermissionDenied = 7,

    /// <summary>A limit.</summary>
    ResourceExhausted = 8,

    /// <summary>Not in this state.</summary>
    FailedPrecondition = 9,

    /// <summary>The work was lost on the way.</summary>
    Aborted = 10,

    /// <summary>There is no such method, or no such encoding.</summary>
    Unimplemented = 12,

    /// <summary>A fault of the server.</summary>
    Internal = 13,

    /// <summary>Not now.</summary>
    Unavailable = 14,

    /// <summary>No credential.</summary>
    Unauthenticated = 16,
}
