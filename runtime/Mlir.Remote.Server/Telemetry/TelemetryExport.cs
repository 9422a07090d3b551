using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Mlir.Remote.Server.Telemetry;

/// <summary>Sends what the server measures to a collector of OpenTelemetry.</summary>
internal static class TelemetryExport
{
    private const string ServiceName = "mlir-remote";

    /// <summary>Starts to send.</summary>
    /// <param name="collector">Where to (OTLP over gRPC); null for nowhere.</param>
    /// <returns>What ends it; null if nothing was started.</returns>
    public static IDisposable? Start(Uri? collector)
    {
        if (collector is null)
        {
            return null;
        }

        var resource = ResourceBuilder.CreateDefault().AddService(ServiceName);
        var metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(ServerMetrics.Name)
            .AddOtlpExporter(otlp => otlp.Endpoint = collector)
            .Build();
        var traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(ServerMetrics.Name)
            .AddOtlpExporter(otlp => otlp.Endpoint = collector)
            .Build();
        return new Both(metrics, traces);
    }

    private sealed class Both(IDisposable metrics, IDisposable traces) : IDisposable
    {
        public void Dispose()
        {
            metrics.Dispose();
            traces.Dispose();
        }
    }
}
