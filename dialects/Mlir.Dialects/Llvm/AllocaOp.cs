using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>Room on the stack for a number of values, freed when the function returns.</summary>
/// <example><code>%p = llvm.alloca %n x f64 {alignment = 8 : i64} : (i64) -> !llvm.ptr</code></example>
[Op("llvm.alloca")]
public sealed partial class AllocaOp : Operation, IMemoryEffects
{
    /// <summary>How many values.</summary>
    [Operand<LlvmScalarInteger>]
    public partial Value ArraySize { get; }

    /// <summary>The type of each value.</summary>
    [Attr(Name = "elem_type")]
    public partial IrType ElemType { get; }

    /// <summary>What the address is a multiple of, in bytes; by default the natural alignment of the type.</summary>
    [Attr]
    public partial long? Alignment { get; }

    /// <summary>Whether the room holds the arguments of a call.</summary>
    [Attr]
    public partial bool Inalloca { get; }

    /// <summary>The address.</summary>
    [Result<LlvmPointer>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Allocate;

    /// <summary>Parses <c>[inalloca] count x type [{…}] : (type) -> pointer</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        if (parser.TryConsume("inalloca"))
        {
            state.SetAttribute("inalloca", UnitAttr.Instance);
        }

        var count = parser.ParseOperand();
        parser.Expect("x");
        state.SetAttribute("elem_type", TypeAttr.Get(parser.ParseType()));
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        var at = parser.CurrentLocation;
        var signature = parser.ParseFunctionType();
        if (signature.Inputs.Count != 1 || signature.Results.Count != 1)
        {
            throw parser.Error("expected trailing function type with one argument and one result", at);
        }

        parser.Resolve(count, signature.Inputs[0], state);
        state.ResultTypes.Add(signature.Results[0]);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(Inalloca ? " inalloca " : " ");
        printer.WriteOperand(ArraySize);
        printer.Write(" x ");
        printer.WriteType(ElemType);
        printer.WriteAttrDict(this, "elem_type", "inalloca");
        printer.Write(" : ");
        printer.WriteFunctionalType([ArraySize.Type], [Res.Type]);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (!LlvmType.IsCompatible(ElemType) || ElemType is LlvmVoidType or LlvmFunctionType)
        {
            verifier.Error(this, $"values of type {ElemType} cannot lie in memory");
        }
    }
}
