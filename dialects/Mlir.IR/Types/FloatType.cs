using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>A binary floating-point type: <c>f16</c>, <c>bf16</c>, <c>f32</c>, <c>f64</c> and the other formats that MLIR names.</summary>
public sealed record FloatType : IrType
{
    private static readonly Dictionary<string, FloatType> ByName = new FloatType[]
    {
        new("f4E2M1FN", 4, 2),
        new("f6E2M3FN", 6, 4),
        new("f6E3M2FN", 6, 3),
        new("f8E5M2", 8, 3),
        new("f8E4M3", 8, 4),
        new("f8E4M3FN", 8, 4),
        new("f8E5M2FNUZ", 8, 3),
        new("f8E4M3FNUZ", 8, 4),
        new("f8E4M3B11FNUZ", 8, 4),
        new("f8E3M4", 8, 5),
        new("f8E8M0FNU", 8, 1),
        new("bf16", 16, 8),
        new("f16", 16, 11),
        new("tf32", 19, 11),
        new("f32", 32, 24),
        new("f64", 64, 53),
        new("f80", 80, 64),
        new("f128", 128, 113),
    }.ToDictionary(t => t.Name);

    private FloatType(string name, int width, int precision) => (Name, Width, Precision) = (name, width, precision);

    /// <summary>MLIR's keyword of the type.</summary>
    public string Name { get; }

    /// <summary>The number of bits of the format.</summary>
    public int Width { get; }

    /// <summary>The number of significand bits, the implicit one included.</summary>
    public int Precision { get; }

    /// <summary>IEEE binary16, .NET's <see cref="Half"/>.</summary>
    public static FloatType F16 { get; } = ByName["f16"];

    /// <summary>The upper half of binary32.</summary>
    public static FloatType BF16 { get; } = ByName["bf16"];

    /// <summary>IEEE binary32, .NET's <see cref="float"/>.</summary>
    public static FloatType F32 { get; } = ByName["f32"];

    /// <summary>IEEE binary64, .NET's <see cref="double"/>.</summary>
    public static FloatType F64 { get; } = ByName["f64"];

    /// <summary>The float type with MLIR's keyword <paramref name="name"/>, or null.</summary>
    public static FloatType? TryGet(string name) => ByName.GetValueOrDefault(name);

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => printer.Write(Name);
}
