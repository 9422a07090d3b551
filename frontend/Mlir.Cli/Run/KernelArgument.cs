using System.Globalization;
using System.Numerics;
using Mlir.Runtime;
using Mlir.Runtime.Npy;

namespace Mlir.Cli.Run;

/// <summary>Turns what stands after <c>--arg</c> into what a kernel takes: a number, or an array from a file.</summary>
/// <param name="Index">The parameter's position, for messages.</param>
/// <param name="Parameter">What the function declares.</param>
/// <param name="OnServer">Whether a server runs the function, which has files of its own.</param>
internal readonly record struct KernelArgument(int Index, KernelParameter Parameter, bool OnServer = false)
{
    /// <summary>Reads a scalar from its text, or an array from the <c>.npy</c> file that the text names; a file of the server is only named.</summary>
    /// <exception cref="UsageException">The text does not fit the parameter.</exception>
    /// <exception cref="NpyFormatException">The file is damaged.</exception>
    public object Read(string text)
    {
        if (!Parameter.IsScalar)
        {
            return !text.StartsWith(ServerFile.Prefix, StringComparison.Ordinal) ? ReadArray(text)
                : OnServer ? new ServerFile(text[ServerFile.Prefix.Length..], Parameter.ElementType)
                : throw new UsageException(
                    $"argument #{Index}: '{text}' lies on a server: add --target http://host:port"
                );
        }

        if (text.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) && File.Exists(text))
        {
            // An array without dimensions is a scalar in a file.
            var array = NpyFile.Read(text);
            return array.Shape.Length == 0 && Reinterpret(array) is { } single
                ? single.Data.GetValue(0)!
                : throw Mismatch($"'{text}' holds {array}");
        }

        return ParseScalar(text) ?? throw Mismatch($"got '{text}'");
    }

    private HostBuffer ReadArray(string path)
    {
        if (!File.Exists(path))
        {
            throw Mismatch($"there is no file '{path}'");
        }

        var array = NpyFile.Read(path);
        if (array.Shape.Length != Parameter.Rank)
        {
            throw Mismatch($"'{path}' holds {array}, of rank {array.Shape.Length}");
        }

        return Reinterpret(array)
            ?? throw Mismatch($"'{path}' holds {array}; in NumPy: x.astype(np.{NumPyName(Parameter.ElementType)})");
    }

    /// <summary>The array as the parameter's type: itself, or, for integers that differ in sign only, the same bits; else null.</summary>
    private HostBuffer? Reinterpret(HostBuffer array)
    {
        if (array.ElementType == Parameter.ElementType)
        {
            return array;
        }

        if (
            array.ElementType.Size != Parameter.ElementType.Size
            || !IsInteger(array.ElementType)
            || !IsInteger(Parameter.ElementType)
        )
        {
            return null;
        }

        var same = new HostBuffer(Parameter.ElementType.NewArray(array.Count), array.Shape.AsSpan());
        array.AsBytes().CopyTo(same.AsBytes());
        return same;
    }

    private object? ParseScalar(string text) =>
        Parameter.ElementType switch
        {
            ElementType.Bool => text switch
            {
                "true" or "1" => true,
                "false" or "0" => false,
                _ => null,
            },
            ElementType.Float16 => Float<Half>(text),
            ElementType.Float32 => Float<float>(text),
            ElementType.Float64 => Float<double>(text),
            _ => Integer(text),
        };

    private static object? Float<T>(string text)
        where T : struct, INumberBase<T> =>
        T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>An integer of the parameter's width; MLIR's integers have no sign, so both readings are accepted.</summary>
    private object? Integer(string text)
    {
        if (!Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return null;
        }

        var bits = Parameter.ElementType.Size * 8;
        return value >= -(Int128.One << (bits - 1)) && value < Int128.One << bits
            ? ElementTypes.FromSlot(Parameter.ElementType, unchecked((long)value))
            : null;
    }

    /// <summary>Whether the type is an integer of either sign.</summary>
    public static bool IsInteger(ElementType type) =>
        type is not (ElementType.Bool or ElementType.Float16 or ElementType.Float32 or ElementType.Float64);

    private static string NumPyName(ElementType type) =>
        type == ElementType.Bool ? "bool_" : type.ToString().ToLowerInvariant();

    private UsageException Mismatch(string got) => new($"argument #{Index} must be {Parameter}: {got}");
}
