namespace Mlir.Execution;

/// <summary>A <see cref="DeviceValue{T}"/> whose type is known at run time only.</summary>
internal interface IDeviceValue
{
    /// <summary>What it flattens to: boxed scalars, arrays of a device, and what only lies on the host as C# has it.</summary>
    ReadOnlySpan<object> Leaves { get; }
}
