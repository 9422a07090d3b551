using Google.Protobuf;
using Mlir.Remote.Protocol;

namespace Mlir.Remote.Server.Grpc;

/// <summary>A method with one request and one answer, as a message of <c>Connect</c>: both are answered by the same code.</summary>
/// <param name="ReadAsync">Reads the request; null if there is none.</param>
/// <param name="Answer">Takes the answer out of the message that holds it.</param>
internal sealed record UnaryMethod(
    Func<GrpcCall, CancellationToken, ValueTask<ClientMessage?>> ReadAsync,
    Func<ServerMessage, IMessage> Answer
)
{
    /// <summary>The methods by name.</summary>
    public static IReadOnlyDictionary<string, UnaryMethod> All { get; } =
        new Dictionary<string, UnaryMethod>
        {
            ["CloseSession"] = Of(
                CloseSessionRequest.Parser,
                static r => new() { CloseSession = r },
                static m => m.CloseSession
            ),
            ["GetServerInfo"] = Of(
                GetServerInfoRequest.Parser,
                static r => new() { GetServerInfo = r },
                static m => m.ServerInfo
            ),
            ["Define"] = Of(DefineRequest.Parser, static r => new() { Define = r }, static m => m.Define),
            ["Unload"] = Of(UnloadRequest.Parser, static r => new() { Unload = r }, static m => m.Unload),
            ["ListFunctions"] = Of(
                ListFunctionsRequest.Parser,
                static r => new() { ListFunctions = r },
                static m => m.ListFunctions
            ),
            ["DescribeFunction"] = Of(
                DescribeFunctionRequest.Parser,
                static r => new() { DescribeFunction = r },
                static m => m.DescribeFunction
            ),
            ["Share"] = Of(ShareRequest.Parser, static r => new() { Share = r }, static m => m.Share),
            ["Call"] = Of(CallRequest.Parser, static r => new() { Call = r }, static m => m.Call),
            ["CallBatch"] = Of(CallBatchRequest.Parser, static r => new() { CallBatch = r }, static m => m.CallBatch),
            ["Submit"] = Of(SubmitRequest.Parser, static r => new() { Submit = r }, static m => m.Submit),
            ["Collect"] = Of(CollectRequest.Parser, static r => new() { Collect = r }, static m => m.Call),
            ["Cancel"] = Of(CancelRequest.Parser, static r => new() { Cancel = r }, static m => m.Cancel),
            ["OpenFile"] = Of(OpenFileRequest.Parser, static r => new() { OpenFile = r }, static m => m.Buffer),
            ["Allocate"] = Of(AllocateRequest.Parser, static r => new() { Allocate = r }, static m => m.Buffer),
            ["Write"] = Of(WriteRequest.Parser, static r => new() { Write = r }, static m => m.Write),
            ["Seal"] = Of(SealRequest.Parser, static r => new() { Seal = r }, static m => m.Buffer),
            ["ListBuffers"] = Of(
                ListBuffersRequest.Parser,
                static r => new() { ListBuffers = r },
                static m => m.ListBuffers
            ),
            ["Release"] = Of(ReleaseRequest.Parser, static r => new() { Release = r }, static m => m.Release),
        };

    private static UnaryMethod Of<T>(
        MessageParser<T> parser,
        Func<T, ClientMessage> wrap,
        Func<ServerMessage, IMessage> answer
    )
        where T : class, IMessage<T> =>
        new(
            async (call, cancel) =>
                await call.ReadAsync(parser, cancel).ConfigureAwait(false) is { } request ? wrap(request) : null,
            answer
        );
}
