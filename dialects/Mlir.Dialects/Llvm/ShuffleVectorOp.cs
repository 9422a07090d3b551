using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>A vector put together from the elements of two others.</summary>
/// <example><code>%w = llvm.shufflevector %u, %v [0, 4, -1] : vector&lt;4xf32></code></example>
[Op("llvm.shufflevector")]
public sealed partial class ShuffleVectorOp : Operation, IPure
{
    /// <summary>The first vector; its elements have the positions from 0.</summary>
    [Operand<LlvmVector>]
    public partial Value V1 { get; }

    /// <summary>The second vector; its elements have the positions after those of the first.</summary>
    [Operand<LlvmVector>(SameTypeAs = nameof(V1))]
    public partial Value V2 { get; }

    /// <summary>The position of each element of the result; -1 for poison.</summary>
    [Attr]
    public partial DenseArrayAttr Mask { get; }

    /// <summary>The new vector.</summary>
    [Result<LlvmVector>]
    public partial OpResult Res { get; }

    /// <summary>The elements of <paramref name="v1"/> and <paramref name="v2"/> at the positions <paramref name="mask"/>.</summary>
    public ShuffleVectorOp(Location location, Value v1, Value v2, params ReadOnlySpan<int> mask)
        : this(
            location,
            v1,
            v2,
            DenseArrayAttr.I32(mask),
            ((VectorType)v1.Type).With([mask.Length], LlvmShapes.Scalar(v1.Type))
        ) { }

    /// <summary>Parses <c>v1, v2 [mask] [{…}] : type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var first = parser.ParseOperand();
        parser.Expect(",");
        var second = parser.ParseOperand();
        var mask = PositionForm.Parse(parser);
        state.SetAttribute("mask", DenseArrayAttr.Get(IntegerType.I32, [.. mask]));
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        var type = parser.ParseType<VectorType>();
        parser.Resolve(first, type, state);
        parser.Resolve(second, type, state);
        state.ResultTypes.Add(VectorType.Get([mask.Count], type.ElementType, type.ScalableDims.Span));
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperands(Operands);
        printer.Write(' ');
        PositionForm.Print(printer, Mask);
        printer.WriteAttrDict(this, "mask");
        printer.Write(" : ");
        printer.WriteType(V1.Type);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var count = 2 * ((VectorType)V1.Type).Shape[0];
        foreach (var index in Mask.Values)
        {
            if (index < -1 || index >= count)
            {
                verifier.Error(this, $"mask index {index} is out of range for two vectors of type {V1.Type}");
                return;
            }
        }

        if (
            ((VectorType)Res.Type).Shape[0] != Mask.Values.Count
            || LlvmShapes.Scalar(Res.Type) != LlvmShapes.Scalar(V1.Type)
        )
        {
            verifier.Error(this, $"a mask of {Mask.Values.Count} elements on {V1.Type} does not give {Res.Type}");
        }
    }
}
