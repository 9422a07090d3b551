using Mlir.IR.Text;

namespace Mlir.Dialects.Vector;

/// <summary>A mask that is set before a constant limit in each dimension.</summary>
/// <example><code>%m = vector.constant_mask [2] : vector&lt;4xi1></code></example>
[Op("vector.constant_mask")]
public sealed partial class ConstantMaskOp : Operation, IPure
{
    /// <summary>The limits, one a dimension.</summary>
    [Attr(Name = "mask_dim_sizes")]
    public partial EquatableArray<long> MaskDimSizes { get; }

    /// <summary>The mask.</summary>
    [Result<MaskVector>]
    public partial OpResult Result { get; }

    /// <summary>Parses <c>[limits] [{…}] : type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var at = parser.CurrentLocation;
        var values = new List<UnresolvedOperand>();
        var sizes = MixedList.Parse(parser, values);
        if (values.Count > 0)
        {
            throw parser.Error("expected integers", at);
        }

        state.SetAttribute("mask_dim_sizes", DenseArrayAttr.I64(sizes));
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        state.ResultTypes.Add(parser.ParseType());
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        MixedList.Print(printer, MaskDimSizes, default);
        printer.WriteAttrDict(this, "mask_dim_sizes");
        printer.Write(" : ");
        printer.WriteType(Result.Type);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var type = (VectorType)Result.Type;
        if (MaskDimSizes.Count != type.Rank)
        {
            verifier.Error(this, "must specify array attr of size equal vector result rank");
            return;
        }

        for (var i = 0; i < type.Rank; i++)
        {
            if (MaskDimSizes[i] < 0 || MaskDimSizes[i] > type.Shape[i])
            {
                verifier.Error(this, "array attr of size out of bounds of vector result dimension size");
                return;
            }
        }
    }
}
