using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>The keywords before the name of a function or global.</summary>
internal static class SymbolForm
{
    public static void ParseLinkage(AsmParser parser, OperationState state)
    {
        foreach (var linkage in Enum.GetValues<Linkage>())
        {
            if (parser.TryConsume(EnumKeywords<Linkage>.ToText(linkage)))
            {
                state.SetAttribute("linkage", EnumAttr<Linkage>.Get(linkage));
                return;
            }
        }
    }

    public static void ParseVisibility(AsmParser parser, OperationState state)
    {
        foreach (var visibility in (ReadOnlySpan<Visibility>)[Visibility.Hidden, Visibility.Protected])
        {
            if (parser.TryConsume(EnumKeywords<Visibility>.ToText(visibility)))
            {
                state.SetAttribute("visibility_", IntegerAttr.Get(IntegerType.I64, (long)visibility));
                return;
            }
        }
    }

    public static void ParseUnnamedAddr(AsmParser parser, OperationState state)
    {
        foreach (var address in (ReadOnlySpan<UnnamedAddr>)[UnnamedAddr.Local, UnnamedAddr.Global])
        {
            if (parser.TryConsume(EnumKeywords<UnnamedAddr>.ToText(address)))
            {
                state.SetAttribute("unnamed_addr", IntegerAttr.Get(IntegerType.I64, (long)address));
                return;
            }
        }
    }

    /// <summary>Prints the keyword of <paramref name="value"/> and a space, unless it is the usual one.</summary>
    public static void Print<T>(AsmPrinter printer, T value, T usual)
        where T : struct, Enum
    {
        if (!EqualityComparer<T>.Default.Equals(value, usual))
        {
            printer.Write(EnumKeywords<T>.ToText(value));
            printer.Write(' ');
        }
    }
}
