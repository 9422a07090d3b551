using System.Runtime.InteropServices;

namespace Mlir.Bench.Arrays.Interop;

/// <summary>Memory as the peers of the array cases get it.</summary>
internal static unsafe partial class Pages
{
    private const int MadviseHugePage = 14;

    /// <summary>Asks Linux for pages of 2 MiB; other systems are left alone.</summary>
    public static void Advise(void* start, nuint bytes)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Madvise(start, bytes, MadviseHugePage);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Madvise(void* address, nuint length, int advice);
}
