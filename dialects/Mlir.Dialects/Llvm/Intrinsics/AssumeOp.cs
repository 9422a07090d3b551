using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>A promise to the optimiser: a condition that holds, or facts in operand bundles.</summary>
/// <example><code>llvm.intr.assume %true ["align"(%p, %n : !llvm.ptr, i64)] : i1</code></example>
[Op("llvm.intr.assume")]
public sealed partial class AssumeOp : Operation, IMemoryEffects
{
    /// <summary>What holds.</summary>
    [Operand<LlvmI1>]
    public partial Value Cond { get; }

    /// <summary>The operands of all bundles.</summary>
    [Operand<LlvmValue>]
    public partial OperandList OpBundleOperands { get; }

    /// <summary>How many operands each bundle has.</summary>
    [Attr(Name = "op_bundle_sizes")]
    public partial DenseArrayAttr OpBundleSizes { get; }

    /// <summary>The name of each bundle.</summary>
    [Attr(Name = "op_bundle_tags")]
    public partial ArrayAttr? OpBundleTags { get; }

    /// <summary>The promise that <paramref name="condition"/> holds.</summary>
    public AssumeOp(Location location, Value condition)
        : this(location, condition, [], OperandBundles.None) { }

    /// <summary>The promise that <paramref name="pointer"/> is a multiple of <paramref name="alignment"/> bytes; <paramref name="condition"/> is the constant true.</summary>
    public static AssumeOp Aligned(Location location, Value condition, Value pointer, Value alignment) =>
        new(location, condition, [pointer, alignment], DenseArrayAttr.I32(2), ArrayAttr.Get(StringAttr.Get("align")));

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Write;

    /// <summary>Parses <c>condition [bundles] : i1 [{…}]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var condition = parser.ParseOperand();
        var bundled = new OperationState(state.Definition, state.Location);
        OperandBundles.Parse(parser, bundled);
        parser.Expect(":");
        parser.Resolve(condition, parser.ParseType(), state);
        state.Operands.AddRange(bundled.Operands);
        state.Attributes.AddRange(bundled.Attributes);
        parser.ParseOptionalAttrDict(state);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperand(Cond);
        OperandBundles.Print(printer, OpBundleOperands, OpBundleSizes, OpBundleTags);
        printer.Write(" : ");
        printer.WriteType(Cond.Type);
        printer.WriteAttrDict(this, "op_bundle_sizes", "op_bundle_tags");
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) =>
        OperandBundles.Verify(this, OpBundleOperands, OpBundleSizes, OpBundleTags, verifier);
}
