using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>The type of a function, <c>!llvm.func&lt;i32 (ptr, ...)&gt;</c>.</summary>
public sealed record LlvmFunctionType : LlvmType
{
    private LlvmFunctionType(IrType returnType, EquatableArray<IrType> parameters, bool isVarArg) =>
        (ReturnType, Parameters, IsVarArg) = (returnType, parameters, isVarArg);

    /// <summary>The type of the result, <see cref="LlvmVoidType"/> for none.</summary>
    public IrType ReturnType { get; }

    /// <summary>The types of the parameters.</summary>
    public EquatableArray<IrType> Parameters { get; }

    /// <summary>Whether more arguments may follow.</summary>
    public bool IsVarArg { get; }

    /// <summary>The type of functions from <paramref name="parameters"/> to <paramref name="returnType"/>.</summary>
    public static LlvmFunctionType Get(IrType returnType, ReadOnlySpan<IrType> parameters, bool isVarArg = false) =>
        Intern(new LlvmFunctionType(returnType, EquatableArray.Create(parameters), isVarArg));

    /// <inheritdoc/>
    public override void PrintBody(AsmPrinter printer)
    {
        printer.Write("func<");
        PrintNested(printer, ReturnType);
        printer.Write(" (");
        PrintNested(printer, Parameters);
        printer.Write(
            !IsVarArg ? ""
            : Parameters.IsEmpty ? "..."
            : ", ..."
        );
        printer.Write(")>");
    }
}
