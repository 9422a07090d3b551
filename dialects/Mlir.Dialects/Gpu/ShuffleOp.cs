namespace Mlir.Dialects.Gpu;

/// <summary>Takes a value from another lane of the subgroup. All lanes below the width take part.</summary>
/// <example><code>%v, %ok = gpu.shuffle xor %x, %offset, %width : f32</code></example>
[Op("gpu.shuffle", Format = "$mode $value `,` $offset `,` $width attr-dict `:` type($value)")]
public sealed partial class ShuffleOp : Operation, IMemoryEffects
{
    /// <summary>What the other lanes may take.</summary>
    [Operand<AnyType>]
    public partial Value Value { get; }

    /// <summary>Says, together with the mode, which lane the value comes from.</summary>
    [Operand<I32>]
    public partial Value Offset { get; }

    /// <summary>How many lanes take part.</summary>
    [Operand<I32>]
    public partial Value Width { get; }

    /// <summary>How the offset names a lane.</summary>
    [Attr]
    public partial ShuffleMode Mode { get; }

    /// <summary>The other lane's value; the own one where there is no such lane.</summary>
    [Result(SameTypeAs = nameof(Value))]
    public partial OpResult ShuffleResult { get; }

    /// <summary>Whether there is such a lane.</summary>
    [Result<I1>]
    public partial OpResult Valid { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read | MemoryEffects.Write;
}
