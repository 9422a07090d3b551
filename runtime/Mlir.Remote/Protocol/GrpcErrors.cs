using System.Globalization;
using System.Text;

namespace Mlir.Remote.Protocol;

/// <summary>How the protocol's errors travel in gRPC's trailers.</summary>
internal static class GrpcErrors
{
    /// <summary>The trailer that holds the status.</summary>
    public const string StatusTrailer = "grpc-status";

    /// <summary>The trailer that holds the message.</summary>
    public const string MessageTrailer = "grpc-message";

    /// <summary>The trailer that holds the whole <see cref="Error"/>, in base64.</summary>
    public const string ErrorTrailer = "mlir-error-bin";

    // Servers in front of this one may cut long headers; what is longer is cut here, where it can be seen.
    private const int MaxMessageLength = 2_000;

    /// <summary>The status of an error.</summary>
    public static GrpcStatus StatusOf(ErrorCode code) =>
        code switch
        {
            ErrorCode.InvalidRequest or ErrorCode.InvalidModule or ErrorCode.NoOverload or ErrorCode.AmbiguousCall =>
                GrpcStatus.InvalidArgument,
            ErrorCode.KernelException => GrpcStatus.Unknown,
            ErrorCode.NotFound => GrpcStatus.NotFound,
            ErrorCode.LimitExceeded => GrpcStatus.ResourceExhausted,
            ErrorCode.Timeout => GrpcStatus.DeadlineExceeded,
            ErrorCode.Cancelled => GrpcStatus.Cancelled,
            ErrorCode.WorkerCrashed => GrpcStatus.Aborted,
            ErrorCode.Unauthenticated => GrpcStatus.Unauthenticated,
            ErrorCode.PermissionDenied => GrpcStatus.PermissionDenied,
            ErrorCode.Unavailable => GrpcStatus.Unavailable,
            ErrorCode.SessionLost or ErrorCode.ModuleNeeded => GrpcStatus.FailedPrecondition,
            _ => GrpcStatus.Internal,
        };

    /// <summary>A message as <c>grpc-message</c> holds it: bytes outside printable ASCII, and the percent sign, percent-encoded.</summary>
    public static string EncodeMessage(string message)
    {
        var text = new StringBuilder();
        foreach (
            var b in Encoding.UTF8.GetBytes(message.Length > MaxMessageLength ? message[..MaxMessageLength] : message)
        )
        {
            if (b is >= 0x20 and <= 0x7E and not (byte)'%')
            {
                text.Append((char)b);
            }
            else
            {
                text.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="EncodeMessage"/> wrote.</summary>
    public static string DecodeMessage(string text) => Uri.UnescapeDataString(text);
}
