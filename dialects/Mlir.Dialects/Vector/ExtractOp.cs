using Mlir.IR.Text;

namespace Mlir.Dialects.Vector;

/// <summary>One element of a vector, or one of its sub-vectors.</summary>
/// <example><code>%x = vector.extract %v[0, %i] : f32 from vector&lt;2x4xf32></code></example>
[Op("vector.extract")]
public sealed partial class ExtractOp : Operation, IPure
{
    /// <summary>The vector.</summary>
    [Operand<AnyVector>]
    public partial Value Source { get; }

    /// <summary>The positions that are values.</summary>
    [Operand<Index>]
    public partial OperandList DynamicPosition { get; }

    /// <summary>The position in each leading dimension, <see cref="ShapedType.Dynamic"/> for those that are values.</summary>
    [Attr(Name = "static_position")]
    public partial DenseArrayAttr StaticPosition { get; }

    /// <summary>The element or sub-vector.</summary>
    [Result<AnyType>]
    public partial OpResult Result { get; }

    /// <summary>The part of <paramref name="vector"/> at a constant <paramref name="position"/>.</summary>
    public ExtractOp(Location location, Value vector, params ReadOnlySpan<long> position)
        : this(
            location,
            vector,
            [],
            DenseArrayAttr.I64(position),
            VectorAccess.PartType((VectorType)vector.Type, position.Length)
        ) { }

    /// <summary>The element of the one-dimensional <paramref name="vector"/> at <paramref name="position"/>.</summary>
    public ExtractOp(Location location, Value vector, Value position)
        : this(
            location,
            vector,
            [position],
            DenseArrayAttr.I64(ShapedType.Dynamic),
            VectorAccess.PartType((VectorType)vector.Type, 1)
        ) { }

    /// <summary>Parses <c>vector[position] [{…}] : type from type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var vector = parser.ParseOperand();
        var values = new List<UnresolvedOperand>();
        state.SetAttribute("static_position", DenseArrayAttr.I64(MixedList.Parse(parser, values)));
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        state.ResultTypes.Add(parser.ParseType());
        parser.Expect("from");
        parser.Resolve(vector, parser.ParseType(), state);
        MixedList.ResolveIndices(parser, values, state);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperand(Source);
        MixedList.Print(printer, StaticPosition.Values, DynamicPosition);
        printer.WriteAttrDict(this, "static_position");
        printer.Write(" : ");
        printer.WriteType(Result.Type);
        printer.Write(" from ");
        printer.WriteType(Source.Type);
    }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        // extract(v, []) → v
        if (StaticPosition.Values.IsEmpty)
        {
            results[0] = Source;
            return true;
        }

        // extract(broadcast(scalar)) → scalar
        if (Source.Definer is BroadcastOp broadcast && broadcast.Source.Type == Result.Type)
        {
            results[0] = broadcast.Source;
            return true;
        }

        // extract(splat constant) → constant
        if (operands[0] is DenseElementsAttr { SplatValue: { } splat } && Result.Type is not VectorType)
        {
            results[0] = splat;
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) =>
        VectorAccess.VerifyPosition(
            this,
            (VectorType)Source.Type,
            StaticPosition,
            DynamicPosition,
            Result.Type,
            verifier
        );
}
