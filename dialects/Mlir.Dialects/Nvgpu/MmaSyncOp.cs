namespace Mlir.Dialects.Nvgpu;

/// <summary>A product of small matrices and its sum with a third one, spread over the warp: a row of each vector is a register.</summary>
/// <example><code>%d = nvgpu.mma.sync(%a, %b, %c) {mmaShape = [16, 8, 16]} : (vector&lt;4x2xf16>, vector&lt;2x2xf16>, vector&lt;2x2xf32>) -> vector&lt;2x2xf32></code></example>
[Op(
    "nvgpu.mma.sync",
    Format = "`(` $matrixA `,` $matrixB `,` $matrixC `)` attr-dict `:` `(` type($matrixA) `,` type($matrixB) `,` type($matrixC) `)` `->` type($res)"
)]
public sealed partial class MmaSyncOp : Operation, IPure
{
    /// <summary>This lane's part of the left factor.</summary>
    [Operand<AnyVector>]
    public partial Value MatrixA { get; }

    /// <summary>This lane's part of the right factor.</summary>
    [Operand<AnyVector>]
    public partial Value MatrixB { get; }

    /// <summary>This lane's part of the addend.</summary>
    [Operand<AnyVector>]
    public partial Value MatrixC { get; }

    /// <summary>Rows, columns and depth.</summary>
    [Attr]
    public partial ArrayAttr MmaShape { get; }

    /// <summary>Whether single precision is cut to ten bits of fraction.</summary>
    [Attr]
    public partial bool Tf32Enabled { get; }

    /// <summary>This lane's part of the result.</summary>
    [Result<AnyVector>]
    public partial OpResult Res { get; }

    /// <summary>Rows, columns and depth.</summary>
    public (int M, int N, int K) Shape => (Size(0), Size(1), Size(2));

    private int Size(int dim) => (int)((IntegerAttr)MmaShape.Items[dim]).Int64;

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (MmaShape.Items.Count != 3 || MmaShape.Items.Any(s => s is not IntegerAttr))
        {
            verifier.Error(this, "expects three sizes: rows, columns and depth");
            return;
        }

        var (m, n, k) = Shape;
        var (a, b, c) = ((VectorType)MatrixA.Type, (VectorType)MatrixB.Type, (VectorType)MatrixC.Type);
        var isKnown = (a.ElementType as FloatType)?.Name switch
        {
            "f16" or "bf16" => (m, n, k) is (16, 8, 8 or 16),
            "f32" => Tf32Enabled && (m, n, k) is (16, 8, 4 or 8),
            "f64" => (m, n, k) is (8, 8, 4),
            _ => false,
        };
        if (!isKnown)
        {
            verifier.Error(this, $"has no product of the shape {m}x{n}x{k} for {a.ElementType}");
        }
        else if (b.ElementType != a.ElementType || a.ElementCount != m * k / 32 || b.ElementCount != n * k / 32)
        {
            verifier.Error(this, $"expects {m * k / 32} and {n * k / 32} elements of the factors, of one type");
        }
        else if (c.ElementCount != m * n / 32 || Res.Type != c)
        {
            verifier.Error(this, $"expects {m * n / 32} elements of the addend and of the result, of one type");
        }
    }
}
