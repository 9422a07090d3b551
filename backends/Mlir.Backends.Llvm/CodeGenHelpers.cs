using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace Mlir.Backends.Llvm;

/// <summary>
/// The functions that LLVM's code generator may call on its own accord, and nothing else: block copies that it recognises in
/// loops, remainders of floats, and half precision on processors that cannot convert it. Kernels name none of them.
/// </summary>
internal static unsafe class CodeGenHelpers
{
    /// <summary>Symbol name → address in this process.</summary>
    public static FrozenDictionary<string, nint> Addresses { get; } = Find();

    private static FrozenDictionary<string, nint> Find()
    {
        delegate* unmanaged<double, double, double> fmod = &FMod;
        delegate* unmanaged<float, float, float> fmodf = &FModF;
        delegate* unmanaged<double, float> truncDoubleToHalf = &TruncateDoubleToHalf;
        delegate* unmanaged<float, float> truncFloatToHalf = &TruncateFloatToHalf;
        delegate* unmanaged<float, float> extendHalf = &ExtendHalf;
        delegate* unmanaged<byte*, byte*, nuint, byte*> memcpy = &MemCpy;
        delegate* unmanaged<byte*, int, nuint, byte*> memset = &MemSet;
        return new Dictionary<string, nint>
        {
            ["fmod"] = (nint)fmod,
            ["fmodf"] = (nint)fmodf,
            ["__truncdfhf2"] = (nint)truncDoubleToHalf,
            ["__truncsfhf2"] = (nint)truncFloatToHalf,
            ["__extendhfsf2"] = (nint)extendHalf,
            ["memcpy"] = (nint)memcpy,
            ["memmove"] = (nint)memcpy,
            ["memset"] = (nint)memset,
        }.ToFrozenDictionary();
    }

    [UnmanagedCallersOnly]
    private static double FMod(double x, double y) => x % y;

    [UnmanagedCallersOnly]
    private static float FModF(float x, float y) => x % y;

    // A half travels in the low 16 bits of a vector register, which is where a float with those bits travels too.

    [UnmanagedCallersOnly]
    private static float TruncateDoubleToHalf(double value) =>
        BitConverter.UInt32BitsToSingle(BitConverter.HalfToUInt16Bits((Half)value));

    [UnmanagedCallersOnly]
    private static float TruncateFloatToHalf(float value) =>
        BitConverter.UInt32BitsToSingle(BitConverter.HalfToUInt16Bits((Half)value));

    [UnmanagedCallersOnly]
    private static float ExtendHalf(float half) =>
        (float)BitConverter.UInt16BitsToHalf((ushort)BitConverter.SingleToUInt32Bits(half));

    [UnmanagedCallersOnly]
    private static byte* MemCpy(byte* destination, byte* source, nuint count)
    {
        NativeMemory.Copy(source, destination, count);
        return destination;
    }

    [UnmanagedCallersOnly]
    private static byte* MemSet(byte* destination, int value, nuint count)
    {
        NativeMemory.Fill(destination, count, (byte)value);
        return destination;
    }
}
