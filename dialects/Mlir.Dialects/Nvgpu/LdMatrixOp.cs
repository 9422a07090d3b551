using Mlir.Dialects.Gpu;

namespace Mlir.Dialects.Nvgpu;

/// <summary>Loads one, two or four small matrices of eight rows of 16 bytes, spread over the warp as matrix products want them.</summary>
/// <example><code>%m = nvgpu.ldmatrix %s[%i] {numTiles = 4 : i32, transpose = false} : memref&lt;4096xf16, #gpu.address_space&lt;workgroup>> -> vector&lt;4x2xf16></code></example>
[Op("nvgpu.ldmatrix", Format = "$srcMemref `[` $indices `]` attr-dict `:` type($srcMemref) `->` type($res)")]
public sealed partial class LdMatrixOp : Operation, IMemoryEffects
{
    /// <summary>Memory that the block shares.</summary>
    [Operand<RankedMemRef>]
    public partial Value SrcMemref { get; }

    /// <summary>The subscripts of the first element of the row that this lane names.</summary>
    [Operand<Index>]
    public partial OperandList Indices { get; }

    /// <summary>Whether columns take the place of rows, which only elements of 16 bits can.</summary>
    [Attr(Type = "i1")]
    public partial bool Transpose { get; }

    /// <summary>How many matrices: 1, 2 or 4.</summary>
    [Attr(Type = "i32")]
    public partial int NumTiles { get; }

    /// <summary>This lane's elements, a row for each matrix.</summary>
    [Result<AnyVector>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read;

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var (source, result) = ((MemRefType)SrcMemref.Type, (VectorType)Res.Type);
        var bits = (source.ElementType as FloatType)?.Width ?? (source.ElementType as IntegerType)?.Width ?? 0;
        if (source.MemorySpace is not EnumAttr<AddressSpace> { Value: AddressSpace.Workgroup })
        {
            verifier.Error(
                this,
                "expected nvgpu.ldmatrix srcMemref must have a memory space attribute of the workgroup"
            );
        }
        else if (NumTiles is not (1 or 2 or 4))
        {
            verifier.Error(this, $"expected 1, 2 or 4 matrices, got {NumTiles}");
        }
        else if (bits is not (8 or 16 or 32) || (Transpose && bits != 16))
        {
            verifier.Error(this, "nvgpu.ldmatrix transpose works only at 16b granularity");
        }
        else if (Indices.Count != source.Rank)
        {
            verifier.Error(this, "expects a subscript for each dimension");
        }
        else if (result != VectorType.Get([NumTiles, 32 / bits], source.ElementType))
        {
            verifier.Error(this, $"expected vector register shape to match {NumTiles} words of {source.ElementType}");
        }
    }
}
