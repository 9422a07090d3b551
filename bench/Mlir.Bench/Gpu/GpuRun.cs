using System.Diagnostics;
using Mlir.Backends.Gpu;
using Mlir.Backends.Gpu.Simulation;
using Mlir.Backends.Gpu.Streams;

namespace Mlir.Bench.Gpu;

/// <summary>What the runtime adds to a launch: measured on the double of the driver, which checks and counts launches and runs nothing.</summary>
/// <param name="print">Takes one figure: case, peer, size, metric, value, unit.</param>
internal sealed class GpuRun(Action<string, string, int, string, double, string> print)
{
    private const int Rounds = 15;
    private const int Launches = 100_000;

    private const string Ptx = """
        .version 7.0
        .target sm_80
        .address_size 64

        .visible .entry empty(.param .u64 empty_param_0, .param .u32 empty_param_1)
        {
            ret;
        }
        """;

    private static GpuCode Code { get; } =
        GpuCode.FromPtx(Ptx, new GpuKernelInfo("empty", [GpuParameter.Output, GpuParameter.Scalar32]));

    /// <summary>Measures everything.</summary>
    public void Run()
    {
        using var driver = new DriverDouble(new DriverDoubleOptions(Launches: LaunchMode.Skip));
        using var device = new GpuDevice(driver, 0);
        using var array = device.Allocate<float>(1000);
        var kernel = device.Load(Code).GetKernel("empty");
        using var launch = kernel.Prepare(new GpuGrid(4, 256)).Set(0, array).Set(1, 1000);
        Measure("gpu-launch", 1, () => launch.Launch());

        using var list = new LaunchList(device) { MayReplay = false };
        Measure("gpu-launch-list", 10, () => Submit(list, kernel, array));
        using var replayed = new LaunchList(device);
        Measure("gpu-graph-replay", 10, () => Submit(replayed, kernel, array));
    }

    private static void Submit(LaunchList list, GpuKernel kernel, GpuArray<float> array)
    {
        var address = array.Buffer.UseIn(array.Device.DefaultStream, writes: true);
        list.Clear();
        for (var i = 0; i < 10; i++)
        {
            list.AddLaunch(kernel, new GpuGrid(4, 256), [address, 1000]);
        }

        list.Submit(array.Device.DefaultStream);
    }

    private void Measure(string name, int launches, Action run)
    {
        var times = new double[Rounds];
        var allocated = 0L;
        for (var round = -2; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Launches / launches; i++)
            {
                run();
            }

            var elapsed = Stopwatch.GetElapsedTime(start);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (round >= 0)
            {
                times[round] = elapsed.TotalNanoseconds / Launches;
            }
        }

        Array.Sort(times);
        print(name, "mlir", launches, "median", times[Rounds / 2], "ns");
        print(name, "mlir", launches, "allocated", (double)allocated / Launches, "B");
    }
}
