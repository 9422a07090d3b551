using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Connections;
using Mlir.Remote.Server.Security;
using Mlir.Remote.Server.Services.Health;
using Mlir.Remote.Server.Services.Reflection;

namespace Mlir.Remote.Server.Grpc;

/// <summary>The standard health and reflection services of gRPC.</summary>
/// <param name="limits">What a message may be.</param>
/// <param name="authenticator">Reflection is for those who may use the service; health is for everybody.</param>
/// <param name="logger">Notes what went wrong.</param>
internal sealed class StandardServices(RemoteLimits limits, Authenticator authenticator, ILogger logger)
{
    /// <summary>The health service.</summary>
    public const string Health = "grpc.health.v1.Health";

    /// <summary>The reflection service, and its older name, under which most tools ask.</summary>
    public static readonly string[] Reflection =
    [
        "grpc.reflection.v1.ServerReflection",
        "grpc.reflection.v1alpha.ServerReflection",
    ];

    private static readonly FileDescriptor[] Files =
    [
        RemoteReflection.Descriptor,
        HealthReflection.Descriptor,
        ReflectionReflection.Descriptor,
    ];

    private readonly TaskCompletionSource _stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>From now on says that the server does not serve.</summary>
    public void Stop() => _stopping.TrySetResult();

    /// <summary>Whether the server serves.</summary>
    public bool IsServing => !_stopping.Task.IsCompleted;

    /// <summary>Serves a call of the health service.</summary>
    public Task ServeHealthAsync(HttpContext context, string method) =>
        ServeAsync(
            context,
            async call =>
            {
                var request =
                    await call.ReadAsync(HealthCheckRequest.Parser, call.Aborted).ConfigureAwait(false) ?? new();
                var known = request.Service is "" or GrpcEndpoint.Service or Health;
                if (method == "Watch")
                {
                    await call.StartAsync().ConfigureAwait(false);
                    await call.WriteAsync(Status(known)).ConfigureAwait(false);
                    await _stopping.Task.WaitAsync(call.Aborted).ConfigureAwait(false);
                    await call.WriteAsync(Status(known)).ConfigureAwait(false);
                }
                else if (method != "Check")
                {
                    call.End(GrpcStatus.Unimplemented, $"{Health} has no method '{method}'");
                }
                else if (!known)
                {
                    call.End(GrpcStatus.NotFound, $"there is no service '{request.Service}'");
                }
                else
                {
                    await call.StartAsync().ConfigureAwait(false);
                    await call.WriteAsync(Status(known)).ConfigureAwait(false);
                }
            }
        );

    /// <summary>Serves a call of the reflection service.</summary>
    public Task ServeReflectionAsync(HttpContext context, string method) =>
        ServeAsync(
            context,
            async call =>
            {
                authenticator.Authenticate(call.BearerToken, call.ClientCertificate);
                if (method != "ServerReflectionInfo")
                {
                    call.End(GrpcStatus.Unimplemented, $"there is no method '{method}'");
                    return;
                }

                await call.StartAsync().ConfigureAwait(false);
                while (
                    await call.ReadAsync(ServerReflectionRequest.Parser, call.Aborted).ConfigureAwait(false)
                        is { } request
                )
                {
                    await call.WriteAsync(Answer(request)).ConfigureAwait(false);
                }
            }
        );

    private async Task ServeAsync(HttpContext context, Func<GrpcCall, Task> serve)
    {
        var call = new GrpcCall(context, limits.MaxMessageBytes);
        try
        {
            await serve(call).ConfigureAwait(false);
            call.End(error: null);
        }
        catch (Exception error)
        {
            if (!call.Aborted.IsCancellationRequested)
            {
                call.End(Errors.Of(error, logger));
            }
        }
    }

    private HealthCheckResponse Status(bool known) =>
        new()
        {
            Status =
                !known ? HealthCheckResponse.Types.ServingStatus.ServiceUnknown
                : IsServing ? HealthCheckResponse.Types.ServingStatus.Serving
                : HealthCheckResponse.Types.ServingStatus.NotServing,
        };

    private static ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new ListServiceResponse();
                foreach (var name in (string[])[GrpcEndpoint.Service, Health, .. Reflection])
                {
                    response.ListServicesResponse.Service.Add(new ServiceResponse { Name = name });
                }

                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                Describe(response, Files.FirstOrDefault(f => f.Name == request.FileByFilename));
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                var symbol = request.FileContainingSymbol;
                Describe(response, Files.FirstOrDefault(f => Declares(f, symbol)));
                break;
            default:
                response.ErrorResponse = new ErrorResponse
                {
                    ErrorCode = (int)GrpcStatus.NotFound,
                    ErrorMessage = "there are no extensions here",
                };
                break;
        }

        return response;
    }

    private static void Describe(ServerReflectionResponse response, FileDescriptor? file)
    {
        if (file is null)
        {
            response.ErrorResponse = new ErrorResponse
            {
                ErrorCode = (int)GrpcStatus.NotFound,
                ErrorMessage = "there is no such file or symbol",
            };
            return;
        }

        response.FileDescriptorResponse = new FileDescriptorResponse { FileDescriptorProto = { file.SerializedData } };
    }

    /// <summary>The names below a type or service (a field, a method) are its own as far as tools ask.</summary>
    private static bool Declares(FileDescriptor file, string symbol) =>
        file.MessageTypes.Select(static t => t.FullName)
            .Concat(file.EnumTypes.Select(static t => t.FullName))
            .Concat(file.Services.Select(static s => s.FullName))
            .Any(name => symbol == name || symbol.StartsWith(name + ".", StringComparison.Ordinal))
        || (Reflection.Contains(symbol) && file == ReflectionReflection.Descriptor);
}
