using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>What the custom forms of calls share.</summary>
internal static class CallForm
{
    /// <summary>Prints the attributes but for <paramref name="elided"/>; fast-math flags only where some are set.</summary>
    public static void PrintAttributes(
        AsmPrinter printer,
        Operation op,
        FastmathFlags flags,
        params ReadOnlySpan<string> elided
    )
    {
        if (flags == FastmathFlags.None)
        {
            printer.WriteAttrDict(op, [.. elided, "fastmathFlags"]);
        }
        else
        {
            printer.WriteAttrDict(op, elided);
        }
    }
}
