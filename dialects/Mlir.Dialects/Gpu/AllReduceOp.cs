using Mlir.IR.Text;

namespace Mlir.Dialects.Gpu;

/// <summary>Combines a value over all threads of a block, by a named operation or by a body; all of them get the combination.</summary>
/// <example><code>%s = gpu.all_reduce add %x {} : (f32) -> f32</code></example>
[Op("gpu.all_reduce")]
public sealed partial class AllReduceOp : Operation, IMemoryEffects, ISingleBlock
{
    /// <summary>The thread's value.</summary>
    [Operand<AnyType>]
    public partial Value Value { get; }

    /// <summary>How two values combine; null when the body says it.</summary>
    [Attr]
    public partial EnumAttr<AllReduceOperation>? Op { get; }

    /// <summary>Whether all threads of the block are here.</summary>
    [Attr]
    public partial bool Uniform { get; }

    /// <summary>Takes two values and yields their combination; empty where an operation is named.</summary>
    [Region]
    public partial Region Body { get; }

    /// <summary>The combination.</summary>
    [Result(SameTypeAs = nameof(Value))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read | MemoryEffects.Write;

    /// <summary>Parses <c>[op] %x [uniform] { body } [{…}] : (type) -> type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        if (parser.PeekKeyword())
        {
            state.SetAttribute("op", EnumAttr<AllReduceOperation>.Get(parser.ParseEnum<AllReduceOperation>()));
        }

        var value = parser.ParseOperand();
        if (parser.TryConsume("uniform"))
        {
            state.SetAttribute("uniform", UnitAttr.Instance);
        }

        state.Regions.Add(parser.ParseRegion());
        ParseEnd(parser, state, value);
    }

    /// <summary>Parses <c>[{…}] : (type) -> type</c>.</summary>
    internal static void ParseEnd(AsmParser parser, OperationState state, UnresolvedOperand value)
    {
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        var at = parser.CurrentLocation;
        if (parser.ParseFunctionType() is not { Inputs: [var input], Results: [var result] })
        {
            throw parser.Error("expected one operand type and one result type", at);
        }

        parser.Resolve(value, input, state);
        state.ResultTypes.Add(result);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        if (Op is { } op)
        {
            printer.Write(EnumKeywords<AllReduceOperation>.ToText(op.Value));
            printer.Write(' ');
        }

        printer.WriteOperand(Value);
        printer.Write(Uniform ? " uniform " : " ");
        printer.WriteRegion(Body);
        printer.WriteAttrDict(this, "op", "uniform");
        PrintTypes(printer, Value.Type);
    }

    /// <summary>Prints <c> : (type) -> type</c>.</summary>
    internal static void PrintTypes(AsmPrinter printer, IrType type)
    {
        printer.Write(" : (");
        printer.WriteType(type);
        printer.Write(") -> ");
        printer.WriteType(type);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (Body.IsEmpty == (Op is null))
        {
            verifier.Error(this, "expected either an op attribute or a non-empty body");
        }
        else if (Body.First is { } block)
        {
            if (block.Arguments.Count != 2 || block.Arguments.Any(a => a.Type != Value.Type))
            {
                verifier.Error(this, "expected two region arguments of the operand's type");
            }
            else if (block.Last is not YieldOp { Values: [var yielded] } || yielded.Type != Value.Type)
            {
                verifier.Error(this, "expected one gpu.yield operand of the operand's type");
            }
        }
    }
}
