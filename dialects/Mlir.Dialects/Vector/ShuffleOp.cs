using Mlir.IR.Text;

namespace Mlir.Dialects.Vector;

/// <summary>A vector put together from the leading elements of two others.</summary>
/// <example><code>%w = vector.shuffle %a, %b [0, 5, -1] : vector&lt;4xf32>, vector&lt;4xf32></code></example>
[Op("vector.shuffle")]
public sealed partial class ShuffleOp : Operation, IPure
{
    /// <summary>The first vector; its elements have the positions from 0.</summary>
    [Operand<AnyVector>]
    public partial Value V1 { get; }

    /// <summary>The second vector; its elements have the positions after those of the first.</summary>
    [Operand<AnyVector>]
    public partial Value V2 { get; }

    /// <summary>The position of each element of the result; -1 for one that does not matter.</summary>
    [Attr]
    public partial DenseArrayAttr Mask { get; }

    /// <summary>The new vector.</summary>
    [Result<AnyVector>]
    public partial OpResult Vector { get; }

    /// <summary>The elements of <paramref name="v1"/> and <paramref name="v2"/> at the positions <paramref name="mask"/>.</summary>
    public ShuffleOp(Location location, Value v1, Value v2, params ReadOnlySpan<long> mask)
        : this(location, v1, v2, DenseArrayAttr.I64(mask), ResultType((VectorType)v1.Type, mask.Length)) { }

    private static VectorType ResultType(VectorType source, int count) =>
        VectorType.Get([count, .. Rows(source)], source.ElementType);

    /// <summary>The sizes of what the mask chooses from: all but the first.</summary>
    private static ReadOnlySpan<long> Rows(VectorType type) => type.Shape.Span[System.Math.Min(1, type.Rank)..];

    /// <summary>Parses <c>v1, v2 [mask] [{…}] : type, type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var first = parser.ParseOperand();
        parser.Expect(",");
        var second = parser.ParseOperand();
        var at = parser.CurrentLocation;
        var values = new List<UnresolvedOperand>();
        var mask = MixedList.Parse(parser, values);
        if (values.Count > 0)
        {
            throw parser.Error("expected integers", at);
        }

        state.SetAttribute("mask", DenseArrayAttr.I64(mask));
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        var type = parser.ParseType<VectorType>();
        parser.Resolve(first, type, state);
        parser.Expect(",");
        parser.Resolve(second, parser.ParseType(), state);
        state.ResultTypes.Add(ResultType(type, mask.Length));
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperands(Operands);
        printer.Write(' ');
        MixedList.Print(printer, Mask.Values, default);
        printer.WriteAttrDict(this, "mask");
        printer.Write(" : ");
        printer.WriteType(V1.Type);
        printer.Write(", ");
        printer.WriteType(V2.Type);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var (first, second) = ((VectorType)V1.Type, (VectorType)V2.Type);
        if (
            first.Rank != second.Rank
            || !Rows(first).SequenceEqual(Rows(second))
            || first.ElementType != second.ElementType
            || Vector.Type != ResultType(first, Mask.Values.Count)
        )
        {
            verifier.Error(
                this,
                $"a mask of {Mask.Values.Count} elements on {first} and {second} does not give {Vector.Type}"
            );
            return;
        }

        if (Mask.Values.Count == 0)
        {
            verifier.Error(this, "invalid mask length");
            return;
        }

        var count = first.Rank == 0 ? 2 : first.Shape[0] + second.Shape[0];
        for (var i = 0; i < Mask.Values.Count; i++)
        {
            if (Mask.Values[i] < -1 || Mask.Values[i] >= count)
            {
                verifier.Error(this, $"mask index #{i + 1} out of range");
                return;
            }
        }
    }
}
