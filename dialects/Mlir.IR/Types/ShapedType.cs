namespace Mlir.IR;

/// <summary>A type with an element type and, when ranked, a shape: tensors, vectors and memrefs.</summary>
public abstract record ShapedType : IrType
{
    /// <summary>Stands for a size that is known only at run time; MLIR prints it as <c>?</c>.</summary>
    public const long Dynamic = long.MinValue;

    private protected ShapedType(IrType elementType) => ElementType = elementType;

    /// <summary>The type of one element.</summary>
    public IrType ElementType { get; }

    /// <summary>Whether the number of dimensions is known.</summary>
    public virtual bool HasRank => true;

    /// <summary>The sizes, <see cref="Dynamic"/> where unknown; empty when <see cref="HasRank"/> is false.</summary>
    public EquatableArray<long> Shape { get; private protected init; }

    /// <summary>The number of dimensions; 0 when unranked.</summary>
    public int Rank => Shape.Count;

    /// <summary>Whether the rank and every size are known.</summary>
    public bool HasStaticShape => HasRank && !Shape.Span.Contains(Dynamic);

    /// <summary>How many sizes are known only at run time.</summary>
    public int DynamicDimCount => Shape.Span.Count(Dynamic);

    /// <summary>Whether the size of dimension <paramref name="dim"/> is known only at run time.</summary>
    public bool IsDynamicDim(int dim) => Shape[dim] == Dynamic;

    /// <summary>The number of elements of a static shape.</summary>
    /// <exception cref="InvalidOperationException">A size is dynamic.</exception>
    /// <exception cref="OverflowException">The product exceeds 64 bits.</exception>
    public long ElementCount
    {
        get
        {
            if (!HasStaticShape)
            {
                throw new InvalidOperationException($"{this} has no static shape");
            }

            var count = 1L;
            foreach (var size in Shape)
            {
                count = checked(count * size);
            }

            return count;
        }
    }

    /// <summary>The same kind of type with another shape and element type (a ranked one for an unranked one).</summary>
    public abstract ShapedType With(ReadOnlySpan<long> shape, IrType elementType);
}
