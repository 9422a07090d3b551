namespace Mlir.Dialects.Bufferization;

/// <summary>A tensor that gets an array of its own, uninitialised or a copy.</summary>
/// <example><code>%t = bufferization.alloc_tensor(%n) : tensor&lt;?xf32></code></example>
[Op(
    "bufferization.alloc_tensor",
    Format = "`(` $dynamicSizes `)` (`copy` `(` $copy^ `)`)? (`size_hint` `=` $sizeHint^)? attr-dict `:` type($result)"
)]
public sealed partial class AllocTensorOp : Operation, IMemoryEffects
{
    /// <summary>The sizes that the type leaves open, in order.</summary>
    [Operand<Index>]
    public partial OperandList DynamicSizes { get; }

    /// <summary>What the tensor starts as a copy of.</summary>
    [Operand<RankedTensor>(SameTypeAs = nameof(Result))]
    public partial Value? Copy { get; }

    /// <summary>How many elements sparse storage should reserve.</summary>
    [Operand<Index>]
    public partial Value? SizeHint { get; }

    /// <summary>The memory that should hold the array.</summary>
    [Attr(Name = "memory_space")]
    public partial IrAttribute? MemorySpace { get; }

    /// <summary>The tensor.</summary>
    [Result<RankedTensor>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Allocate;

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (Copy is not null && DynamicSizes.Count > 0)
        {
            verifier.Error(this, "dynamic sizes not needed when copying a tensor");
        }
        else if (Copy is null)
        {
            ShapeFacts.VerifyDynamicSizes(this, DynamicSizes, (ShapedType)Result.Type, verifier);
        }
    }
}
