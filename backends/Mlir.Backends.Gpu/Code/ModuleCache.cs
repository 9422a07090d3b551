using System.Collections.Concurrent;
using Mlir.Backends.Gpu.Interop;

namespace Mlir.Backends.Gpu.Code;

/// <summary>The code that was loaded onto a device, by its hash; it stays until the device is disposed. Thread-safe.</summary>
internal sealed class ModuleCache(GpuDevice device) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<GpuModule>> modules = new();
    private int loaded;

    /// <summary>How often the driver was asked to compile.</summary>
    public int Loaded => Volatile.Read(ref loaded);

    public GpuModule Load(GpuCode code)
    {
        if (code.Format != device.CodeFormat)
        {
            throw new ArgumentException(
                $"{device.Id} takes {device.CodeFormat}, the code is {code.Format}.",
                nameof(code)
            );
        }

        var entry = modules.GetOrAdd(code.Hash, _ => new Lazy<GpuModule>(() => Compile(code)));
        try
        {
            return entry.Value;
        }
        catch
        {
            modules.TryRemove(new KeyValuePair<string, Lazy<GpuModule>>(code.Hash, entry)); // the next one may try again
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var (_, module) in modules)
        {
            if (module.IsValueCreated)
            {
                _ = device.Driver.ModuleUnload(module.Value.Handle);
            }
        }

        modules.Clear();
    }

    private GpuModule Compile(GpuCode code)
    {
        device.Enter();
        var result = device.Driver.ModuleLoadData(out var handle, code.Bytes.Span, out var log);
        if (result.IsRejectedCode)
        {
            throw new KernelCompileException(device.Id, device.Driver.NameOf(result), log, Keep(code), code.Source);
        }

        device.Check(result, nameof(IGpuDriver.ModuleLoadData));
        Interlocked.Increment(ref loaded);
        return new GpuModule(device, code, handle);
    }

    /// <summary>Writes rejected code to a file, so that it can be looked at; null where that is not possible.</summary>
    private static string? Keep(GpuCode code)
    {
        try
        {
            var folder = Directory.CreateTempSubdirectory("mlir-gpu-");
            var isText = code.Format == GpuCodeFormat.Ptx;
            var path = Path.Combine(folder.FullName, isText ? "rejected.ptx" : "rejected.spv");
            File.WriteAllBytes(path, code.Bytes.Span[..^(isText ? 1 : 0)]);
            return path;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
