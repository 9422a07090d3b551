using System.IO.Pipelines;

namespace Mlir.Remote.Server.Connections;

/// <summary>Where the messages of a stream come from and go to.</summary>
/// <param name="Input">From the client.</param>
/// <param name="Output">To the client.</param>
/// <param name="Stream">What lies below <paramref name="Output"/>, for arrays that need no copy on the way; null where there is none.</param>
/// <param name="IsUnix">Whether it is a Unix socket, whose client may map memory.</param>
internal sealed record StreamConnection(PipeReader Input, PipeWriter Output, Stream? Stream, bool IsUnix);
