using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Mlir.Backends.Gpu;

/// <summary>Code for a device, and what is known about its kernels.</summary>
public sealed class GpuCode
{
    private readonly Lazy<string> hash;

    private GpuCode(GpuCodeFormat format, ReadOnlyMemory<byte> bytes, ImmutableArray<GpuKernelInfo> kernels)
    {
        Format = format;
        Bytes = bytes;
        Kernels = kernels;
        hash = new Lazy<string>(() => Convert.ToHexString(SHA256.HashData(Bytes.Span)));
    }

    /// <summary>The form of the code.</summary>
    public GpuCodeFormat Format { get; }

    /// <summary>The code; PTX ends in a zero byte.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The kernels in it that can be launched.</summary>
    public ImmutableArray<GpuKernelInfo> Kernels { get; }

    /// <summary>The identity of the code: code with the same hash is loaded once.</summary>
    public string Hash => hash.Value;

    /// <summary>Code in PTX.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kernels">The kernels in it that are to be launched.</param>
    public static GpuCode FromPtx(string text, params ImmutableArray<GpuKernelInfo> kernels)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new GpuCode(GpuCodeFormat.Ptx, Encoding.UTF8.GetBytes(text + '\0'), kernels);
    }

    /// <summary>Code in SPIR-V.</summary>
    /// <param name="module">The module, version 1.0 to 1.4.</param>
    /// <param name="kernels">The kernels in it that are to be launched.</param>
    public static GpuCode FromSpirV(ReadOnlyMemory<byte> module, params ImmutableArray<GpuKernelInfo> kernels) =>
        new(GpuCodeFormat.SpirV, module, kernels);

    /// <summary>What the code computes, for an error that concerns all of it.</summary>
    internal string Source =>
        string.Join(
            ", ",
            Kernels.Select(static kernel => kernel.Source).Where(static text => text.Length > 0).Distinct()
        );
}
