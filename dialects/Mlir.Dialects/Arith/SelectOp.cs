using Mlir.IR.Text;

namespace Mlir.Dialects.Arith;

/// <summary>One of two values, by a condition; a vector or tensor of conditions chooses element by element.</summary>
/// <example><code>%r = arith.select %condition, %a, %b : i32</code></example>
[Op("arith.select")]
public sealed partial class SelectOp : Operation, IPure, IElementwise
{
    /// <summary>Whether the first value is chosen.</summary>
    [Operand<BoolLike>]
    public partial Value Condition { get; }

    /// <summary>The value for a true condition.</summary>
    [Operand<AnyType>]
    public partial Value TrueValue { get; }

    /// <summary>The value for a false condition.</summary>
    [Operand<AnyType>(SameTypeAs = nameof(TrueValue))]
    public partial Value FalseValue { get; }

    /// <summary>The chosen value.</summary>
    [Result(SameTypeAs = nameof(TrueValue))]
    public partial OpResult Result { get; }

    /// <summary>Parses <c>%c, %a, %b : [condition type,] type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var operands = parser.ParseOperandList();
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        var location = parser.CurrentLocation;
        IrType condition = IntegerType.I1;
        var type = parser.ParseType();
        if (parser.TryConsume(","))
        {
            (condition, type) = (type, parser.ParseType());
        }

        if (operands.Count != 3)
        {
            throw parser.Error("expected a condition and two values", location);
        }

        parser.Resolve(operands, [condition, type, type], state);
        state.ResultTypes.Add(type);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperands(Operands);
        printer.WriteAttrDict(this);
        printer.Write(" : ");
        if (Condition.Type is ShapedType)
        {
            printer.WriteType(Condition.Type);
            printer.Write(", ");
        }

        printer.WriteType(Result.Type);
    }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        // c ? x : x → x
        if (ReferenceEquals(TrueValue, FalseValue))
        {
            return results.Be(TrueValue);
        }

        var condition = operands[0] as IntegerAttr ?? (operands[0] as DenseElementsAttr)?.SplatValue as IntegerAttr;
        if (condition is not null)
        {
            return results.Be(condition.Value == 0 ? FalseValue : TrueValue);
        }

        // c ? true : false → c
        if (Condition.Type == Result.Type && IsBool(operands[1], true) && IsBool(operands[2], false))
        {
            return results.Be(Condition);
        }

        return Result.Type is ShapedType { ElementType: IntegerType { Width: <= 128 } or IndexType or FloatType }
            && ConstantFolder.Elementwise(operands, results, Result.Type, static (c, a, b) => c != 0 ? a : b);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (Condition.Type is ShapedType && TypeFacts.BoolsLike(Result.Type) != Condition.Type)
        {
            verifier.Error(
                this,
                $"expected condition type to have the same shape as the result type, expected '{TypeFacts.BoolsLike(Result.Type)}', but got '{Condition.Type}'"
            );
        }
    }

    private static bool IsBool(IrAttribute? attribute, bool value) =>
        (attribute as IntegerAttr ?? (attribute as DenseElementsAttr)?.SplatValue as IntegerAttr) is { } constant
        && constant.Value != 0 == value;
}
