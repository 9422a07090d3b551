using Mlir.IR.Text;

namespace Mlir.Dialects.Vector;

/// <summary>A vector of given elements, in row-major order.</summary>
/// <example><code>%v = vector.from_elements %a, %b : vector&lt;2xf32></code></example>
[Op("vector.from_elements")]
public sealed partial class FromElementsOp : Operation, IPure
{
    /// <summary>The elements.</summary>
    [Operand<AnyType>]
    public partial OperandList Elements { get; }

    /// <summary>The vector.</summary>
    [Result<AnyVector>]
    public partial OpResult Dest { get; }

    /// <summary>Parses <c>elements [{…}] : type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var elements = parser.ParseOperandList();
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        var type = parser.ParseType<VectorType>();
        foreach (var element in elements)
        {
            parser.Resolve(element, type.ElementType, state);
        }

        state.ResultTypes.Add(type);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperands(Elements);
        printer.WriteAttrDict(this);
        printer.Write(" : ");
        printer.WriteType(Dest.Type);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var type = (VectorType)Dest.Type;
        if (type.ElementCount != Elements.Count || Elements.Any(e => e.Type != type.ElementType))
        {
            verifier.Error(this, $"expects {type.ElementCount} operands of type {type.ElementType} for {type}");
        }
    }
}
