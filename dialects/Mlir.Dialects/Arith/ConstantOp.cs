using Mlir.IR.Text;

namespace Mlir.Dialects.Arith;

/// <summary>A constant integer, float, or dense array of them.</summary>
/// <example><code>%c42_i32 = arith.constant 42 : i32</code></example>
[Op("arith.constant")]
public sealed partial class ConstantOp : Operation, IConstantLike
{
    /// <summary>The constant; its type is the result's.</summary>
    [Attr]
    public partial TypedAttr Value { get; }

    /// <summary>The constant as a value.</summary>
    [Result<AnyType>]
    public partial OpResult Result { get; }

    /// <summary>Makes the constant <paramref name="value"/> of its own type.</summary>
    public ConstantOp(Location location, TypedAttr value)
        : this(location, value, value.Type) { }

    /// <inheritdoc/>
    public IrAttribute ConstantValue => Value;

    /// <summary>Parses <c>{attributes} value</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        parser.ParseOptionalAttrDict(state);
        var value = parser.ParseAttribute<TypedAttr>();
        state.SetAttribute("value", value);
        state.ResultTypes.Add(value.Type);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.WriteAttrDict(this, "value");
        printer.Write(' ');
        printer.WriteAttribute(Value);
    }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) =>
        Value switch
        {
            IntegerAttr { Type: IntegerType { Width: 1 } } boolean => boolean.Value == 0 ? "false" : "true",
            IntegerAttr { Type: IndexType } number => $"c{number.Value}",
            IntegerAttr number => $"c{number.Value}_{number.Type}",
            _ => "cst",
        };

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        results[0] = Value;
        return true;
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (Value.Type != Result.Type)
        {
            verifier.Error(this, "failed to verify that all of {value, result} have same type");
        }
        else if (Result.Type is IntegerType { Signedness: not Signedness.Signless })
        {
            verifier.Error(this, "integer return type must be signless");
        }
    }
}
