using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>One of a dialect's named cases as a constant; prints as <c>#dialect.name&lt;case&gt;</c> or
/// <c>#dialect&lt;name case&gt;</c> where no format says otherwise.</summary>
/// <typeparam name="T">The enumeration; its members carry MLIR's keywords by <see cref="KeywordAttribute"/>.</typeparam>
public sealed record EnumAttr<T> : IrAttribute
    where T : struct, Enum
{
    private EnumAttr(T value) => Value = value;

    /// <summary>The case, or the combination of cases of a flags enumeration.</summary>
    public T Value { get; }

    /// <summary>The attribute for <paramref name="value"/>.</summary>
    public static EnumAttr<T> Get(T value) => Intern(new EnumAttr<T>(value));

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(EnumKeywords<T>.Prefix);
        printer.Write(EnumKeywords<T>.Prefix.Contains('<') ? ' ' : '<');
        printer.Write(EnumKeywords<T>.ToText(Value));
        printer.Write('>');
    }
}
