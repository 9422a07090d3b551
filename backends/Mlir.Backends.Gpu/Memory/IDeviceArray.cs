using Mlir.Runtime;

namespace Mlir.Backends.Gpu.Memory;

/// <summary>An array on a device whose element type is known at run time only.</summary>
internal interface IDeviceArray : IDisposable
{
    /// <summary>The elements' type.</summary>
    ElementType ElementType { get; }

    /// <summary>The size along each axis.</summary>
    ReadOnlySpan<long> Lengths { get; }

    /// <summary>The memory.</summary>
    DeviceBuffer Buffer { get; }
}
