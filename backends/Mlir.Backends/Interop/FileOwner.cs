using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Mlir.Backends.Interop;

/// <summary>Asks the system whose a file is; .NET tells modes but not owners.</summary>
internal static unsafe partial class FileOwner
{
    private const int AtCurrentFolder = -100;
    private const int AtEmptyPath = 0x1000;
    private const uint OwnerMask = 8;

    // The layout of struct statx is part of Linux's interface and the same on every architecture.
    private const int StatxSize = 256;
    private const int OwnerOffset = 20;

    /// <summary>Whether the user that this process runs as owns an open file. False where that cannot be found out.</summary>
    public static bool IsMine(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
        {
            return true; // the user's own folders are closed to others there
        }

        if (!OperatingSystem.IsLinux())
        {
            // Only its owner may change a file's mode. The superuser always may, so that it learns nothing.
            try
            {
                File.SetUnixFileMode(file, File.GetUnixFileMode(file));
                return !Environment.IsPrivilegedProcess;
            }
            catch (UnauthorizedAccessException)
            {
                return false;
            }
        }

        var held = false;
        file.DangerousAddRef(ref held);
        try
        {
            return IsMine((int)file.DangerousGetHandle(), "", AtEmptyPath);
        }
        finally
        {
            file.DangerousRelease();
        }
    }

    /// <summary>Whether the user that this process runs as owns a file or folder. False where that cannot be found out.</summary>
    public static bool IsMine(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        if (OperatingSystem.IsLinux())
        {
            return IsMine(AtCurrentFolder, path, 0);
        }

        try
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path));
            return !Environment.IsPrivilegedProcess;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsMine(int descriptor, string path, int flags)
    {
        var status = stackalloc byte[StatxSize];
        return Statx(descriptor, path, flags, OwnerMask, status) == 0
            && (*(uint*)status & OwnerMask) != 0
            && *(uint*)(status + OwnerOffset) == GetEffectiveUser();
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int descriptor, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();
}
