using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>A value held in vector registers, <c>vector&lt;8xf32&gt;</c>; scalable dimensions print in brackets.</summary>
public sealed record VectorType : ShapedType
{
    private VectorType(EquatableArray<long> shape, IrType elementType, EquatableArray<bool> scalable)
        : base(elementType) => (Shape, ScalableDims) = (shape, scalable);

    /// <summary>Which dimensions are multiples of the hardware's vector length; empty when none is.</summary>
    public EquatableArray<bool> ScalableDims { get; }

    /// <summary>The vector type of a static <paramref name="shape"/>.</summary>
    public static VectorType Get(
        ReadOnlySpan<long> shape,
        IrType elementType,
        ReadOnlySpan<bool> scalableDims = default
    ) =>
        Intern(
            new VectorType(
                EquatableArray.Create(shape),
                elementType,
                scalableDims.Contains(true) ? EquatableArray.Create(scalableDims) : []
            )
        );

    /// <inheritdoc/>
    public override ShapedType With(ReadOnlySpan<long> shape, IrType elementType) =>
        Get(shape, elementType, shape.Length == ScalableDims.Count ? ScalableDims.Span : default);

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write("vector<");
        for (var i = 0; i < Rank; i++)
        {
            var scalable = !ScalableDims.IsEmpty && ScalableDims[i];
            printer.Write(scalable ? "[" : "");
            printer.Write(Shape[i]);
            printer.Write(scalable ? "]x" : "x");
        }

        printer.WriteType(ElementType);
        printer.Write('>');
    }
}
