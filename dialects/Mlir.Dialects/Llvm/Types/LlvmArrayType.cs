using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>A fixed number of values of one type, <c>!llvm.array&lt;4 x f32&gt;</c>.</summary>
public sealed record LlvmArrayType : LlvmType
{
    private LlvmArrayType(IrType elementType, long count) => (ElementType, Count) = (elementType, count);

    /// <summary>The type of each element.</summary>
    public IrType ElementType { get; }

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    /// <summary>The array of <paramref name="count"/> elements.</summary>
    public static LlvmArrayType Get(IrType elementType, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Intern(new LlvmArrayType(elementType, count));
    }

    /// <inheritdoc/>
    public override void PrintBody(AsmPrinter printer)
    {
        printer.Write("array<");
        printer.Write(Count);
        printer.Write(" x ");
        PrintNested(printer, ElementType);
        printer.Write('>');
    }
}
