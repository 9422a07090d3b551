using System.Collections.Immutable;
using Mlir.Runtime;

namespace Mlir.Remote.Worker.Ipc;

/// <summary>A compiled unit as it is kept by the server and shipped to workers.</summary>
/// <param name="Target">The backend that compiled it.</param>
/// <param name="Functions">What can be called.</param>
/// <param name="Errors">How it can fail, in the order of the status codes.</param>
/// <param name="Code">An object file, or the module's text for the interpreter.</param>
internal sealed record UnitContents(
    string Target,
    ImmutableArray<UnitFunction> Functions,
    ImmutableArray<KernelError> Errors,
    ReadOnlyMemory<byte> Code
)
{
    // The least that one takes in a message.
    private const int LeastFunction = 12;
    private const int LeastValue = 5;
    private const int LeastError = 12;

    private const int MaxRank = 64;

    /// <summary>Writes the unit.</summary>
    public void Write(MessageWriter writer)
    {
        writer.WriteText(Target);
        writer.Write(Functions.Length);
        foreach (var function in Functions)
        {
            writer.WriteText(function.Name);
            Write(writer, function.Parameters);
            Write(writer, function.Results);
        }

        writer.Write(Errors.Length);
        foreach (var error in Errors)
        {
            WriteError(writer, error);
        }

        writer.WriteBytes(Code.Span);
    }

    /// <summary>Reads a unit.</summary>
    /// <exception cref="InvalidDataException">The message is none.</exception>
    public static UnitContents Read(ref MessageReader reader)
    {
        var target = reader.ReadText();
        var functions = new UnitFunction[reader.ReadCount(LeastFunction)];
        for (var i = 0; i < functions.Length; i++)
        {
            functions[i] = new UnitFunction(reader.ReadText(), ReadValues(ref reader), ReadValues(ref reader));
        }

        var errors = new KernelError[reader.ReadCount(LeastError)];
        for (var i = 0; i < errors.Length; i++)
        {
            errors[i] = ReadError(ref reader);
        }

        return new UnitContents(target, [.. functions], [.. errors], reader.ReadBytes().ToArray());
    }

    /// <summary>Writes an error of a kernel.</summary>
    public static void WriteError(MessageWriter writer, KernelError error)
    {
        writer.WriteText(error.TypeName);
        writer.WriteText(error.Message);
        writer.WriteText(error.Location);
    }

    /// <summary>Reads an error of a kernel.</summary>
    public static KernelError ReadError(ref MessageReader reader) =>
        new(reader.ReadText(), reader.ReadText(), reader.ReadText());

    private static void Write(MessageWriter writer, ImmutableArray<UnitValue> values)
    {
        writer.Write(values.Length);
        foreach (var value in values)
        {
            writer.Write((byte)value.Element);
            writer.Write(value.Shape?.Length ?? -1);
            foreach (var size in value.Shape ?? [])
            {
                writer.Write(size);
            }
        }
    }

    private static ImmutableArray<UnitValue> ReadValues(ref MessageReader reader)
    {
        var values = new UnitValue[reader.ReadCount(LeastValue)];
        for (var i = 0; i < values.Length; i++)
        {
            var element = (ElementType)reader.Read<byte>();
            var rank = reader.Read<int>();
            if (!Enum.IsDefined(element) || rank is < -1 or > MaxRank)
            {
                throw new InvalidDataException("A value of a unit has no type.");
            }

            long[]? shape = rank < 0 ? null : new long[rank];
            for (var d = 0; d < rank; d++)
            {
                shape![d] = reader.Read<long>();
            }

            values[i] = new UnitValue(element, shape is null ? null : [.. shape]);
        }

        return [.. values];
    }
}
