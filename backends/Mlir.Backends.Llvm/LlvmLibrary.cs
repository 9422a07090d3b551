using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;
using Mlir.Backends.Llvm.Interop;

namespace Mlir.Backends.Llvm;

/// <summary>
/// Finds and loads the LLVM shared library. The environment variable <c>MLIR_LLVM_LIBRARY</c> names one by path; otherwise
/// versions 22 down to 18 are tried under the names that distributions use. The choice is made once in a process.
/// </summary>
public static class LlvmLibrary
{
    /// <summary>The environment variable that names the library to load, as a path.</summary>
    public const string PathVariable = "MLIR_LLVM_LIBRARY";

    private const int OldestMajor = 18;
    private const int NewestMajor = 22;

    private static readonly Lock Gate = new();
    private static volatile Loaded? loaded;
    private static string? failure;

    /// <summary>The version of the library in use, for example 22.1.8.</summary>
    /// <exception cref="LlvmUnavailableException">No usable library is installed.</exception>
    public static Version Version => Require().Version;

    /// <summary>The name or path under which the library was found.</summary>
    /// <exception cref="LlvmUnavailableException">No usable library is installed.</exception>
    public static string Path => Require().Path;

    /// <summary>Says whether LLVM can be used.</summary>
    /// <param name="reason">Why not, and what to install; null when it can.</param>
    /// <returns>True when a library of a supported version is loaded.</returns>
    public static bool IsAvailable([NotNullWhen(false)] out string? reason)
    {
        reason = TryLoad();
        return reason is null;
    }

    /// <summary>Loads the library on the first call.</summary>
    /// <exception cref="LlvmUnavailableException">No usable library is installed.</exception>
    internal static Loaded Require() =>
        loaded ?? (TryLoad() is { } reason ? throw new LlvmUnavailableException(reason) : loaded!);

    private static string? TryLoad()
    {
        if (loaded is not null)
        {
            return null;
        }

        lock (Gate)
        {
            if (loaded is null && failure is null)
            {
                failure = Load(Environment.GetEnvironmentVariable(PathVariable));
            }

            return loaded is null ? failure : null;
        }
    }

    private static string? Load(string? path)
    {
        if (!string.IsNullOrEmpty(path))
        {
            if (!NativeLibrary.TryLoad(path, out var handle))
            {
                return $"{PathVariable} is '{path}', which cannot be loaded as a shared library. {Advice()}";
            }

            return Accept(path, handle) is { } why ? $"{PathVariable} is '{path}', which {why}. {Advice()}" : null;
        }

        string? rejected = null;
        foreach (var name in Candidates())
        {
            if (NativeLibrary.TryLoad(name, out var handle))
            {
                if (Accept(name, handle) is not { } why)
                {
                    return null;
                }

                rejected ??= $" ('{name}' {why})";
            }
        }

        return $"No LLVM library of version {OldestMajor} to {NewestMajor} was found{rejected}. {Advice()}";
    }

    /// <summary>The names to try, best first: what the dynamic loader knows, then where distributions put it.</summary>
    internal static IEnumerable<string> Candidates()
    {
        for (var major = NewestMajor; major >= OldestMajor; major--)
        {
            if (OperatingSystem.IsWindows())
            {
                yield return $@"{Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles)}\LLVM\bin\LLVM-C.dll";
                yield return $"LLVM-{major}.dll";
            }
            else if (OperatingSystem.IsMacOS())
            {
                yield return $"/opt/homebrew/opt/llvm@{major}/lib/libLLVM.dylib";
                yield return $"/usr/local/opt/llvm@{major}/lib/libLLVM.dylib";
            }
            else
            {
                yield return $"libLLVM.so.{major}.1";
                yield return $"libLLVM-{major}.so";
                yield return $"libLLVM-{major}.so.1";
                yield return $"/usr/lib/llvm-{major}/lib/libLLVM.so";
                yield return $"/usr/lib/llvm-{major}/lib/libLLVM.so.1";
                yield return $"/usr/lib/llvm{major}/lib/libLLVM.so";
                yield return $"/usr/lib64/llvm{major}/lib64/libLLVM.so";
            }
        }
    }

    /// <summary>Takes the library if its version will do; otherwise frees it and says why not.</summary>
    private static unsafe string? Accept(string path, nint handle)
    {
        if (!NativeLibrary.TryGetExport(handle, "LLVMGetVersion", out var address))
        {
            NativeLibrary.Free(handle);
            return "is not an LLVM library of version 16 or later";
        }

        uint major, minor, patch;
        ((delegate* unmanaged<uint*, uint*, uint*, void>)address)(&major, &minor, &patch);
        if (major is < OldestMajor or > NewestMajor)
        {
            NativeLibrary.Free(handle);
            return $"is version {major}.{minor}.{patch}";
        }

        NativeLibrary.SetDllImportResolver(
            Assembly.GetExecutingAssembly(),
            (name, _, _) => name == LLVM.Library ? handle : 0
        );
        loaded = new Loaded(handle, path, new Version((int)major, (int)minor, (int)patch));
        LLVM.LLVMInstallFatalErrorHandler(&OnFatalError);
        return null;
    }

    private static string Advice() =>
        OperatingSystem.IsMacOS() ? "Install it with: brew install llvm@22"
        : OperatingSystem.IsWindows() ? "Install LLVM 22 from https://github.com/llvm/llvm-project/releases, or choose the interpreter."
        : $"Install it with: apt-get install libllvm22 (or libllvm19), or set {PathVariable} to the path of libLLVM.so; the interpreter needs none.";

    /// <summary>LLVM is about to end the process: say so with a stack trace that shows who called it.</summary>
    [UnmanagedCallersOnly]
    private static unsafe void OnFatalError(byte* reason) =>
        Environment.FailFast($"LLVM aborted: {Marshal.PtrToStringUTF8((nint)reason)}");

    /// <summary>The library in use.</summary>
    internal sealed record Loaded(nint Handle, string Path, Version Version)
    {
        /// <summary>Calls a function without arguments, if the library was built with it.</summary>
        public unsafe bool TryInvoke(string function)
        {
            if (!NativeLibrary.TryGetExport(Handle, function, out var address))
            {
                return false;
            }

            ((delegate* unmanaged<void>)address)();
            return true;
        }
    }
}
