using System.Runtime.InteropServices;

namespace Mlir.Backends.Llvm;

/// <summary>
/// The functions that LLVM's code generator may call on its own accord, and nothing else: block copies, remainders of floats,
/// 128-bit division, and half precision on processors that cannot convert it. Kernels name none of them.
/// </summary>
internal static unsafe class CodeGenHelpers
{
    /// <summary>The helpers' symbols.</summary>
    public static readonly string[] Names =
    [
        "memcpy",
        "memmove",
        "memset",
        "fmod",
        "fmodf",
        "__truncdfhf2",
        "__truncsfhf2",
        "__extendhfsf2",
        "__divti3",
        "__modti3",
        "__udivti3",
        "__umodti3",
    ];

    /// <summary>
    /// The helpers' addresses in the order of <see cref="Names"/>, zero where there is none. The C run-time libraries that LLVM itself
    /// is linked to have them; making .NET's own versions callable costs ten milliseconds at start-up, so they only stand in.
    /// </summary>
    public static nint[] Find()
    {
        var library = LlvmLibrary.Require().Handle;
        var found = new nint[Names.Length];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = NativeLibrary.TryGetExport(library, Names[i], out var address) ? address : Managed(Names[i]);
        }

        return found;
    }

    /// <summary>.NET's version of a helper, or zero.</summary>
    public static nint Managed(string name) =>
        name switch
        {
            "memcpy" or "memmove" => (nint)(delegate* unmanaged<byte*, byte*, nuint, byte*>)&MemMove,
            "memset" => (nint)(delegate* unmanaged<byte*, int, nuint, byte*>)&MemSet,
            "fmod" => (nint)(delegate* unmanaged<double, double, double>)&FMod,
            "fmodf" => (nint)(delegate* unmanaged<float, float, float>)&FModF,
            "__truncdfhf2" => (nint)(delegate* unmanaged<double, float>)&TruncateDoubleToHalf,
            "__truncsfhf2" => (nint)(delegate* unmanaged<float, float>)&TruncateFloatToHalf,
            "__extendhfsf2" => (nint)(delegate* unmanaged<float, float>)&ExtendHalf,
            _ => 0,
        };

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
    private static byte* MemMove(byte* destination, byte* source, nuint count)
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
