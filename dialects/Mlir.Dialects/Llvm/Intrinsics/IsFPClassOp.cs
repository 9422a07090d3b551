namespace Mlir.Dialects.Llvm;

/// <summary>Whether a float belongs to one of a set of classes.</summary>
/// <example><code>%r = "llvm.intr.is.fpclass"(%a) &lt;{bit = 3 : i32}> : (f64) -> i1</code></example>
[Op("llvm.intr.is.fpclass")]
public sealed partial class IsFPClassOp : Operation, IPure
{
    /// <summary>The float.</summary>
    [Operand<LlvmFloat>]
    public partial Value In { get; }

    /// <summary>The classes, a bit each, from 1 for a signalling NaN to 512 for plus infinity.</summary>
    [Attr(Type = "i32")]
    public partial long Bit { get; }

    /// <summary>Whether it belongs to one of them.</summary>
    [Result<LlvmBool>(InferredBy = nameof(BoolType))]
    public partial OpResult Res { get; }

    private static IrType BoolType(Value value) => LlvmShapes.WithElement(value.Type, IntegerType.I1);
}
