using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Mlir.Remote.Server;
using Mlir.Tests.Remote.Server.Support;

namespace Mlir.Tests.Remote.Server.Operations;

/// <summary>Traces and metrics reach a collector of OpenTelemetry over its own protocol.</summary>
public sealed class TelemetryTests
{
    [Test]
    public async Task Traces_and_metrics_are_sent_to_the_collector()
    {
        var received = new ConcurrentDictionary<string, string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http2)
        );
        await using var collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received[context.Request.Path] = System.Text.Encoding.Latin1.GetString(body.ToArray());
            context.Response.ContentType = "application/grpc";
            context.Response.DeclareTrailer("grpc-status");
            await context.Response.Body.WriteAsync(new byte[5]);
            context.Response.AppendTrailer("grpc-status", "0");
        });

        await collector.StartAsync();
        await using (
            var server = await RemoteServer.StartAsync(
                new()
                {
                    Listen = "http://127.0.0.1:0",
                    Workers = 1,
                    Telemetry = new Uri(collector.Urls.First()),
                }
            )
        )
        {
            await using var client = await RawConnection.OpenAsync(server.Addresses[0]);
            var function = (await client.DefineAsync("observed", Modules.Add))[0];
            await client.CallAsync(function, 1, 2);
        }

        Assert.Multiple(() =>
        {
            Assert.That(
                received.GetValueOrDefault("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"),
                Does.Contain("mlir.remote.calls").And.Contain("mlir.remote.call.duration")
            );
            Assert.That(
                received.GetValueOrDefault("/opentelemetry.proto.collector.trace.v1.TraceService/Export"),
                Does.Contain("observed")
            );
        });
    }
}
