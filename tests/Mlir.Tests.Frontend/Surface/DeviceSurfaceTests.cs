using Mlir.Backends.Gpu;

namespace Mlir.Tests.Frontend.Surface;

/// <summary>Every function of the page is compiled for devices, for every element type that it takes: nothing is refused.</summary>
public sealed class DeviceSurfaceTests
{
    // A combination takes about 50 ms; each run takes its share, the same in every run, and with MLIR_NIGHTLY=1 all.
    private const int OneOf = 5;

    private static readonly bool TakesAll = Environment.GetEnvironmentVariable("MLIR_NIGHTLY") == "1";

    /// <summary>What devices refuse, as "name type: reason". A function that is refused belongs here, with its reason.</summary>
    private static readonly string[] Refused = [];

    [Test]
    public void The_functions_that_devices_refuse_are_known()
    {
        var (refused, taken) = (new List<string>(), 0);
        var all = SurfacePage
            .Read()
            .Values.Where(row => row.Status == "compiled")
            .SelectMany(row => SurfacePage.Types.Select(type => (row.Name, Type: type)))
            .ToArray();
        Parallel.ForEach(
            all.Where((_, i) => TakesAll || i % OneOf == 0),
            item =>
            {
                foreach (var (lambda, arguments) in SurfacePage.Calls(item.Name, item.Type))
                {
                    Interlocked.Increment(ref taken);
                    if (OnDevices.WhyRefused(lambda, GpuDevices.PtxMachine, arguments) is { } reason)
                    {
                        lock (refused)
                        {
                            refused.Add($"{item.Name} {item.Type.Name}: {reason}");
                        }
                    }
                }
            }
        );
        Assert.That(taken, Is.GreaterThan(300));
        Assert.That(TakesAll ? refused : refused.Except(Refused), Is.EquivalentTo(TakesAll ? Refused : []));
    }
}
