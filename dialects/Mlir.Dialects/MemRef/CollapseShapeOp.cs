using Mlir.IR.Text;

namespace Mlir.Dialects.MemRef;

/// <summary>Merges neighbouring dimensions of a memref.</summary>
/// <example><code>%r = memref.collapse_shape %t [[0, 1]] : memref&lt;4x?xf32> into memref&lt;?xf32></code></example>
[Op("memref.collapse_shape")]
public sealed partial class CollapseShapeOp : Operation, IPure
{
    /// <summary>The memref.</summary>
    [Operand<RankedMemRef>]
    public partial Value Src { get; }

    /// <summary>The groups of dimensions of the larger shape, one a dimension of the smaller one.</summary>
    [Attr]
    public partial ArrayAttr Reassociation { get; }

    /// <summary>The reshaped memref.</summary>
    [Result<RankedMemRef>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "collapse_shape";

    /// <summary>The groups as numbers.</summary>
    public int[][] Groups => Dialects.Reassociation.Read(Reassociation)!;

    /// <summary>Parses <c>source [[…], …] [{…}] : type into type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var source = parser.ParseOperand();
        state.SetAttribute("reassociation", Dialects.Reassociation.Parse(parser));
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        parser.Resolve(source, parser.ParseType(), state);
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
        printer.WriteAttrDict(this, "reassociation");
        printer.Write(" : ");
        printer.WriteType(Src.Type);
        printer.Write(" into ");
        printer.WriteType(Result.Type);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) =>
        Dialects.Reassociation.Verify(this, Reassociation, (ShapedType)Src.Type, (ShapedType)Result.Type, verifier);
}
