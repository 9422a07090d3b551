namespace Mlir.Dialects;

/// <summary>An operation on a part of an array, given by an offset, a size and a stride for each dimension.</summary>
public interface ISlice
{
    /// <summary>The offsets that are values.</summary>
    OperandList Offsets { get; }

    /// <summary>The sizes that are values.</summary>
    OperandList Sizes { get; }

    /// <summary>The strides that are values.</summary>
    OperandList Strides { get; }

    /// <summary>The offsets, <see cref="ShapedType.Dynamic"/> for those in <see cref="Offsets"/>.</summary>
    DenseArrayAttr StaticOffsets { get; }

    /// <summary>The sizes, <see cref="ShapedType.Dynamic"/> for those in <see cref="Sizes"/>.</summary>
    DenseArrayAttr StaticSizes { get; }

    /// <summary>The strides, <see cref="ShapedType.Dynamic"/> for those in <see cref="Strides"/>.</summary>
    DenseArrayAttr StaticStrides { get; }
}
