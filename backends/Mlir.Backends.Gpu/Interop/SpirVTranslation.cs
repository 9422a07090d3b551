using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Mlir.Backends.Gpu.Interop;

/// <summary>
/// SPIR-V in the form that OpenCL drivers without <c>clCreateProgramWithIL</c> take: LLVM bitcode in the SPIR 1.2 dialect, made by the
/// program <c>llvm-spirv</c> of a version that writes it.
/// </summary>
internal static class SpirVTranslation
{
    /// <summary>The programs to try, by name.</summary>
    private static readonly string[] Translators = ["llvm-spirv-15", "llvm-spirv-14"];

    private const uint Magic = 0x07230203;
    private const int HeaderWords = 5;

    /// <summary>Translates a module.</summary>
    /// <param name="module">The module.</param>
    /// <param name="log">Why it cannot be translated; empty when it can.</param>
    public static byte[]? ToDriverBinary(ReadOnlySpan<byte> module, out string log)
    {
        var words = MemoryMarshal.Cast<byte, uint>(module);
        if (module.Length % sizeof(uint) != 0 || words.Length < HeaderWords || words[0] != Magic)
        {
            log = "the code is not a SPIR-V module";
            return null;
        }

        if (WithPlainZeros(words) is not { } plain)
        {
            log = "the SPIR-V module is cut off";
            return null;
        }

        foreach (var translator in Translators)
        {
            if (
                Run(translator, MemoryMarshal.AsBytes<uint>(SpirVCarries.Expand(plain)), out log) is
                { Started: true } outcome
            )
            {
                return outcome.Binary;
            }
        }

        log =
            $"there is no {string.Join(" and no ", Translators)} to translate it with (Debian: apt-get install llvm-spirv-15)";
        return null;
    }

    /// <summary>
    /// Writes zeros of numbers and truth values out: LLVM 22 writes them as <c>OpConstantNull</c>, on which translators of these versions abort.
    /// </summary>
    /// <returns>The module; null for one that ends within an instruction.</returns>
    internal static uint[]? WithPlainZeros(ReadOnlySpan<uint> words)
    {
        const uint TypeBool = 20,
            TypeInt = 21,
            TypeFloat = 22,
            ConstantFalse = 42,
            Constant = 43,
            ConstantNull = 46;
        var widths = new Dictionary<uint, uint>();
        var truth = 0u;
        var written = new List<uint>(words.Length + 64);
        written.AddRange(words[..HeaderWords]);
        for (var i = HeaderWords; i < words.Length; )
        {
            var length = (int)(words[i] >> 16);
            if (length == 0 || i + length > words.Length)
            {
                return null;
            }

            var instruction = words.Slice(i, length);
            var opcode = instruction[0] & 0xFFFF;
            if (opcode is TypeInt or TypeFloat && length > 2)
            {
                widths[instruction[1]] = instruction[2];
            }
            else if (opcode is TypeBool && length > 1)
            {
                truth = instruction[1];
            }

            if (opcode == ConstantNull && length == 3 && instruction[1] == truth)
            {
                written.AddRange([3 << 16 | ConstantFalse, instruction[1], instruction[2]]);
            }
            else if (opcode == ConstantNull && length == 3 && widths.TryGetValue(instruction[1], out var width))
            {
                var literals = width > 32 ? 2u : 1u;
                written.AddRange([(3 + literals) << 16 | Constant, instruction[1], instruction[2], 0]);
                if (literals == 2)
                {
                    written.Add(0);
                }
            }
            else
            {
                written.AddRange(instruction);
            }

            i += length;
        }

        return [.. written];
    }

    private static (bool Started, byte[]? Binary) Run(string translator, ReadOnlySpan<byte> module, out string log)
    {
        var folder = Directory.CreateTempSubdirectory("mlir-spirv-");
        try
        {
            var (input, output) = (Path.Combine(folder.FullName, "k.spv"), Path.Combine(folder.FullName, "k.bc"));
            File.WriteAllBytes(input, module);
            using var process = Process.Start(
                new ProcessStartInfo(translator, ["-r", input, "-o", output])
                {
                    RedirectStandardError = true,
                    RedirectStandardOutput = true,
                }
            )!;
            var errors = process.StandardError.ReadToEndAsync();
            _ = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            log = errors.GetAwaiter().GetResult().Trim();
            return process.ExitCode == 0 && File.Exists(output) ? (true, File.ReadAllBytes(output)) : (true, null);
        }
        catch (Win32Exception)
        {
            log = ""; // there is no such program
            return (false, null);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
