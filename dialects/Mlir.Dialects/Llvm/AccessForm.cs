using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>The parts of the custom forms of <c>llvm.load</c> and <c>llvm.store</c> that are alike.</summary>
internal static class AccessForm
{
    public static void ParseVolatile(AsmParser parser, OperationState state)
    {
        if (parser.TryConsume("volatile"))
        {
            state.SetAttribute("volatile_", UnitAttr.Instance);
        }
    }

    public static void ParseOrdering(AsmParser parser, OperationState state)
    {
        if (!parser.TryConsume("atomic"))
        {
            return;
        }

        if (parser.TryConsume("syncscope"))
        {
            parser.Expect("(");
            state.SetAttribute("syncscope", StringAttr.Get(parser.ParseString()));
            parser.Expect(")");
        }

        state.SetAttribute("ordering", IntegerAttr.Get(IntegerType.I64, (long)parser.ParseEnum<AtomicOrdering>()));
    }

    public static void PrintOrdering(AsmPrinter printer, AtomicOrdering ordering, string? scope)
    {
        if (ordering == AtomicOrdering.NotAtomic)
        {
            return;
        }

        printer.Write(" atomic ");
        if (scope is not null)
        {
            printer.Write("syncscope(");
            printer.WriteString(scope);
            printer.Write(") ");
        }

        printer.Write(EnumKeywords<AtomicOrdering>.ToText(ordering));
    }

    public static void Verify(
        Operation op,
        AtomicOrdering ordering,
        string? scope,
        IrType type,
        long? alignment,
        OpVerifier verifier
    )
    {
        if (alignment is { } a && (a <= 0 || (a & (a - 1)) != 0))
        {
            verifier.Error(op, $"alignment {a} is not a power of two");
        }

        if (!Enum.IsDefined(ordering))
        {
            verifier.Error(op, $"{(long)ordering} is not a memory ordering");
        }
        else if (ordering == AtomicOrdering.NotAtomic)
        {
            if (scope is not null)
            {
                verifier.Error(op, "expected syncscope to be null for non-atomic access");
            }
        }
        else if (type is not (IntegerType or FloatType or LlvmPointerType))
        {
            verifier.Error(op, $"unsupported type {type} for atomic access");
        }
        else if (alignment is null)
        {
            verifier.Error(op, "expected alignment for atomic access");
        }
    }
}
