using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>
/// A structure: literal, <c>!llvm.struct&lt;(i32, ptr)&gt;</c>, or identified by a name, <c>!llvm.struct&lt;"node", (i32, ptr)&gt;</c>; an
/// identified one may be opaque.
/// </summary>
public sealed record LlvmStructType : LlvmType
{
    private LlvmStructType(string? name, EquatableArray<IrType> elements, bool isPacked, bool isOpaque) =>
        (Name, Elements, IsPacked, IsOpaque) = (name, elements, isPacked, isOpaque);

    /// <summary>The name of an identified structure; null for a literal one.</summary>
    public string? Name { get; }

    /// <summary>The types of the fields.</summary>
    public EquatableArray<IrType> Elements { get; }

    /// <summary>Whether the fields lie without padding.</summary>
    public bool IsPacked { get; }

    /// <summary>Whether the fields are unknown.</summary>
    public bool IsOpaque { get; }

    /// <summary>The literal structure of <paramref name="elements"/>.</summary>
    public static LlvmStructType Get(ReadOnlySpan<IrType> elements, bool isPacked = false) =>
        Intern(new LlvmStructType(null, EquatableArray.Create(elements), isPacked, false));

    /// <summary>The structure <paramref name="name"/> with the fields <paramref name="elements"/>.</summary>
    public static LlvmStructType GetIdentified(string name, ReadOnlySpan<IrType> elements, bool isPacked = false) =>
        Intern(new LlvmStructType(name, EquatableArray.Create(elements), isPacked, false));

    /// <summary>The structure <paramref name="name"/>, of which only the name is known.</summary>
    public static LlvmStructType GetOpaque(string name) => Intern(new LlvmStructType(name, [], false, true));

    /// <inheritdoc/>
    public override void PrintBody(AsmPrinter printer)
    {
        printer.Write("struct<");
        if (Name is not null)
        {
            printer.WriteString(Name);
            printer.Write(", ");
        }

        if (IsOpaque)
        {
            printer.Write("opaque>");
            return;
        }

        printer.Write(IsPacked ? "packed (" : "(");
        PrintNested(printer, Elements);
        printer.Write(")>");
    }
}
