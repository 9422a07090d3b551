using Google.Protobuf.Collections;
using Mlir.Remote.Protocol;

namespace Mlir.Remote.Overloads;

/// <summary>How types relate to each other in C#, and how C# writes them.</summary>
internal static class DataTypes
{
    /// <summary>In a parameter's type within the client: an array of whatever rank, a <c>Tensor&lt;T&gt;</c>. Never on the wire.</summary>
    public const uint AnyRank = uint.MaxValue;

    /// <summary>A scalar's type.</summary>
    public static DataType Scalar(ScalarKind kind) => new() { Scalar = kind };

    /// <summary>An array's type.</summary>
    public static DataType Array(ScalarKind element, uint rank) =>
        new()
        {
            Array = new ArrayType { Element = element, Rank = rank },
        };

    /// <summary>The type of text.</summary>
    public static DataType Text { get; } = new() { Text = new TextType() };

    /// <summary>Whether a value of type <paramref name="from"/> is one of type <paramref name="to"/>, unconverted.</summary>
    public static bool IsIdentity(DataType from, DataType to)
    {
        if (from.KindCase != to.KindCase)
        {
            return false;
        }

        return from.KindCase switch
        {
            DataType.KindOneofCase.Scalar => from.Scalar == to.Scalar,
            DataType.KindOneofCase.Array => from.Array.Element == to.Array.Element && from.Array.Rank == to.Array.Rank,
            DataType.KindOneofCase.Text => true,
            DataType.KindOneofCase.Struct => MayBeSame(from.Struct, to.Struct)
                && All(from.Struct, to.Struct, IsIdentity),
            _ => false,
        };
    }

    /// <summary>Whether C# converts a value of type <paramref name="from"/> to <paramref name="to"/> without a cast; identity included.</summary>
    public static bool IsImplicit(DataType from, DataType to)
    {
        if (from.KindCase != to.KindCase)
        {
            return false;
        }

        return from.KindCase switch
        {
            DataType.KindOneofCase.Scalar => from.Scalar == to.Scalar
                || NumericConversions.IsImplicit(from.Scalar, to.Scalar),
            DataType.KindOneofCase.Array => from.Array.Element == to.Array.Element
                && (from.Array.Rank == to.Array.Rank || to.Array.Rank == AnyRank),
            DataType.KindOneofCase.Text => true,

            // Tuples convert element by element, structs not at all.
            DataType.KindOneofCase.Struct => MayBeSame(from.Struct, to.Struct)
                && All(from.Struct, to.Struct, to.Struct.Name.Length == 0 ? IsImplicit : IsIdentity),
            _ => false,
        };
    }

    /// <summary>Whether C# prefers the conversion of <paramref name="from"/> to <paramref name="type"/> over that to <paramref name="other"/>.</summary>
    public static bool IsBetter(DataType from, DataType type, DataType other)
    {
        var exact = IsIdentity(from, type);
        return exact != IsIdentity(from, other) ? exact
            : IsIdentity(type, other) ? false
            : IsBetterTarget(type, other);
    }

    /// <summary>The type as C# writes it.</summary>
    public static string CSharpText(DataType type) =>
        type.KindCase switch
        {
            DataType.KindOneofCase.Scalar => type.Scalar.CSharpName,
            DataType.KindOneofCase.Array => type.Array.Rank switch
            {
                0 or AnyRank => $"Tensor<{type.Array.Element.CSharpName}>",
                var rank and <= ArrayShape.MaxRank =>
                    $"{type.Array.Element.CSharpName}[{new string(',', (int)rank - 1)}]",
                var rank => $"Tensor<{type.Array.Element.CSharpName}> of {rank} dimensions",
            },
            DataType.KindOneofCase.Text => "string",
            DataType.KindOneofCase.Struct when type.Struct.Name.Length > 0 => type.Struct.Name,
            DataType.KindOneofCase.Struct =>
                $"({string.Join(", ", type.Struct.Fields.Select(field => CSharpText(field.Type)))})",
            _ => "?",
        };

    /// <summary>The signature as C# writes it, for example <c>add(double x, double y = 1) → double</c>.</summary>
    public static string CSharpText(string name, Signature signature) =>
        $"{name}({string.Join(", ", signature.Parameters.Select(CSharpText))}) → {CSharpText(signature.Result)}";

    private static string CSharpText(Parameter parameter) =>
        parameter.DefaultValue is null
            ? $"{CSharpText(parameter.Type)} {parameter.Name}"
            : $"{CSharpText(parameter.Type)} {parameter.Name} = {Values.CSharpText(parameter.DefaultValue)}";

    private static bool IsBetterTarget(DataType type, DataType other)
    {
        var forth = IsImplicit(type, other);
        var back = IsImplicit(other, type);
        return forth != back
            ? forth
            : type.KindCase == DataType.KindOneofCase.Scalar
                && other.KindCase == DataType.KindOneofCase.Scalar
                && NumericConversions.IsSignedOver(type.Scalar, other.Scalar);
    }

    // A value on the wire does not say of which struct it is: then its fields decide.
    private static bool MayBeSame(StructType from, StructType to) =>
        from.Name == to.Name || (from.Name.Length == 0 && from.Fields.All(field => field.Name.Length == 0));

    private static bool All(StructType from, StructType to, Func<DataType, DataType, bool> relation)
    {
        RepeatedField<Field> a = from.Fields,
            b = to.Fields;
        if (a.Count != b.Count)
        {
            return false;
        }

        for (var i = 0; i < a.Count; i++)
        {
            if (!relation(a[i].Type, b[i].Type))
            {
                return false;
            }
        }

        return true;
    }
}
