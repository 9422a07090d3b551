using Mlir.IR.Text;

namespace Mlir.Dialects.Tensor;

/// <summary>Splits dimensions of a tensor into several.</summary>
/// <example><code>%r = tensor.expand_shape %t [[0, 1]] output_shape [4, %n] : tensor&lt;?xf32> into tensor&lt;4x?xf32></code></example>
[Op("tensor.expand_shape")]
public sealed partial class ExpandShapeOp : Operation, IPure
{
    /// <summary>The tensor.</summary>
    [Operand<RankedTensor>]
    public partial Value Src { get; }

    /// <summary>The dynamic sizes of the result.</summary>
    [Operand<Index>]
    public partial OperandList OutputShape { get; }

    /// <summary>The groups of dimensions of the larger shape, one a dimension of the smaller one.</summary>
    [Attr]
    public partial ArrayAttr Reassociation { get; }

    /// <summary>The sizes of the result, <see cref="ShapedType.Dynamic"/> for those in <see cref="OutputShape"/>.</summary>
    [Attr(Name = "static_output_shape")]
    public partial DenseArrayAttr StaticOutputShape { get; }

    /// <summary>The reshaped tensor.</summary>
    [Result<RankedTensor>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "expanded";

    /// <summary>The groups as numbers.</summary>
    public int[][] Groups => Dialects.Reassociation.Read(Reassociation)!;

    /// <summary>Parses <c>source [[…], …] output_shape […] [{…}] : type into type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var source = parser.ParseOperand();
        state.SetAttribute("reassociation", Dialects.Reassociation.Parse(parser));
        parser.Expect("output_shape");
        var sizes = new List<UnresolvedOperand>();
        state.SetAttribute("static_output_shape", DenseArrayAttr.I64(MixedList.Parse(parser, sizes)));
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        parser.Resolve(source, parser.ParseType(), state);
        MixedList.ResolveIndices(parser, sizes, state);
        parser.Expect("into");
        state.ResultTypes.Add(parser.ParseType());
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperand(Src);
        printer.Write(' ');
        Dialects.Reassociation.Print(printer, Reassociation);
        printer.Write(" output_shape ");
        MixedList.Print(printer, StaticOutputShape.Values, OutputShape);
        printer.WriteAttrDict(this, "reassociation", "static_output_shape");
        printer.Write(" : ");
        printer.WriteType(Src.Type);
        printer.Write(" into ");
        printer.WriteType(Result.Type);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var result = (ShapedType)Result.Type;
        Dialects.Reassociation.Verify(this, Reassociation, result, (ShapedType)Src.Type, verifier);
        if (
            MixedList.Verify(this, "output_shape", StaticOutputShape.Values, OutputShape, result.Rank, verifier)
            && StaticOutputShape.Values != result.Shape
        )
        {
            verifier.Error(this, "expected output_shape to agree with the sizes of the result type");
        }
    }
}
