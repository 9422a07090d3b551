namespace Mlir.Dialects.MemRef;

/// <summary>Allocates an array on the stack, for as long as the function or scope around it lasts.</summary>
/// <example><code>%m = memref.alloca(%n) {alignment = 64 : i64} : memref&lt;?xf32></code></example>
[Op("memref.alloca", Format = "`(` $dynamicSizes `)` (`[` $symbolOperands^ `]`)? attr-dict `:` type($memref)")]
public sealed partial class AllocaOp : Operation, IMemoryEffects
{
    /// <summary>The sizes that the type leaves open, in order.</summary>
    [Operand<Index>]
    public partial OperandList DynamicSizes { get; }

    /// <summary>The symbols of the layout.</summary>
    [Operand<Index>]
    public partial OperandList SymbolOperands { get; }

    /// <summary>What the address is a multiple of, in bytes.</summary>
    [Attr]
    public partial long? Alignment { get; }

    /// <summary>The array; its elements are not set yet.</summary>
    [Result<RankedMemRef>]
    public partial OpResult Memref { get; }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "alloca";

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Allocate;

    /// <summary>The type of the array.</summary>
    public MemRefType Type => (MemRefType)Memref.Type;

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var type = Type;
        if (DynamicSizes.Count != type.DynamicDimCount)
        {
            verifier.Error(this, "dimension operand count does not equal memref dynamic dimension count");
        }

        var symbols = type.Layout is AffineMapAttr { Map.SymbolCount: var count } ? count : 0;
        if (SymbolOperands.Count != symbols)
        {
            verifier.Error(
                this,
                $"symbol operand count does not equal memref symbol count: expected {symbols}, got {SymbolOperands.Count}"
            );
        }

        ShapeFacts.VerifyAlignment(this, Alignment, verifier);
    }
}
