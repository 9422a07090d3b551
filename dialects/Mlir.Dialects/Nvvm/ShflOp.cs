using Mlir.Dialects.Llvm;

namespace Mlir.Dialects.Nvvm;

/// <summary>Takes a word from another lane of the warp.</summary>
/// <example><code>%v = nvvm.shfl.sync bfly %members, %x, %offset, %clamp : f32 -> f32</code></example>
[Op(
    "nvvm.shfl.sync",
    Format = "$kind $threadMask `,` $val `,` $offset `,` $maskAndClamp attr-dict `:` type($val) `->` type($res)"
)]
public sealed partial class ShflOp : Operation, IMemoryEffects, INvvmIntrinsic
{
    /// <summary>The lanes that take part, one bit each.</summary>
    [Operand<I32>]
    public partial Value ThreadMask { get; }

    /// <summary>What the other lanes may take.</summary>
    [Operand<ShflWord>]
    public partial Value Val { get; }

    /// <summary>Says, together with the kind, which lane the value comes from.</summary>
    [Operand<I32>]
    public partial Value Offset { get; }

    /// <summary>The last lane, and the mask that cuts the warp into segments.</summary>
    [Operand<I32>]
    public partial Value MaskAndClamp { get; }

    /// <summary>How the offset names a lane.</summary>
    [Attr]
    public partial ShflKind Kind { get; }

    /// <summary>Whether the result is a pair of the value and whether there is such a lane.</summary>
    [Attr(Name = "return_value_and_is_valid")]
    public partial bool ReturnValueAndIsValid { get; }

    /// <summary>The other lane's value.</summary>
    [Result<AnyType>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read | MemoryEffects.Write;

    /// <inheritdoc/>
    public string Intrinsic =>
        $"llvm.nvvm.shfl.sync.{EnumKeywords<ShflKind>.ToText(Kind)}.{Val.Type}{(ReturnValueAndIsValid ? "p" : "")}";

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var expected = ReturnValueAndIsValid ? LlvmStructType.Get([Val.Type, IntegerType.I1]) : Val.Type;
        if (Res.Type != expected)
        {
            verifier.Error(this, $"expected a result of type {expected}, got {Res.Type}");
        }
    }
}
