using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>An address of anything, <c>!llvm.ptr</c>, or of a numbered address space, <c>!llvm.ptr&lt;3&gt;</c>.</summary>
public sealed record LlvmPointerType : LlvmType
{
    private LlvmPointerType(int addressSpace) => AddressSpace = addressSpace;

    /// <summary>A pointer into the default address space.</summary>
    public static LlvmPointerType Default { get; } = new(0);

    /// <summary>The address space; 0 is the default one.</summary>
    public int AddressSpace { get; }

    /// <summary>The pointer type of <paramref name="addressSpace"/>.</summary>
    public static LlvmPointerType Get(int addressSpace = 0) =>
        addressSpace == 0 ? Default : Intern(new LlvmPointerType(addressSpace));

    /// <inheritdoc/>
    public override void PrintBody(AsmPrinter printer)
    {
        printer.Write("ptr");
        if (AddressSpace != 0)
        {
            printer.Write('<');
            printer.Write(AddressSpace);
            printer.Write('>');
        }
    }
}
