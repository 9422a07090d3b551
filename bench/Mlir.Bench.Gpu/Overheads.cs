using System.Diagnostics;
using Mlir.Backends;
using Mlir.Backends.Gpu;
using Mlir.Dialects.Builtin;
using Mlir.Lowering;

namespace Mlir.Bench.Gpu;

/// <summary>What does not depend on sizes: launches, calls, compilation, the first result of a process.</summary>
/// <param name="options">What to do.</param>
/// <param name="peers">The peers.</param>
internal sealed class Overheads(RunOptions options, Peers peers)
{
    private const string Empty = """
        .version 7.0
        .target sm_80
        .address_size 64

        .visible .entry empty(.param .u64 empty_param_0, .param .u32 empty_param_1)
        {
            ret;
        }
        """;

    /// <summary>The rows without figures.</summary>
    public static IEnumerable<Row> Rows() =>
        [
            Of("launch", new Goal(Goal.Limit, 3)),
            Of("call"),
            Of("ptx", new Goal(Goal.Limit, 30_000)),
            Of("first", new Goal(Goal.Limit, 1_500_000)),
            Of("first-cold"),
        ];

    /// <summary>Measures what a row says.</summary>
    public void Fill(Row row, GpuDevice device)
    {
        row.Microseconds = row.Name switch
        {
            "launch" => device.CodeFormat == GpuCodeFormat.Ptx ? Launch(device) : null,
            "call" => Call(),
            "ptx" => Compile(),
            "first" => Clock.Median([
                .. Enumerable.Range(0, 3).Select(_ => FirstResult.Measure(options.Device, isCold: false)),
            ]),
            _ => FirstResult.Measure(options.Device, isCold: true),
        };
        row.Peers.AddRange(peers.Ask(row.Name, ""));
    }

    /// <summary>A kernel that does nothing, launched many times.</summary>
    private double Launch(GpuDevice device)
    {
        var code = GpuCode.FromPtx(Empty, new GpuKernelInfo("empty", [GpuParameter.Output, GpuParameter.Scalar32]));
        using var array = device.Allocate<float>(1000);
        using var launch = device.Load(code).GetKernel("empty").Prepare(new GpuGrid(4, 256)).Set(0, array).Set(1, 1000);
        return Clock.Median(Clock.Measure(() => launch.Launch(), device.Synchronize, options.IsSmall));
    }

    /// <summary>A compiled lambda over arrays that stay, too small to matter.</summary>
    private double Call()
    {
        var tiny = new Cases(isSmall: true).All().First();
        using var program = new DeviceProgram(tiny, options.Device);
        return Clock.Median(Clock.Measure(program.Run, program.Device.Synchronize, options.IsSmall));
    }

    /// <summary>From a lambda's module to code for the device, in a process that has done so before.</summary>
    private double Compile()
    {
        var modules = new Cases(isSmall: true)
            .All()
            .Where(given => given.Name == "sig")
            .Select(DeviceProgram.Module)
            .ToArray();
        var backend = GpuBackend.Create(options.Device);
        return Clock.Median([.. Enumerable.Range(0, 9).Select(_ => Once(modules[0], backend)).Skip(2)]);

        static double Once(ModuleOp module, Backend backend)
        {
            var start = Stopwatch.GetTimestamp();
            backend.Listings(Compiler.Lower(module, backend, PassManagerOptions.Default));
            return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
    }

    private static Row Of(string name, params Goal[] goals) => new(name, "", "", goals);
}
