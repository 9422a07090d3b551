using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;

namespace Mlir.Backends;

/// <summary>The identity of a compilation: the content of the module, the backend and its options.</summary>
/// <param name="Hash">The first 128 bits of a SHA-256.</param>
public readonly record struct CompilationKey(UInt128 Hash)
{
    private static readonly AsmPrinterOptions WithLocations = new() { PrintLocations = true };

    /// <summary>The key of a module for a backend. Modules with equal text, locations included, have equal keys.</summary>
    /// <param name="module">The module.</param>
    /// <param name="backend">The backend.</param>
    public static CompilationKey Of(ModuleOp module, Backend backend)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(backend);

        // Locations count: a kernel's errors name them.
        return Of(AsmPrinter.Print(module, WithLocations), backend.Name, backend.Options, backend.Pipeline.ToString());
    }

    /// <summary>The key of anything that text identifies.</summary>
    /// <param name="parts">The texts; their order and boundaries count.</param>
    public static CompilationKey Of(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return new CompilationKey(BinaryPrimitives.ReadUInt128BigEndian(digest));
    }

    /// <summary>The hash in hexadecimal.</summary>
    public override string ToString() => Hash.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
