using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>A structure or array with one part replaced.</summary>
/// <example><code>%t = llvm.insertvalue %v, %s[0] : !llvm.struct&lt;(i32, f64)></code></example>
[Op("llvm.insertvalue")]
public sealed partial class InsertValueOp : Operation, IPure
{
    /// <summary>The structure or array.</summary>
    [Operand<LlvmAggregate>]
    public partial Value Container { get; }

    /// <summary>The new part.</summary>
    [Operand<LlvmValue>]
    public partial Value Value { get; }

    /// <summary>The way to the part: one index for each level.</summary>
    [Attr]
    public partial DenseArrayAttr Position { get; }

    /// <summary>The changed structure or array.</summary>
    [Result(SameTypeAs = nameof(Container))]
    public partial OpResult Res { get; }

    /// <summary><paramref name="container"/> with the part at <paramref name="position"/> replaced by <paramref name="value"/>.</summary>
    public InsertValueOp(Location location, Value container, Value value, params ReadOnlySpan<long> position)
        : this(location, container, value, DenseArrayAttr.I64(position)) { }

    /// <summary>Parses <c>value, container[position] [{…}] : type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var value = parser.ParseOperand();
        parser.Expect(",");
        var container = parser.ParseOperand();
        var at = parser.CurrentLocation;
        var position = PositionForm.Parse(parser);
        state.SetAttribute("position", DenseArrayAttr.I64([.. position]));
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        var type = parser.ParseType();
        var part =
            LlvmShapes.TypeAt(type, [.. position]) ?? throw parser.Error($"{type} has no part at this position", at);
        parser.Resolve(container, type, state);
        parser.Resolve(value, part, state);
        state.ResultTypes.Add(type);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperand(Value);
        printer.Write(", ");
        printer.WriteOperand(Container);
        PositionForm.Print(printer, Position);
        printer.WriteAttrDict(this, "position");
        printer.Write(" : ");
        printer.WriteType(Container.Type);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (LlvmShapes.TypeAt(Container.Type, Position.Values.Span) is not { } part)
        {
            verifier.Error(this, $"{Container.Type} has no part at this position");
        }
        else if (part != Value.Type)
        {
            verifier.Error(this, $"Type mismatch: cannot insert {Value.Type} into {Container.Type}");
        }
    }
}
