using Mlir.Dialects.Llvm;
using Mlir.IR.Text;

namespace Mlir.Dialects.Nvvm;

/// <summary>A product of small matrices and its sum with a third one, spread over the warp.</summary>
/// <example><code>%d = nvvm.mma.sync A[%a] B[%b] C[%c0, %c1] {layoutA = …, layoutB = …, shape = …} : (f64, f64, f64) -> !llvm.struct&lt;(f64, f64)></code></example>
[Op("nvvm.mma.sync")]
public sealed partial class MmaOp : Operation, IPure, INvvmIntrinsic
{
    /// <summary>This lane's part of the left factor.</summary>
    [Operand<LlvmValue>]
    public partial OperandList OperandA { get; }

    /// <summary>This lane's part of the right factor.</summary>
    [Operand<LlvmValue>]
    public partial OperandList OperandB { get; }

    /// <summary>This lane's part of the addend.</summary>
    [Operand<LlvmValue>]
    public partial OperandList OperandC { get; }

    /// <summary>The sizes.</summary>
    [Attr]
    public partial MMAShapeAttr Shape { get; }

    /// <summary>How the left factor lies.</summary>
    [Attr(Name = "layoutA")]
    public partial MMALayout LayoutA { get; }

    /// <summary>How the right factor lies.</summary>
    [Attr(Name = "layoutB")]
    public partial MMALayout LayoutB { get; }

    /// <summary>The elements of the left factor.</summary>
    [Attr(Name = "multiplicandAPtxType")]
    public partial EnumAttr<MMATypes>? MultiplicandAPtxType { get; }

    /// <summary>The elements of the right factor.</summary>
    [Attr(Name = "multiplicandBPtxType")]
    public partial EnumAttr<MMATypes>? MultiplicandBPtxType { get; }

    /// <summary>This lane's part of the result.</summary>
    [Result<LlvmValue>]
    public partial OpResult Res { get; }

    /// <summary>The elements of the left factor, said or following from its type.</summary>
    public MMATypes? TypeA => MultiplicandAPtxType?.Value ?? Inferred(OperandA);

    /// <summary>The elements of the right factor, said or following from its type.</summary>
    public MMATypes? TypeB => MultiplicandBPtxType?.Value ?? Inferred(OperandB);

    private static MMATypes? Inferred(OperandList operands) =>
        operands.Count == 0 ? null
        : operands[0].Type is FloatType { Name: "f64" } ? MMATypes.F64
        : operands[0].Type is VectorType { ElementType: FloatType { Name: "f16" } } ? MMATypes.F16
        : null;

    /// <inheritdoc/>
    public string Intrinsic =>
        $"llvm.nvvm.mma.m{Shape.M}n{Shape.N}k{Shape.K}.{EnumKeywords<MMALayout>.ToText(LayoutA)}.{EnumKeywords<MMALayout>.ToText(LayoutB)}."
        + (TypeA is MMATypes.F16 ? "f32.f32" : EnumKeywords<MMATypes>.ToText(TypeA!.Value));

    /// <summary>Parses <c>A[…] B[…] C[…] [{…}] : (type, type, type) -> type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var factors = new List<List<UnresolvedOperand>>();
        foreach (var name in (ReadOnlySpan<string>)["A", "B", "C"])
        {
            parser.Expect(name);
            factors.Add(parser.ParseOperandList("[", "]"));
        }

        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        var at = parser.CurrentLocation;
        var signature = parser.ParseFunctionType();
        if (signature is not { Inputs.Count: 3, Results: [var result] })
        {
            throw parser.Error("expected three operand types and one result type", at);
        }

        for (var i = 0; i < 3; i++)
        {
            parser.Resolve(factors[i], signature.Inputs[i], state);
        }

        state.SetAttribute(
            "operandSegmentSizes",
            DenseArrayAttr.I32(factors[0].Count, factors[1].Count, factors[2].Count)
        );
        Infer(state, "multiplicandAPtxType", signature.Inputs[0]);
        Infer(state, "multiplicandBPtxType", signature.Inputs[1]);
        state.ResultTypes.Add(result);
    }

    private static void Infer(OperationState state, string name, IrType type)
    {
        if (!state.Attributes.Any(a => a.Name == name) && type is FloatType { Name: "f64" })
        {
            state.SetAttribute(name, EnumAttr<MMATypes>.Get(MMATypes.F64));
        }
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        PrintFactor(printer, " A[", OperandA);
        PrintFactor(printer, " B[", OperandB);
        PrintFactor(printer, " C[", OperandC);
        printer.WriteAttrDict(this, "operandSegmentSizes");
        printer.Write(" : (");
        printer.WriteTypes([OperandA[0].Type, OperandB[0].Type, OperandC[0].Type]);
        printer.Write(") -> ");
        printer.WriteType(Res.Type);
    }

    private static void PrintFactor(AsmPrinter printer, string open, OperandList operands)
    {
        printer.Write(open);
        printer.WriteOperands(operands);
        printer.Write(']');
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (OperandA.Count == 0 || OperandB.Count == 0 || OperandC.Count == 0)
        {
            verifier.Error(this, "expects a part of each factor and of the addend");
        }
        else if (TypeA is null || TypeB is null)
        {
            verifier.Error(
                this,
                "expects multiplicandAPtxType and multiplicandBPtxType where the types do not say them"
            );
        }
        else if (
            OperandA.Types.Distinct().Count() != 1
            || OperandB.Types.Distinct().Count() != 1
            || OperandC.Types.Distinct().Count() != 1
        )
        {
            verifier.Error(this, "expects the parts of a factor to be of one type");
        }
    }
}
