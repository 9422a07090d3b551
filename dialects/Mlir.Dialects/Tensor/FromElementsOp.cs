using Mlir.IR.Text;

namespace Mlir.Dialects.Tensor;

/// <summary>A tensor of given elements, in row-major order.</summary>
/// <example><code>%t = tensor.from_elements %a, %b : tensor&lt;2xf32></code></example>
[Op("tensor.from_elements")]
public sealed partial class FromElementsOp : Operation, IPure
{
    /// <summary>The elements.</summary>
    [Operand<AnyType>]
    public partial OperandList Elements { get; }

    /// <summary>The tensor.</summary>
    [Result<RankedTensor>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "from_elements";

    /// <summary>Parses <c>elements [{…}] : type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var elements = parser.ParseOperandList();
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        var type = parser.ParseType<RankedTensorType>();
        foreach (var element in elements)
        {
            parser.Resolve(element, type.ElementType, state);
        }

        state.ResultTypes.Add(type);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(Elements.Count == 0 ? "" : " ");
        printer.WriteOperands(Elements);
        printer.WriteAttrDict(this);
        printer.Write(" : ");
        printer.WriteType(Result.Type);
    }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        // from_elements(constants) → constant
        var type = (RankedTensorType)Result.Type;
        if (operands.IsEmpty || type.ElementType is not (IntegerType or FloatType or IndexType))
        {
            return false;
        }

        var size = DenseElementsAttr.ElementSize(type.ElementType);
        var bytes = new byte[operands.Length * size];
        for (var i = 0; i < operands.Length; i++)
        {
            if (operands[i] is not (IntegerAttr or FloatAttr))
            {
                return false;
            }

            DenseElementsAttr.WriteElement((TypedAttr)operands[i]!, bytes.AsSpan(i * size, size));
        }

        results[0] = DenseElementsAttr.Get(type, bytes);
        return true;
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var type = (RankedTensorType)Result.Type;
        if (!type.HasStaticShape || type.ElementCount != Elements.Count)
        {
            verifier.Error(
                this,
                $"expects as many operands as the result has elements, got {Elements.Count} for {type}"
            );
        }

        foreach (var element in Elements)
        {
            if (element.Type != type.ElementType)
            {
                verifier.Error(this, $"expects operands of type {type.ElementType}, got {element.Type}");
            }
        }
    }
}
