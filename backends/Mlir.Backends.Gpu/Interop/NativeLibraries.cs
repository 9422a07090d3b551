using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Mlir.Backends.Gpu.Interop;

/// <summary>The shared libraries of drivers, loaded on first use and never unloaded. Nothing here throws.</summary>
internal static partial class NativeLibraries
{
    /// <summary>The name under which <see cref="CudaApi"/> imports NVIDIA's driver.</summary>
    public const string Cuda = "cuda";

    /// <summary>The name under which <see cref="OpenClApi"/> imports the loader of OpenCL drivers.</summary>
    public const string OpenCl = "OpenCL";

    private static readonly Lazy<nint> CudaHandle = new(static () => Load(CudaNames()));
    private static readonly Lazy<nint> OpenClHandle = new(LoadOpenCl);

    static NativeLibraries() =>
        NativeLibrary.SetDllImportResolver(
            Assembly.GetExecutingAssembly(),
            static (name, _, _) =>
                name switch
                {
                    Cuda => CudaHandle.Value,
                    OpenCl => OpenClHandle.Value,
                    _ => 0,
                }
        );

    /// <summary>Whether the library is there; true says that calls into it are resolved.</summary>
    /// <param name="name"><see cref="Cuda"/> or <see cref="OpenCl"/>.</param>
    public static bool Has(string name) => (name == Cuda ? CudaHandle : OpenClHandle).Value != 0;

    /// <summary>Whether the library has a function.</summary>
    /// <param name="name"><see cref="Cuda"/> or <see cref="OpenCl"/>.</param>
    /// <param name="function">The function's exported name.</param>
    public static bool Has(string name, string function) =>
        Has(name) && NativeLibrary.TryGetExport((name == Cuda ? CudaHandle : OpenClHandle).Value, function, out _);

    /// <summary>
    /// PoCL takes over the signals of division by zero and of debuggers, from which .NET makes its exceptions: with PoCL's handler every integer
    /// division of the process by zero would give some number. Its settings are read from the native environment, which .NET does not write.
    /// </summary>
    private static nint LoadOpenCl()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            _ = SetEnv("POCL_SIGFPE_HANDLER", "0", 1);
            _ = SetEnv("POCL_SIGUSR2_HANDLER", "0", 1);
        }

        return Load(OpenClNames());
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);

    private static nint Load(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }

    private static IEnumerable<string> CudaNames() =>
        OperatingSystem.IsWindows() ? ["nvcuda.dll"]
        : OperatingSystem.IsMacOS() ? []
        : ["libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1"];

    private static IEnumerable<string> OpenClNames() =>
        OperatingSystem.IsWindows() ? ["OpenCL.dll"]
        : OperatingSystem.IsMacOS() ? ["/System/Library/Frameworks/OpenCL.framework/OpenCL"]
        : ["libOpenCL.so.1", "libOpenCL.so"];
}
