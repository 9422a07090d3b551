using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Mlir.Runtime;

namespace Mlir.Backends.Storage;

/// <summary>Writes <see cref="StoredCode"/> as <see cref="StoredCodeReader"/> reads it.</summary>
/// <remarks>
/// All numbers are little-endian. A header (<see cref="HeaderSize"/> bytes): eight letters, the layout's version, the key, the length of
/// what follows and its SHA-256. Then functions, errors and symbols, each list behind its length and each text behind its number of
/// bytes; then the object files in the same way.
/// </remarks>
internal static class StoredCodeWriter
{
    public const int Version = 2;

    public const int HeaderSize = 8 + 4 + 16 + 4 + 32;

    public static ReadOnlySpan<byte> Magic => "MLIRCODE"u8;

    public static byte[] Write(CompilationKey key, StoredCode code)
    {
        var body = new ArrayBufferWriter<byte>(code.ObjectFiles.Sum(static o => o.Length) + 1024);
        WriteCount(body, code.Functions.Length);
        foreach (var function in code.Functions)
        {
            WriteText(body, function.Name);
            WriteParameters(body, function.Signature.Parameters);
            WriteParameters(body, function.Signature.Results);
        }

        WriteCount(body, code.Errors.Length);
        foreach (var error in code.Errors)
        {
            WriteText(body, error.TypeName);
            WriteText(body, error.Message);
            WriteText(body, error.Location);
        }

        WriteCount(body, code.Symbols.Length);
        foreach (var symbol in code.Symbols)
        {
            WriteText(body, symbol);
        }

        WriteCount(body, code.ObjectFiles.Length);
        foreach (var objectFile in code.ObjectFiles)
        {
            WriteCount(body, objectFile.Length);
            body.Write(objectFile.Span);
        }

        var bytes = new byte[HeaderSize + body.WrittenCount];
        WriteHeader(bytes, key, body.WrittenSpan);
        body.WrittenSpan.CopyTo(bytes.AsSpan(HeaderSize));
        return bytes;
    }

    /// <summary>The header of a body, also what the reader compares with.</summary>
    public static void WriteHeader(Span<byte> header, CompilationKey key, ReadOnlySpan<byte> body)
    {
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteUInt128LittleEndian(header[12..], key.Hash);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], body.Length);
        SHA256.HashData(body, header[32..]);
    }

    private static void WriteParameters(ArrayBufferWriter<byte> body, ImmutableArray<KernelParameter> parameters)
    {
        WriteCount(body, parameters.Length);
        foreach (var parameter in parameters)
        {
            WriteCount(body, (int)parameter.ElementType);
            WriteCount(body, parameter.Rank ?? -1);
        }
    }

    private static void WriteText(ArrayBufferWriter<byte> body, string text)
    {
        WriteCount(body, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, body);
    }

    private static void WriteCount(ArrayBufferWriter<byte> body, int count)
    {
        BinaryPrimitives.WriteInt32LittleEndian(body.GetSpan(4), count);
        body.Advance(4);
    }
}
