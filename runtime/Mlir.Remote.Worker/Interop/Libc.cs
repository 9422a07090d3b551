using System.Runtime.InteropServices;

namespace Mlir.Remote.Worker.Interop;

/// <summary>The few system calls of Linux that .NET does not offer: memory shared through a descriptor, and a process's own fate.</summary>
internal static unsafe partial class Libc
{
    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    public const uint MemFdCloseOnExec = 1;
    public const uint MemFdAllowSealing = 2;
    public const uint MemFdNoExecute = 8;

    public const int AddSeals = 1033;
    public const int GetSeals = 1034;

    /// <summary>No more seals, no smaller, no larger: what is mapped stays backed, whoever else holds the file.</summary>
    public const int SizeSeals = 1 | 2 | 4;

    public const int ProtectRead = 1;
    public const int ProtectWrite = 2;
    public const int MapShared = 1;

    public const int SetParentDeathSignal = 1;
    public const int SetNoNewPrivileges = 38;
    public const int SigKill = 9;

    public const int LimitCore = 4;

    [LibraryImport(
        "libc",
        EntryPoint = "memfd_create",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    public static partial int MemFdCreate(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    public static partial int Truncate(int descriptor, long length);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    public static partial long Seek(int descriptor, long offset, int origin);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static partial void* Map(
        void* address,
        nuint length,
        int protection,
        int flags,
        int descriptor,
        long offset
    );

    [LibraryImport("libc", EntryPoint = "munmap")]
    public static partial int Unmap(void* address, nuint length);

    [LibraryImport("libc", EntryPoint = "prctl")]
    public static partial int ProcessControl(int option, nuint argument, nuint zero1, nuint zero2, nuint zero3);

    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int ParentProcessId();

    [LibraryImport("libc", EntryPoint = "setsid")]
    public static partial int NewSession();

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    public static partial int SetLimit(int resource, ulong* softAndHard);
}
