using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>A vector with one element replaced.</summary>
/// <example><code>%w = llvm.insertelement %e, %v[%i : i32] : vector&lt;4xf32></code></example>
[Op("llvm.insertelement")]
public sealed partial class InsertElementOp : Operation, IPure
{
    /// <summary>The vector.</summary>
    [Operand<LlvmVector>]
    public partial Value Vector { get; }

    /// <summary>The new element.</summary>
    [Operand<LlvmValue>]
    public partial Value Value { get; }

    /// <summary>Which element; out of range makes poison.</summary>
    [Operand<LlvmScalarInteger>]
    public partial Value Position { get; }

    /// <summary>The changed vector.</summary>
    [Result(SameTypeAs = nameof(Vector))]
    public partial OpResult Res { get; }

    /// <summary>Parses <c>value, vector[position : type] [{…}] : type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var value = parser.ParseOperand();
        parser.Expect(",");
        var vector = parser.ParseOperand();
        parser.Expect("[");
        var position = parser.ParseOperand();
        parser.Expect(":");
        var positionType = parser.ParseType();
        parser.Expect("]");
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        var type = parser.ParseType<VectorType>();
        parser.Resolve(vector, type, state);
        parser.Resolve(value, type.ElementType, state);
        parser.Resolve(position, positionType, state);
        state.ResultTypes.Add(type);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperand(Value);
        printer.Write(", ");
        printer.WriteOperand(Vector);
        printer.Write('[');
        printer.WriteOperand(Position);
        printer.Write(" : ");
        printer.WriteType(Position.Type);
        printer.Write(']');
        printer.WriteAttrDict(this);
        printer.Write(" : ");
        printer.WriteType(Vector.Type);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (Value.Type != LlvmShapes.Scalar(Vector.Type))
        {
            verifier.Error(this, $"cannot insert a value of type {Value.Type} into {Vector.Type}");
        }
    }
}
