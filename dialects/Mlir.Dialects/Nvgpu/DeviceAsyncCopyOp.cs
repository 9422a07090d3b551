using Mlir.Dialects.Gpu;

namespace Mlir.Dialects.Nvgpu;

/// <summary>Starts a copy of neighbouring elements to the memory that a block shares. Of them the first ones are read, and zeros take the place of the others.</summary>
/// <example><code>%t = nvgpu.device_async_copy %x[%i], %s[%j], 4, %given : memref&lt;?xf32> to memref&lt;128xf32, #gpu.address_space&lt;workgroup>></code></example>
[Op(
    "nvgpu.device_async_copy",
    Format = "$src `[` $srcIndices `]` `,` $dst `[` $dstIndices `]` `,` $dstElements (`,` $srcElements^)? attr-dict `:` type($src) `to` type($dst)"
)]
public sealed partial class DeviceAsyncCopyOp : Operation, IMemoryEffects
{
    /// <summary>Where to.</summary>
    [Operand<RankedMemRef>]
    public partial Value Dst { get; }

    /// <summary>The subscripts of the first element there.</summary>
    [Operand<Index>]
    public partial OperandList DstIndices { get; }

    /// <summary>Where from.</summary>
    [Operand<RankedMemRef>]
    public partial Value Src { get; }

    /// <summary>The subscripts of the first element there.</summary>
    [Operand<Index>]
    public partial OperandList SrcIndices { get; }

    /// <summary>How many elements are read; all of them where it is missing.</summary>
    [Operand<Index>]
    public partial Value? SrcElements { get; }

    /// <summary>How many elements are written: 4, 8 or 16 bytes.</summary>
    [Attr(Type = "index")]
    public partial long DstElements { get; }

    /// <summary>Whether a processor's own cache should be left alone.</summary>
    [Attr]
    public partial bool BypassL1 { get; }

    /// <summary>Stands for the copy.</summary>
    [Result<DeviceAsyncToken>]
    public partial OpResult AsyncToken { get; }

    /// <summary>The bytes that are written.</summary>
    public long Bytes => DstElements * DenseElementsAttr.ElementSize(((MemRefType)Dst.Type).ElementType);

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read | MemoryEffects.Write;

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var (source, target) = ((MemRefType)Src.Type, (MemRefType)Dst.Type);
        if (target.MemorySpace is not EnumAttr<AddressSpace> { Value: AddressSpace.Workgroup })
        {
            verifier.Error(this, "destination memref must have a memory space attribute of the workgroup");
        }
        else if (source.ElementType != target.ElementType)
        {
            verifier.Error(this, "source and destination must have the same element type");
        }
        else if (SrcIndices.Count != source.Rank || DstIndices.Count != target.Rank)
        {
            verifier.Error(this, "expects a subscript for each dimension of source and destination");
        }
        else if (source.ElementType is not (FloatType or IntegerType) || Bytes is not (4 or 8 or 16))
        {
            verifier.Error(this, "expects to copy 4, 8 or 16 bytes");
        }
        else if (BypassL1 && Bytes != 16)
        {
            verifier.Error(this, "bypassL1 does not satisfy alignment for 'memref' with other than 16 bytes");
        }
    }
}
