using Mlir.Backends.Gpu.Memory;
using Mlir.Lowering.Gpu;
using Mlir.Runtime;

namespace Mlir.Backends.Gpu.Execution;

/// <summary>Passes values between .NET and the slots and buffers of a plan.</summary>
internal static class ProgramArguments
{
    /// <summary>Whether an argument fits a parameter. Integers may be signed or unsigned, as long as the width is right.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="argument">The argument.</param>
    /// <param name="mayStay">Whether arrays may be those of a device.</param>
    public static bool Fits(KernelParameter parameter, object? argument, bool mayStay) =>
        argument switch
        {
            null => false,
            HostBuffer host => parameter.Rank == host.Shape.Length && IsAlike(parameter.ElementType, host.ElementType),
            IDeviceArray array => mayStay
                && parameter.Rank == array.Lengths.Length
                && IsAlike(parameter.ElementType, array.ElementType),
            _ => parameter.IsScalar
                && IsScalar(argument)
                && IsAlike(parameter.ElementType, ElementTypes.Of(argument.GetType())),
        };

    /// <summary>An argument for messages.</summary>
    public static string Describe(object? argument) =>
        argument switch
        {
            null => "null",
            HostBuffer or IDeviceArray => argument.ToString()!,
            _ => argument.GetType().Name,
        };

    /// <summary>A scalar's bits, extended by zeros.</summary>
    public static long Bits(object scalar, int bytes)
    {
        var slot = ElementTypes.ToSlot(scalar);
        return bytes >= sizeof(long) ? slot : slot & ((1L << (8 * bytes)) - 1);
    }

    /// <summary>An array's sizes.</summary>
    public static ReadOnlySpan<long> Lengths(object array) =>
        array is HostBuffer host ? host.Shape.AsSpan() : ((IDeviceArray)array).Lengths;

    /// <summary>A scalar result.</summary>
    public static object Number(PlanRun run, PlanResult result, ElementType type)
    {
        var bits =
            result.Buffer >= 0 ? run.Read(run.Buffers[result.Buffer], result.ElementSize) : run.Slots[result.Slots[0]];
        return ElementTypes.FromSlot(type, type == ElementType.Bool ? bits & 1 : bits);
    }

    /// <summary>An array of a device over memory.</summary>
    public static IDeviceArray NewDeviceArray(ElementType type, DeviceBuffer buffer, ReadOnlySpan<long> lengths) =>
        type switch
        {
            ElementType.Bool => new GpuArray<bool>(buffer, lengths),
            ElementType.Int8 => new GpuArray<sbyte>(buffer, lengths),
            ElementType.Int16 => new GpuArray<short>(buffer, lengths),
            ElementType.Int32 => new GpuArray<int>(buffer, lengths),
            ElementType.Int64 => new GpuArray<long>(buffer, lengths),
            ElementType.UInt8 => new GpuArray<byte>(buffer, lengths),
            ElementType.UInt16 => new GpuArray<ushort>(buffer, lengths),
            ElementType.UInt32 => new GpuArray<uint>(buffer, lengths),
            ElementType.UInt64 => new GpuArray<ulong>(buffer, lengths),
            ElementType.Float16 => new GpuArray<Half>(buffer, lengths),
            ElementType.Float32 => new GpuArray<float>(buffer, lengths),
            _ => new GpuArray<double>(buffer, lengths),
        };

    private static bool IsScalar(object argument) =>
        argument is bool or sbyte or short or int or long or byte or ushort or uint or ulong or Half or float or double;

    private static bool IsAlike(ElementType expected, ElementType actual) =>
        expected == actual || (IntegerBits(expected) is { } width && width == IntegerBits(actual));

    private static int? IntegerBits(ElementType type) =>
        type switch
        {
            ElementType.Int8 or ElementType.UInt8 => 8,
            ElementType.Int16 or ElementType.UInt16 => 16,
            ElementType.Int32 or ElementType.UInt32 => 32,
            ElementType.Int64 or ElementType.UInt64 => 64,
            _ => null,
        };
}
