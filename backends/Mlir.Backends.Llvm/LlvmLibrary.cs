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
    private const string CannotLoad = "cannot be loaded as a shared library";

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
                var found = Find(Environment.GetEnvironmentVariable(PathVariable), Candidates(), out failure);
                if (found is not null)
                {
                    Use(found);
                }
            }

            return loaded is null ? failure : null;
        }
    }

    /// <summary>Loads the named library, or else the first candidate that will do.</summary>
    /// <param name="path">A path that overrides the search, or null.</param>
    /// <param name="candidates">The names to try otherwise.</param>
    /// <param name="reason">Why there is none, and what to install.</param>
    internal static Loaded? Find(string? path, IEnumerable<string> candidates, out string? reason)
    {
        string? why;
        if (!string.IsNullOrEmpty(path))
        {
            var named = Open(path, out why);
            reason = named is null ? $"{PathVariable} is '{path}', which {why}. {Advice()}" : null;
            return named;
        }

        var rejected = "";
        foreach (var name in candidates)
        {
            if (Open(name, out why) is { } found)
            {
                reason = null;
                return found;
            }

            if (rejected.Length == 0 && why != CannotLoad)
            {
                rejected = $" ('{name}' {why})";
            }
        }

        reason = $"No LLVM library of version {OldestMajor} to {NewestMajor} was found{rejected}. {Advice()}";
        return null;
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

    /// <summary>Loads the library if its version will do; otherwise says why not.</summary>
    private static unsafe Loaded? Open(string path, out string? why)
    {
        if (!NativeLibrary.TryLoad(path, out var handle))
        {
            why = CannotLoad;
            return null;
        }

        if (!NativeLibrary.TryGetExport(handle, "LLVMGetVersion", out var address))
        {
            NativeLibrary.Free(handle);
            why = "is not an LLVM library of version 16 or later";
            return null;
        }

        uint major,
            minor,
            patch;
        ((delegate* unmanaged<uint*, uint*, uint*, void>)address)(&major, &minor, &patch);
        if (major is < OldestMajor or > NewestMajor)
        {
            NativeLibrary.Free(handle);
            why = $"is version {major}.{minor}.{patch}";
            return null;
        }

        why = null;
        return new Loaded(handle, path, new Version((int)major, (int)minor, (int)patch));
    }

    private static unsafe void Use(Loaded library)
    {
        NativeLibrary.SetDllImportResolver(
            Assembly.GetExecutingAssembly(),
            (name, _, _) => name == LLVM.Library ? library.Handle : 0
        );
        loaded = library;
        LLVM.LLVMInstallFatalErrorHandler(&OnFatalError);
    }

    private static string Advice() =>
        OperatingSystem.IsMacOS() ? "Install it with: brew install llvm@22"
        : OperatingSystem.IsWindows()
            ? "Install LLVM 22 from https://github.com/llvm/llvm-project/releases, or choose the interpreter."
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
