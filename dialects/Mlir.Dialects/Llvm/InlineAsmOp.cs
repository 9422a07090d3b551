using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>Instructions of the processor as text; several results come as a structure.</summary>
/// <example><code>%r = llvm.inline_asm has_side_effects asm_dialect = att "add.u32 $0, $1, 1;", "=r,r" %a : (i32) -> i32</code></example>
[Op("llvm.inline_asm")]
public sealed partial class InlineAsmOp : Operation, IMemoryEffects
{
    /// <summary>The operands, as the constraints name them.</summary>
    [Operand<LlvmValue>]
    public partial OperandList AsmOperands { get; }

    /// <summary>The text; <c>$0</c> is the first result or operand.</summary>
    [Attr(Name = "asm_string")]
    public partial string AsmString { get; }

    /// <summary>Where results and operands lie, in LLVM's letters.</summary>
    [Attr]
    public partial string Constraints { get; }

    /// <summary>Whether it does something besides computing its results.</summary>
    [Attr(Name = "has_side_effects")]
    public partial bool HasSideEffects { get; }

    /// <summary>Whether the stack is aligned for it.</summary>
    [Attr(Name = "is_align_stack")]
    public partial bool IsAlignStack { get; }

    /// <summary>How it is written.</summary>
    [Attr(Name = "asm_dialect", Type = "i64")]
    public partial AsmDialect? AsmDialect { get; }

    /// <summary>The result; absent where there is none.</summary>
    [Result<LlvmValue>]
    public partial OpResult? Res { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => HasSideEffects ? MemoryEffects.Read | MemoryEffects.Write : MemoryEffects.None;

    /// <summary>Parses <c>[has_side_effects] [is_align_stack] [asm_dialect = way] [{…}] "text", "constraints" operands : (types) -> type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        foreach (var flag in (ReadOnlySpan<string>)["has_side_effects", "is_align_stack"])
        {
            if (parser.TryConsume(flag))
            {
                state.SetAttribute(flag, UnitAttr.Instance);
            }
        }

        if (parser.TryConsume("asm_dialect"))
        {
            parser.Expect("=");
            state.SetAttribute("asm_dialect", IntegerAttr.Get(IntegerType.I64, (long)parser.ParseEnum<AsmDialect>()));
        }

        parser.ParseOptionalAttrDict(state);
        state.SetAttribute("asm_string", StringAttr.Get(parser.ParseString()));
        parser.Expect(",");
        state.SetAttribute("constraints", StringAttr.Get(parser.ParseString()));
        var operands = parser.ParseOperandList();
        parser.Expect(":");
        var at = parser.CurrentLocation;
        var signature = parser.ParseFunctionType();
        if (signature.Results.Count > 1)
        {
            throw parser.Error("expected at most one result", at);
        }

        parser.Resolve(operands, signature.Inputs, state);
        state.ResultTypes.AddRange(signature.Results);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(HasSideEffects ? " has_side_effects" : "");
        printer.Write(IsAlignStack ? " is_align_stack" : "");
        if (AsmDialect is { } dialect)
        {
            printer.Write($" asm_dialect = {EnumKeywords<AsmDialect>.ToText(dialect)}");
        }

        printer.WriteAttrDict(this, "asm_string", "constraints", "has_side_effects", "is_align_stack", "asm_dialect");
        printer.Write(' ');
        printer.WriteString(AsmString);
        printer.Write(", ");
        printer.WriteString(Constraints);
        printer.Write(' ');
        printer.WriteOperands(AsmOperands);
        printer.Write(" : ");
        printer.WriteFunctionalType([.. AsmOperands.Types], Res is null ? [] : [Res.Type]);
    }
}
