using System.Runtime.InteropServices;

namespace Mlir.Tests.Remote.Server.Workers;

/// <summary>Scalars in slots of eight bytes.</summary>
internal static class Slots
{
    /// <summary>The slots of some values of eight bytes each.</summary>
    public static byte[] Of<T>(params ReadOnlySpan<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(values).ToArray();

    /// <summary>The values of some slots.</summary>
    public static T[] Read<T>(ReadOnlyMemory<byte> slots)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(slots.Span).ToArray();
}
