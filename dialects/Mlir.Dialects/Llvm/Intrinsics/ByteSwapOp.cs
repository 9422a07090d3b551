namespace Mlir.Dialects.Llvm;

/// <summary>The bytes in reverse order.</summary>
/// <example><code>%r = llvm.intr.bswap(%a) : (i32) -> i32</code></example>
[Op("llvm.intr.bswap", Format = "`(` operands `)` attr-dict `:` functional-type(operands, results)")]
public sealed partial class ByteSwapOp : Operation, IPure, IElementwise, ISameType
{
    /// <summary>The operand.</summary>
    [Operand<LlvmInteger>]
    public partial Value In { get; }

    /// <summary>The reversed bytes.</summary>
    [Result(SameTypeAs = nameof(In))]
    public partial OpResult Res { get; }
}
