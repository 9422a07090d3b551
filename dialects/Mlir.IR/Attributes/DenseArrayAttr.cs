using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>A flat list of numbers of one type, <c>array&lt;i64: 1, 2&gt;</c>: how operations keep static sizes and segments.</summary>
public sealed record DenseArrayAttr : IrAttribute
{
    private DenseArrayAttr(IrType elementType, EquatableArray<long> values) =>
        (ElementType, Values) = (elementType, values);

    /// <summary>The element type: <c>i1</c>, <c>i8</c>, <c>i16</c>, <c>i32</c>, <c>i64</c>, <c>f32</c> or <c>f64</c>.</summary>
    public IrType ElementType { get; }

    /// <summary>The integers, or the bit patterns of the floats.</summary>
    public EquatableArray<long> Values { get; }

    /// <summary>The list of <paramref name="values"/> (bit patterns for floats).</summary>
    public static DenseArrayAttr Get(IrType elementType, params ReadOnlySpan<long> values) =>
        Intern(new DenseArrayAttr(elementType, EquatableArray.Create(values)));

    /// <summary>A list of 64-bit integers.</summary>
    public static DenseArrayAttr I64(params ReadOnlySpan<long> values) => Get(IntegerType.I64, values);

    /// <summary>A list of 32-bit integers.</summary>
    public static DenseArrayAttr I32(params ReadOnlySpan<int> values)
    {
        var wide = new long[values.Length];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = values[i];
        }

        return Intern(new DenseArrayAttr(IntegerType.I32, EquatableArray.Wrap(wide)));
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer) => printer.WriteDenseArray(this);
}
