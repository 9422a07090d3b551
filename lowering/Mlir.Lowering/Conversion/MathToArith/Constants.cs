namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>Constants to more than one number's precision, computed with 80 digits.</summary>
internal static class Constants
{
    /// <summary>ln 2.</summary>
    public static readonly SplitConstant Ln2 = new(
        [0.6931471805599453, 2.3190468138462996e-17],
        [0.6931471824645996, -1.9046542121259336e-09]
    );

    /// <summary>1 / ln 2.</summary>
    public static readonly SplitConstant Log2E = new(
        [1.4426950408889634, 2.0355273740931033e-17],
        [1.4426950216293335, 1.925963033500011e-08]
    );

    /// <summary>1 / ln 10.</summary>
    public static readonly SplitConstant Log10E = new(
        [0.4342944819032518, 1.098319650216765e-17],
        [0.4342944920063019, -1.0103049952192578e-08]
    );

    /// <summary>log₁₀ 2.</summary>
    public static readonly SplitConstant Log10Of2 = new(
        [0.3010299956639812, -2.8037281277851704e-18],
        [0.3010300099849701, -1.432098883924482e-08]
    );

    /// <summary>2 / ln 2.</summary>
    public static readonly SplitConstant TwoLog2E = new(
        [2.8853900817779268, 4.0710547481862066e-17],
        [2.885390043258667, 3.851926067000022e-08]
    );

    /// <summary>2 / (3 ln 2).</summary>
    public static readonly SplitConstant TwoThirdsLog2E = new(
        [0.9617966939259756, 5.0577616648125907e-17],
        [0.9617967009544373, -7.028461812552678e-09]
    );

    /// <summary>π / 2.</summary>
    public static readonly SplitConstant HalfPi = new(
        [1.5707963267948966, 6.123233995736766e-17, -1.4973849048591698e-33],
        [1.5707963705062866, -4.371138828673793e-08, -1.7151245100058819e-15]
    );

    /// <summary>π.</summary>
    public static readonly SplitConstant Pi = new(
        [3.141592653589793, 1.2246467991473532e-16],
        [3.1415927410125732, -8.742277657347586e-08]
    );

    /// <summary>2 / π.</summary>
    public const double TwoOverPi = 0.6366197723675814;

    /// <summary>The first 1,280 bits of 2/π after the binary point.</summary>
    public static readonly ulong[] TwoOverPiBits =
    [
        0xA2F9836E4E441529,
        0xFC2757D1F534DDC0,
        0xDB6295993C439041,
        0xFE5163ABDEBBC561,
        0xB7246E3A424DD2E0,
        0x06492EEA09D1921C,
        0xFE1DEB1CB129A73E,
        0xE88235F52EBB4484,
        0xE99C7026B45F7E41,
        0x3991D639835339F4,
        0x9C845F8BBDF9283B,
        0x1FF897FFDE05980F,
        0xEF2F118B5A0A6D1F,
        0x6D367ECF27CB09B7,
        0x4F463F669E5FEA2D,
        0x7527BAC7EBE5F17B,
        0x3D0739F78A5292EA,
        0x6BFB5FB11F8D5D08,
        0x56033046FC7B6BAB,
        0xF0CFBC209AF4361D,
    ];
}
