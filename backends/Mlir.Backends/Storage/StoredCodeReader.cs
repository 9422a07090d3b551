using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Mlir.Runtime;

namespace Mlir.Backends.Storage;

/// <summary>Reads what <see cref="StoredCodeWriter"/> wrote, and nothing else: a file that differs anywhere is refused as a whole.</summary>
internal ref struct StoredCodeReader
{
    private ReadOnlySpan<byte> rest;
    private bool failed;

    /// <summary>The code in <paramref name="file"/>; null when the file is damaged, of another layout or of another key.</summary>
    public static StoredCode? Read(CompilationKey key, ReadOnlyMemory<byte> file)
    {
        const int HeaderSize = StoredCodeWriter.HeaderSize;
        if (file.Length < HeaderSize)
        {
            return null;
        }

        var body = file[HeaderSize..];
        Span<byte> expected = stackalloc byte[HeaderSize];
        StoredCodeWriter.WriteHeader(expected, key, body.Span);
        return file.Span[..HeaderSize].SequenceEqual(expected)
            ? new StoredCodeReader { rest = body.Span }.ReadBody(body)
            : null;
    }

    private StoredCode? ReadBody(ReadOnlyMemory<byte> body)
    {
        var functions = ReadFunctions();
        var errors = ReadErrors();
        var symbols = ReadSymbols();
        var objectFiles = ReadObjectFiles(body);
        return failed || !rest.IsEmpty ? null : new StoredCode(functions, errors, symbols, objectFiles);
    }

    private ImmutableArray<ReadOnlyMemory<byte>> ReadObjectFiles(ReadOnlyMemory<byte> body)
    {
        var objectFiles = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        for (var left = ReadInt(); left > 0 && !failed; left--)
        {
            var length = ReadInt();
            if (failed || (uint)length > (uint)rest.Length)
            {
                failed = true;
                break;
            }

            objectFiles.Add(body.Slice(body.Length - rest.Length, length));
            rest = rest[length..];
        }

        return objectFiles.ToImmutable();
    }

    private ImmutableArray<FunctionInterface> ReadFunctions()
    {
        var functions = ImmutableArray.CreateBuilder<FunctionInterface>();
        for (var left = ReadInt(); left > 0 && !failed; left--)
        {
            functions.Add(new FunctionInterface(ReadText(), new KernelSignature(ReadParameters(), ReadParameters())));
        }

        return functions.ToImmutable();
    }

    private ImmutableArray<KernelParameter> ReadParameters()
    {
        var parameters = ImmutableArray.CreateBuilder<KernelParameter>();
        for (var left = ReadInt(); left > 0 && !failed; left--)
        {
            var (element, rank) = ((ElementType)ReadInt(), ReadInt());
            failed |= !Enum.IsDefined(element) || rank < -1;
            parameters.Add(new KernelParameter(element, rank < 0 ? null : rank));
        }

        return parameters.ToImmutable();
    }

    private ImmutableArray<KernelError> ReadErrors()
    {
        var errors = ImmutableArray.CreateBuilder<KernelError>();
        for (var left = ReadInt(); left > 0 && !failed; left--)
        {
            errors.Add(new KernelError(ReadText(), ReadText(), ReadText()));
        }

        return errors.ToImmutable();
    }

    private ImmutableArray<string> ReadSymbols()
    {
        var symbols = ImmutableArray.CreateBuilder<string>();
        for (var left = ReadInt(); left > 0 && !failed; left--)
        {
            symbols.Add(ReadText());
        }

        return symbols.ToImmutable();
    }

    private string ReadText()
    {
        var length = ReadInt();
        if (failed || (uint)length > (uint)rest.Length)
        {
            failed = true;
            return "";
        }

        var text = Encoding.UTF8.GetString(rest[..length]);
        rest = rest[length..];
        return text;
    }

    /// <summary>The next number, or -1 once something is wrong: every loop over a count ends then.</summary>
    private int ReadInt()
    {
        if (failed || rest.Length < 4)
        {
            failed = true;
            return -1;
        }

        var value = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[4..];
        return value;
    }
}
