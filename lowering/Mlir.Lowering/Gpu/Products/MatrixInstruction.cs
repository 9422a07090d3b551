using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>What tensor cores multiply at once: rows and depth of the left factor; the right one has eight columns.</summary>
/// <param name="Factor">The elements of the factors.</param>
/// <param name="Sum">The elements of the sums.</param>
/// <param name="Rows">The rows of the left factor.</param>
/// <param name="Depth">The products of each sum.</param>
internal sealed record MatrixInstruction(FloatType Factor, FloatType Sum, int Rows, int Depth)
{
    /// <summary>The columns of the right factor.</summary>
    public const int Columns = 8;

    /// <summary>The elements of a factor in a register.</summary>
    public int PerRegister => Factor.Width == 16 ? 2 : 1;

    /// <summary>Whether single precision is cut to ten bits of fraction.</summary>
    public bool IsCut => Factor == FloatType.F32;

    /// <summary>The instruction for a product, or null where there is none.</summary>
    /// <param name="product">The product.</param>
    /// <param name="allowTf32">Whether the factors' single precision may be cut.</param>
    public static MatrixInstruction? For(MatrixProduct product, bool allowTf32)
    {
        if (product.Left.Element is not FloatType factor || product.Right.Element != factor)
        {
            return null;
        }

        return (factor.Name, (product.Element as FloatType)?.Name) switch
        {
            ("f16" or "bf16", "f32") => new(factor, FloatType.F32, 16, 16),
            ("f16", "f16") or ("bf16", "bf16") => new(factor, FloatType.F32, 16, 16),
            ("f64", "f64") => new(factor, FloatType.F64, 8, 4),
            ("f32", "f32") when allowTf32 => new(factor, FloatType.F32, 16, 8),
            _ => null,
        };
    }
}
