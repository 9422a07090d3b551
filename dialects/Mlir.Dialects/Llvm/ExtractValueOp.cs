using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>One part of a structure or array.</summary>
/// <example><code>%v = llvm.extractvalue %s[1, 0] : !llvm.struct&lt;(i32, array&lt;2 x f32>)></code></example>
[Op("llvm.extractvalue")]
public sealed partial class ExtractValueOp : Operation, IPure
{
    /// <summary>The structure or array.</summary>
    [Operand<LlvmAggregate>]
    public partial Value Container { get; }

    /// <summary>The way to the part: one index for each level.</summary>
    [Attr]
    public partial DenseArrayAttr Position { get; }

    /// <summary>The part.</summary>
    [Result<LlvmValue>]
    public partial OpResult Res { get; }

    /// <summary>The part of <paramref name="container"/> at <paramref name="position"/>.</summary>
    /// <exception cref="ArgumentException">There is no such part.</exception>
    public ExtractValueOp(Location location, Value container, params ReadOnlySpan<long> position)
        : this(
            location,
            container,
            DenseArrayAttr.I64(position),
            LlvmShapes.TypeAt(container.Type, position)
                ?? throw new ArgumentException($"{container.Type} has no such part", nameof(position))
        ) { }

    /// <summary>Parses <c>container[position] [{…}] : type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var container = parser.ParseOperand();
        var at = parser.CurrentLocation;
        var position = PositionForm.Parse(parser);
        state.SetAttribute("position", DenseArrayAttr.I64([.. position]));
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        var type = parser.ParseType();
        parser.Resolve(container, type, state);
        state.ResultTypes.Add(
            LlvmShapes.TypeAt(type, [.. position]) ?? throw parser.Error($"{type} has no part at this position", at)
        );
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperand(Container);
        PositionForm.Print(printer, Position);
        printer.WriteAttrDict(this, "position");
        printer.Write(" : ");
        printer.WriteType(Container.Type);
    }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        // extractvalue(insertvalue(v, s, p), p) → v, and past insertions elsewhere.
        var container = Container;
        while (container.Definer is InsertValueOp insert)
        {
            if (insert.Position == Position)
            {
                results[0] = insert.Value;
                return true;
            }

            var mine = Position.Values.Span;
            var theirs = insert.Position.Values.Span;
            var common = System.Math.Min(mine.Length, theirs.Length);
            if (mine[..common].SequenceEqual(theirs[..common]))
            {
                return false;
            }

            container = insert.Container;
        }

        return false;
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (LlvmShapes.TypeAt(Container.Type, Position.Values.Span) is not { } part)
        {
            verifier.Error(this, $"{Container.Type} has no part at this position");
        }
        else if (part != Res.Type)
        {
            verifier.Error(
                this,
                $"Type mismatch: extracting from {Container.Type} should produce {part} but this op returns {Res.Type}"
            );
        }
    }
}
