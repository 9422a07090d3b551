using System.Collections.Concurrent;
using System.Text;
using Mlir.Backends.Gpu.Execution;
using Mlir.Backends.Llvm;
using Mlir.Backends.Llvm.Gpu;
using Mlir.Backends.Storage;
using Mlir.Lowering;
using Mlir.Lowering.Gpu;

namespace Mlir.Backends.Gpu;

/// <summary>GPUs as backends: kernels as PTX for NVIDIA's and for the PTX machine, as SPIR-V for OpenCL's.</summary>
public static class GpuBackend
{
    /// <summary>The name by which users choose NVIDIA's first GPU.</summary>
    public const string Name = "gpu";

    /// <summary>The name of Hopper's products of matrices by four warps, among <see cref="Backend.HasFeature">what a device may have</see>.</summary>
    public const string Warpgroups = "wgmma";

    private const string FirstGpu = "cuda:0";
    private const string FirstOpenCl = "opencl:0";

    // Every kernel of a device shares its memory and its streams; they live as long as the process.
    private static readonly ConcurrentDictionary<string, Lazy<GpuDevice>> Devices = new();

    extension(CompilerBuilder compiler)
    {
        /// <summary>Adds a device; without a name NVIDIA's first GPU, called <see cref="Name"/>.</summary>
        /// <param name="device">The device's name, as in <see cref="GpuDevices.Open"/>, which is the backend's too; null for NVIDIA's first GPU.</param>
        public CompilerBuilder UseGpu(string? device = null)
        {
            ArgumentNullException.ThrowIfNull(compiler);
            return compiler.Add(Create(device));
        }
    }

    /// <summary>The backend as a value.</summary>
    /// <param name="device">The device's name, as in <see cref="GpuDevices.Open"/>, which is the backend's too; null for NVIDIA's first GPU.</param>
    public static Backend Create(string? device = null)
    {
        var id = device ?? FirstGpu;
        return Create(device ?? Name, () => DeviceOf(id), () => GpuDevices.Describe(id));
    }

    /// <summary>The backend of a device that somebody else opens.</summary>
    /// <param name="name">The backend's name, which begins with <c>opencl</c> for such devices.</param>
    /// <param name="open">Opens the device, each time that something is compiled.</param>
    /// <param name="describe">Says what it is, or why it cannot be used.</param>
    internal static Backend Create(string name, Func<GpuDevice> open, Func<GpuDeviceInfo> describe)
    {
        var isOpenCl = name.StartsWith(GpuDevices.OpenCl, StringComparison.Ordinal);
        var options = isOpenCl ? GpuCompiler.SpirvOptions : GpuCompiler.PtxOptions;
        var code = new CodeFormat(
            () => $"{typeof(GpuBackend).Module.ModuleVersionId} {LlvmJit.Identity(options)}",
            isOpenCl ? EmitSpirV : EmitPtx,
            stored => Load(stored, open(), isOpenCl)
        );
        return new Backend(
            name,
            isOpenCl ? OpenClPipeline : GpuCompiler.PtxPipeline,
            lowered =>
                code.Load(code.Emit(lowered))
                ?? throw new InvalidOperationException($"'{name}' cannot load what it has just compiled.")
        )
        {
            IsDevice = true,
            Options = options.Target!.ToString(),
            Code = code,
            WhyUnavailable = () => LlvmLibrary.IsAvailable(out var reason) ? describe().Reason : reason,
            HasFeature = feature => feature == Warpgroups && describe().HasWarpgroups,
            Figures = () => describe().Figures,
            Listings = lowered =>
                [
                    isOpenCl
                        ? new IrListing("spirv", GpuCompiler.ToSpirvText(lowered.Module))
                        : new IrListing("ptx", GpuCompiler.ToPtx(lowered.Module)),
                ],
        };
    }

    /// <summary>The device that kernels of a name run on; opened on first use, and anew after it was lost.</summary>
    /// <param name="name">The backend's name, or the device's, as in <see cref="GpuDevices.Open"/>.</param>
    /// <exception cref="DeviceUnavailableException">There is no such device, or it cannot be used; the message says why.</exception>
    public static GpuDevice DeviceOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var id = name switch
        {
            Name or "cuda" => FirstGpu,
            GpuDevices.OpenCl => FirstOpenCl,
            _ => name,
        };
        var opened = Devices.GetOrAdd(id, Open);
        try
        {
            if (!opened.Value.IsLost)
            {
                return opened.Value;
            }
        }
        catch (DeviceUnavailableException)
        {
            Devices.TryRemove(new KeyValuePair<string, Lazy<GpuDevice>>(id, opened)); // asked again, it is looked for again
            throw;
        }

        Devices.TryRemove(new KeyValuePair<string, Lazy<GpuDevice>>(id, opened));
        return Devices.GetOrAdd(id, Open).Value;

        static Lazy<GpuDevice> Open(string id) => new(() => GpuDevices.Open(id));
    }

    private static PassPipeline OpenClPipeline { get; } = GpuLowering.PipelineFor(GpuTarget.Spirv);

    private static StoredCode EmitPtx(LoweredModule lowered)
    {
        var (ptx, program) = GpuCompiler.Compile(lowered);
        return Stored(lowered, program, Encoding.UTF8.GetBytes(ptx));
    }

    private static StoredCode EmitSpirV(LoweredModule lowered) =>
        Stored(lowered, LaunchPlanner.Plan(lowered.Module), GpuCompiler.ToSpirv(lowered.Module));

    private static StoredCode Stored(LoweredModule lowered, GpuProgram program, byte[] code) =>
        new(lowered.Functions, lowered.Errors, [], [ProgramBytes.Write(program), code]);

    private static GpuProgramModule? Load(StoredCode stored, GpuDevice device, bool isOpenCl) =>
        stored.ObjectFiles is [var first, var code] && ProgramBytes.Read(first) is { } program
            ? new GpuProgramModule(
                device,
                program,
                isOpenCl
                    ? ProgramCode.OfSpirV(program, code)
                    : ProgramCode.OfPtx(program, Encoding.UTF8.GetString(code.Span)),
                stored.Functions,
                stored.Errors
            )
            : null;
}
