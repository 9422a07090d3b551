using Mlir.IR.Text;

namespace Mlir.Dialects.Vector;

/// <summary>All elements of a vector, in row-major order.</summary>
/// <example><code>%e:2 = vector.to_elements %v : vector&lt;2xf32></code></example>
[Op("vector.to_elements")]
public sealed partial class ToElementsOp : Operation, IPure
{
    /// <summary>The vector.</summary>
    [Operand<AnyVector>]
    public partial Value Source { get; }

    /// <summary>The elements.</summary>
    [Result<AnyType>]
    public partial IReadOnlyList<OpResult> Elements { get; }

    /// <summary>Takes <paramref name="vector"/> apart.</summary>
    public static ToElementsOp Of(Location location, Value vector) =>
        new(location, vector, Types((VectorType)vector.Type));

    private static IrType[] Types(VectorType type)
    {
        var types = new IrType[checked((int)type.ElementCount)];
        Array.Fill(types, type.ElementType);
        return types;
    }

    /// <summary>Parses <c>vector [{…}] : type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var vector = parser.ParseOperand();
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        var at = parser.CurrentLocation;
        var type = parser.ParseType<VectorType>();
        parser.Resolve(vector, type, state);
        state.ResultTypes.AddRange(
            type.Shape.Aggregate((Int128)1, (a, b) => a * b) <= 1 << 16
                ? Types(type)
                : throw parser.Error("too many elements", at)
        );
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperand(Source);
        printer.WriteAttrDict(this);
        printer.Write(" : ");
        printer.WriteType(Source.Type);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var type = (VectorType)Source.Type;
        if (type.ElementCount != Elements.Count || Elements.Any(e => e.Type != type.ElementType))
        {
            verifier.Error(this, $"expects {type.ElementCount} results of type {type.ElementType} for {type}");
        }
    }
}
