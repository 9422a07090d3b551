using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Mlir.IR;

namespace Mlir.Backends.Llvm.Gpu;

/// <summary>
/// LLVM IR → SPIR-V. LLVM's writer keeps the numbers of labels from one module to the next, so that later ones in a process may number two things
/// alike (llvm-project#160613). Such a module is written once more by LLVM's program <c>llc</c>, whose process ends with it.
/// </summary>
/// <remarks>
/// Code generation runs without its own optimisations: loop strength reduction writes remainders by powers of two as truncations to that many bits, which
/// the writer widens to eight bits with a mask of eight bits. The driver that compiles the module for its device does such things again.
/// </remarks>
internal static class SpirvWriter
{
    private const int HeaderWords = 5;
    private const ushort Label = 248;

    // What the writer keeps, it keeps for all threads.
    private static readonly Lock Gate = new();

    /// <summary>The module as text.</summary>
    public static string ToText(Operation kernels, LlvmOptions options)
    {
        lock (Gate)
        {
            return LlvmJit.EmitAssembly(kernels, options);
        }
    }

    /// <summary>The module as words.</summary>
    /// <exception cref="LlvmException">It must be written by <c>llc</c>, which is not installed or fails.</exception>
    public static byte[] Write(Operation kernels, LlvmOptions options)
    {
        byte[] module;
        lock (Gate)
        {
            module = LlvmJit.EmitObject(kernels, options);
        }

        return HasOwnLabels(MemoryMarshal.Cast<byte, uint>(module))
            ? module
            : RunLlc(LlvmJit.EmitLlvmIr(kernels, options), options.Target!.Triple);
    }

    /// <summary>Whether no label has the number of something else.</summary>
    internal static bool HasOwnLabels(ReadOnlySpan<uint> words)
    {
        var seen = new HashSet<uint>();
        for (var i = HeaderWords; i < words.Length; )
        {
            var (opcode, length) = ((ushort)words[i], (int)(words[i] >> 16));
            var place = ResultPlace(opcode);
            if (place > 0 && place < length && !seen.Add(words[i + place]))
            {
                return false;
            }

            i += Math.Max(1, length);
        }

        return true;
    }

    /// <summary>The word of an instruction that names its result; 0 where it has none.</summary>
    private static int ResultPlace(ushort opcode) =>
        opcode switch
        {
            7 or 11 or (>= 19 and <= 38) or 73 or Label => 1, // names of imports, types
            <= 17 or 39 or 56 or (>= 62 and <= 64) or (>= 71 and <= 75) => 0, // modes, decorations, stores
            224 or 225 or 228 or 246 or 247 or (>= 249 and <= 257) or 317 or 319 or (>= 330 and <= 332) => 0, // barriers, branches
            _ => 2,
        };

    private static byte[] RunLlc(string ir, string triple)
    {
        var version = LlvmLibrary.Version.Major;
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo($"llc-{version}", [$"-mtriple={triple}", "-O0", "-filetype=obj", "-o", "-", "-"])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            using var module = new MemoryStream();
            var output = process.StandardOutput.BaseStream.CopyToAsync(module);
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(ir);
            process.StandardInput.Close();
            Task.WaitAll(output, errors);
            process.WaitForExit();
            return process.ExitCode == 0
                ? module.ToArray()
                : throw new LlvmException($"llc-{version} ended with {process.ExitCode}: {errors.Result.Trim()}");
        }
        catch (Win32Exception missing)
        {
            throw new LlvmException(
                $"LLVM {version} numbers the parts of a process's later SPIR-V modules wrongly, and its program that could write this one cannot be started: {missing.Message} (Debian: apt-get install llvm-{version})"
            );
        }
    }
}
