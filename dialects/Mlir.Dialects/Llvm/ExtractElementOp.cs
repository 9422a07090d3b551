namespace Mlir.Dialects.Llvm;

/// <summary>One element of a vector.</summary>
/// <example><code>%e = llvm.extractelement %v[%i : i32] : vector&lt;4xf32></code></example>
[Op("llvm.extractelement", Format = "$vector `[` $position `:` type($position) `]` attr-dict `:` type($vector)")]
public sealed partial class ExtractElementOp : Operation, IPure
{
    /// <summary>The vector.</summary>
    [Operand<LlvmVector>]
    public partial Value Vector { get; }

    /// <summary>Which element; out of range makes poison.</summary>
    [Operand<LlvmScalarInteger>]
    public partial Value Position { get; }

    /// <summary>The element.</summary>
    [Result(InferredBy = nameof(ElementType))]
    public partial OpResult Res { get; }

    private static IrType ElementType(Value vector, Value position) => LlvmShapes.Scalar(vector.Type);
}
