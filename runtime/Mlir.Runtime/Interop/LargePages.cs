using System.Runtime.InteropServices;

namespace Mlir.Runtime.Interop;

/// <summary>Asks Linux to back large blocks with 2 MiB pages: first use then faults 512 times less often.</summary>
internal static unsafe partial class LargePages
{
    private const long PageSize = 2L << 20;
    private const int MadviseHugePage = 14;
    private static bool unavailable = !OperatingSystem.IsLinux();

    /// <summary>Advises the kernel about a block; small blocks, other systems and refusals are ignored.</summary>
    /// <param name="start">The block's first byte.</param>
    /// <param name="bytes">The block's size.</param>
    public static void Advise(void* start, long bytes)
    {
        if (bytes < 2 * PageSize || unavailable)
        {
            return;
        }

        var first = ((nuint)start + (nuint)PageSize - 1) & ~((nuint)PageSize - 1);
        var end = ((nuint)start + (nuint)bytes) & ~((nuint)PageSize - 1);
        try
        {
            unavailable = Advise((void*)first, end - first, MadviseHugePage) != 0;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            unavailable = true;
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
