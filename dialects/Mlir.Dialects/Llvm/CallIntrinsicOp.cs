using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>Calls an intrinsic of LLVM that has no operation of its own, by its name.</summary>
/// <example><code>%i = llvm.call_intrinsic "llvm.fptosi.sat"(%x) : (f64) -> i32</code></example>
[Op("llvm.call_intrinsic")]
public sealed partial class CallIntrinsicOp : Operation, IMemoryEffects
{
    /// <summary>The arguments.</summary>
    [Operand<LlvmValue>]
    public partial OperandList Args { get; }

    /// <summary>The operands of all bundles.</summary>
    [Operand<LlvmValue>]
    public partial OperandList OpBundleOperands { get; }

    /// <summary>The intrinsic's name, without the part that names types.</summary>
    [Attr]
    public partial string Intrin { get; }

    /// <summary>How many operands each bundle has.</summary>
    [Attr(Name = "op_bundle_sizes")]
    public partial DenseArrayAttr OpBundleSizes { get; }

    /// <summary>The name of each bundle.</summary>
    [Attr(Name = "op_bundle_tags")]
    public partial ArrayAttr? OpBundleTags { get; }

    /// <summary>What the intrinsic may assume or give up.</summary>
    [Attr(Default = "FastmathFlags.None")]
    public partial FastmathFlags FastmathFlags { get; }

    /// <summary>The result; absent for an intrinsic that returns none.</summary>
    [Result<LlvmValue>]
    public partial OpResult? Res { get; }

    /// <summary>A call of <paramref name="intrinsic"/> that returns a value of type <paramref name="result"/>.</summary>
    public CallIntrinsicOp(Location location, string intrinsic, IrType? result, params ReadOnlySpan<Value> arguments)
        : this(location, arguments, [], intrinsic, OperandBundles.None, result) { }

    /// <inheritdoc/>
    public MemoryEffects Effects => IsPure ? MemoryEffects.None : MemoryEffects.Read | MemoryEffects.Write;

    private bool IsPure => Intrin is "llvm.fptosi.sat" or "llvm.fptoui.sat";

    /// <summary>Parses <c>"name"(arguments) [bundles] [{…}] : (types) -> type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        state.SetAttribute("intrin", StringAttr.Get(parser.ParseString()));
        var arguments = parser.ParseOperandList("(", ")");
        var bundled = new OperationState(state.Definition, state.Location);
        var extra = OperandBundles.Parse(parser, bundled);
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        var at = parser.CurrentLocation;
        var signature = parser.ParseFunctionType();
        if (signature.Results.Count > 1)
        {
            throw parser.Error("expected at most one result", at);
        }

        parser.Resolve(arguments, signature.Inputs, state);
        state.Operands.AddRange(bundled.Operands);
        state.Attributes.AddRange(bundled.Attributes);
        state.SetAttribute("operandSegmentSizes", DenseArrayAttr.I32(arguments.Count, extra));
        state.ResultTypes.AddRange(signature.Results);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteString(Intrin);
        printer.Write('(');
        printer.WriteOperands(Args);
        printer.Write(')');
        OperandBundles.Print(printer, OpBundleOperands, OpBundleSizes, OpBundleTags);
        CallForm.PrintAttributes(
            printer,
            this,
            FastmathFlags,
            "intrin",
            "op_bundle_sizes",
            "op_bundle_tags",
            "operandSegmentSizes"
        );
        printer.Write(" : ");
        printer.WriteFunctionalType([.. Args.Types], Res is null ? [] : [Res.Type]);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        OperandBundles.Verify(this, OpBundleOperands, OpBundleSizes, OpBundleTags, verifier);
        if (!Intrin.StartsWith("llvm.", StringComparison.Ordinal))
        {
            verifier.Error(this, "intrinsic name must start with 'llvm.'");
        }
    }
}
