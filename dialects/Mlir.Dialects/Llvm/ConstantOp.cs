namespace Mlir.Dialects.Llvm;

/// <summary>A constant of any type of LLVM IR that has literals.</summary>
/// <example><code>%c = llvm.mlir.constant(42 : i32) : i32</code></example>
[Op("llvm.mlir.constant", Format = "`(` $value `)` attr-dict `:` type($res)")]
public sealed partial class ConstantOp : Operation, IConstantLike
{
    /// <summary>The constant: a number, dense elements, a string for an array of bytes, or an array of constants for a structure.</summary>
    [Attr]
    public partial IrAttribute Value { get; }

    /// <summary>The constant as a value.</summary>
    [Result<LlvmValue>]
    public partial OpResult Res { get; }

    /// <summary>A constant of the type of <paramref name="value"/>.</summary>
    public static ConstantOp Of(Location location, TypedAttr value) => new(location, value, value.Type);

    /// <inheritdoc/>
    public IrAttribute ConstantValue => Value;

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        results[0] = Value;
        return true;
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var type = Res.Type;
        var valid = Value switch
        {
            IntegerAttr i => type is IntegerType or FloatType
                && (i.Type == type || LlvmShapes.Width(i.Type) == LlvmShapes.Width(type) || i.Type is IndexType),
            FloatAttr f => f.Type == type || (type is IntegerType integer && integer.Width == f.FloatType.Width),
            DenseElementsAttr d => type is VectorType or LlvmArrayType && Innermost(type) == d.ShapedType.ElementType,
            StringAttr s => type is LlvmArrayType { ElementType: IntegerType { Width: 8 } } array
                && array.Count == s.Value.Length,
            ArrayAttr a => type is LlvmStructType structure
                ? structure.Elements.Count == a.Items.Count
                : type is LlvmArrayType list && list.Count == a.Items.Count,
            SymbolRefAttr => type is LlvmFunctionType or LlvmPointerType,
            _ => false,
        };
        if (!valid)
        {
            verifier.Error(this, $"the value {Value} does not fit the type {type}");
        }
    }

    private static IrType Innermost(IrType type)
    {
        while (type is LlvmArrayType array)
        {
            type = array.ElementType;
        }

        return LlvmShapes.Scalar(type);
    }
}
