using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>An array in memory as separate values of LLVM.</summary>
/// <param name="Type">Its type; what it knows has no value here.</param>
/// <param name="Base">The address that the offset counts from.</param>
/// <param name="Offset">The offset in elements; null when the type knows it.</param>
/// <param name="Sizes">The size of each dimension; null where the type knows it.</param>
/// <param name="Strides">The stride of each dimension in elements; null where it follows from the type and the sizes.</param>
internal sealed record MemRefValue(MemRefType Type, Value Base, Value? Offset, Value?[] Sizes, Value?[] Strides)
{
    /// <summary>Puts together what was taken apart into single values.</summary>
    public static MemRefValue Unflatten(MemRefType type, ReadOnlySpan<Value> parts, ref int at)
    {
        var layout = type.StridesAndOffset!.Value;
        var address = parts[at++];
        var offset = layout.Offset == ShapedType.Dynamic ? parts[at++] : null;
        var sizes = new Value?[type.Rank];
        for (var i = 0; i < type.Rank; i++)
        {
            sizes[i] = type.IsDynamicDim(i) ? parts[at++] : null;
        }

        var strides = new Value?[type.Rank];
        for (var i = 0; i < type.Rank && type.Layout is not null; i++)
        {
            strides[i] = layout.Strides[i] == ShapedType.Dynamic ? parts[at++] : null;
        }

        return new MemRefValue(type, address, offset, sizes, strides);
    }
}
