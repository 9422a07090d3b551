using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>A type that LLVM IR has and builtin MLIR lacks. Inside another such type it prints without <c>!llvm.</c>.</summary>
public abstract record LlvmType : IrType
{
    private protected LlvmType() { }

    /// <summary>Whether values of <paramref name="type"/> exist in LLVM IR: signless integers, floats, vectors of these, pointers and aggregates.</summary>
    public static bool IsCompatible(IrType type) =>
        type switch
        {
            IntegerType i => i.Signedness == Signedness.Signless && i.Width > 0,
            FloatType f => f.Name is "f16" or "bf16" or "f32" or "f64" or "f80" or "f128",
            VectorType v => v.Rank == 1
                && (
                    v.ElementType is LlvmPointerType
                    || (v.ElementType is IntegerType or FloatType && IsCompatible(v.ElementType))
                ),
            LlvmType => true,
            _ => false,
        };

    /// <summary>Prints what follows <c>!llvm.</c>.</summary>
    public abstract void PrintBody(AsmPrinter printer);

    /// <inheritdoc/>
    public sealed override void Print(AsmPrinter printer)
    {
        printer.Write("!llvm.");
        PrintBody(printer);
    }

    private protected static void PrintNested(AsmPrinter printer, IrType type)
    {
        if (type is LlvmType nested)
        {
            nested.PrintBody(printer);
        }
        else
        {
            printer.WriteType(type);
        }
    }

    private protected static void PrintNested(AsmPrinter printer, EquatableArray<IrType> types)
    {
        for (var i = 0; i < types.Count; i++)
        {
            printer.Write(i == 0 ? "" : ", ");
            PrintNested(printer, types[i]);
        }
    }
}
