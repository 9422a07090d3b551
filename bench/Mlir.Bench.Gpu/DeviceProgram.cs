using Mlir.Backends;
using Mlir.Backends.Cpu;
using Mlir.Backends.Gpu;
using Mlir.Backends.Gpu.Execution;
using Mlir.Dialects.Builtin;
using Mlir.Frontend;
using Mlir.Frontend.Expressions;
using Mlir.IR;
using Mlir.Lowering.Gpu;
using Mlir.Runtime;

namespace Mlir.Bench.Gpu;

/// <summary>A case compiled for a device, with its arguments there.</summary>
internal sealed class DeviceProgram : IDisposable
{
    private readonly MeasuredCase given;
    private readonly HostBuffer[] numbers;
    private readonly GpuProgramModule module;
    private readonly object[] arguments;

    public DeviceProgram(MeasuredCase given, string device)
    {
        this.given = given;
        var program = Module(given);
        if (given.Feature == GpuBackend.Warpgroups)
        {
            ProductsToGpu.UseWarpgroups(program);
        }

        module = (GpuProgramModule)Compiler.CompileUncached(program, GpuBackend.Create(device));
        numbers = [.. given.Inputs.Select(static (input, i) => input.Make(i + 1))];
        arguments = [.. given.Inputs.Select((input, i) => (object)input.Upload(module.Device, numbers[i]))];
    }

    /// <summary>The device.</summary>
    public GpuDevice Device => module.Device;

    /// <summary>The case's program, before anything was done to it.</summary>
    public static ModuleOp Module(MeasuredCase given)
    {
        var module = ExpressionImporter
            .Import(
                given.Lambda!,
                CallSite.Unknown,
                new KernelShape(
                    new EquatableArray<TensorShape>?([
                        .. given.Inputs.Select(static input =>
                            TensorShape.Of([.. input.Lengths.Select(static n => (nint)n)])
                        ),
                    ])
                )
            )
            .Module;
        if (given.Type == "tf32")
        {
            ProductsToGpu.AllowTf32(module);
        }

        return module;
    }

    /// <summary>Runs the program once; the results are dropped.</summary>
    public void Run()
    {
        foreach (var result in module.InvokeOnDevice(ImportedKernel.EntryPoint, arguments))
        {
            (result as IDisposable)?.Dispose();
        }
    }

    /// <summary>How the device's results differ from the processor's; null where they do not.</summary>
    public string? Difference()
    {
        var there = module.InvokeOnDevice(ImportedKernel.EntryPoint, arguments);
        using var processor = Compiler.CompileUncached(Module(given), CpuBackend.Create());
        var here = processor.Invoke(ImportedKernel.EntryPoint, [.. numbers]);
        string? difference = null;
        for (var i = 0; i < here.Length; i++)
        {
            difference ??= ResultComparison.Difference((HostBuffer)here[i], there[i], given.Tolerance);
            ((IDisposable)there[i]).Dispose();
        }

        return difference;
    }

    public void Dispose()
    {
        foreach (var argument in arguments)
        {
            ((IDisposable)argument).Dispose();
        }

        module.Dispose();
    }
}
