using Mlir.IR.Text;

namespace Mlir.Dialects.Flow;

/// <summary>A value of the host language, known by the name of its type: <c>!flow.data&lt;"Tensor&lt;double&gt;"&gt;</c>.</summary>
public sealed record DataType : IrType
{
    private DataType(string name) => Name = name;

    /// <summary>The type's name as the host language writes it.</summary>
    public string Name { get; }

    /// <summary>The type of this name.</summary>
    public static DataType Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Intern(new DataType(name));
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write("!flow.data<");
        printer.WriteString(Name);
        printer.Write('>');
    }
}
