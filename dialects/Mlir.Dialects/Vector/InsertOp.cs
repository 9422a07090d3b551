using Mlir.IR.Text;

namespace Mlir.Dialects.Vector;

/// <summary>A vector with one element or sub-vector replaced.</summary>
/// <example><code>%w = vector.insert %x, %v [0, %i] : f32 into vector&lt;2x4xf32></code></example>
[Op("vector.insert")]
public sealed partial class InsertOp : Operation, IPure
{
    /// <summary>The new element or sub-vector.</summary>
    [Operand<AnyType>]
    public partial Value ValueToStore { get; }

    /// <summary>The vector.</summary>
    [Operand<AnyVector>]
    public partial Value Dest { get; }

    /// <summary>The positions that are values.</summary>
    [Operand<Index>]
    public partial OperandList DynamicPosition { get; }

    /// <summary>The position in each leading dimension, <see cref="ShapedType.Dynamic"/> for those that are values.</summary>
    [Attr(Name = "static_position")]
    public partial DenseArrayAttr StaticPosition { get; }

    /// <summary>The changed vector.</summary>
    [Result(SameTypeAs = nameof(Dest))]
    public partial OpResult Result { get; }

    /// <summary><paramref name="vector"/> with the part at a constant <paramref name="position"/> replaced by <paramref name="value"/>.</summary>
    public InsertOp(Location location, Value value, Value vector, params ReadOnlySpan<long> position)
        : this(location, value, vector, [], DenseArrayAttr.I64(position)) { }

    /// <summary>The one-dimensional <paramref name="vector"/> with the element at <paramref name="position"/> replaced by <paramref name="value"/>.</summary>
    public InsertOp(Location location, Value value, Value vector, Value position)
        : this(location, value, vector, [position], DenseArrayAttr.I64(ShapedType.Dynamic)) { }

    /// <summary>Parses <c>value, vector [position] [{…}] : type into type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var value = parser.ParseOperand();
        parser.Expect(",");
        var vector = parser.ParseOperand();
        var values = new List<UnresolvedOperand>();
        state.SetAttribute("static_position", DenseArrayAttr.I64(MixedList.Parse(parser, values)));
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        parser.Resolve(value, parser.ParseType(), state);
        parser.Expect("into");
        var type = parser.ParseType();
        parser.Resolve(vector, type, state);
        MixedList.ResolveIndices(parser, values, state);
        state.ResultTypes.Add(type);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperand(ValueToStore);
        printer.Write(", ");
        printer.WriteOperand(Dest);
        printer.Write(' ');
        MixedList.Print(printer, StaticPosition.Values, DynamicPosition);
        printer.WriteAttrDict(this, "static_position");
        printer.Write(" : ");
        printer.WriteType(ValueToStore.Type);
        printer.Write(" into ");
        printer.WriteType(Dest.Type);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) =>
        VectorAccess.VerifyPosition(
            this,
            (VectorType)Dest.Type,
            StaticPosition,
            DynamicPosition,
            ValueToStore.Type,
            verifier
        );
}
