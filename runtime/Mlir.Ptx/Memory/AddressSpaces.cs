namespace Mlir.Ptx.Memory;

/// <summary>
/// Where shared memory, a thread's own memory and parameters appear among generic addresses. Global and constant memory have
/// the same address there as in their own space.
/// </summary>
internal static class AddressSpaces
{
    public const ulong Shared = 0x0100_0000_0000;
    public const ulong Local = 0x0200_0000_0000;
    public const ulong Parameters = 0x0300_0000_0000;

    /// <summary>How much room each of them has.</summary>
    public const ulong Window = 1UL << 32;
}
