using Mlir.Dialects.Gpu;
using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// Which LLVM types stand for a type. An array in memory is not a structure but separate values: its address and whatever its type leaves
/// open of offset, sizes and strides; so LLVM sees plain scalars.
/// </summary>
internal static class LlvmTypes
{
    /// <summary>A pointer.</summary>
    public static readonly LlvmPointerType Pointer = LlvmPointerType.Default;

    /// <summary>A pointer to memory that all threads of a GPU share: every GPU of LLVM's gives it this number.</summary>
    public static readonly LlvmPointerType GlobalPointer = LlvmPointerType.Get(1);

    /// <summary>A pointer to memory that the threads of a block share.</summary>
    public static readonly LlvmPointerType WorkgroupPointer = LlvmPointerType.Get(3);

    /// <summary>The type of one value of <paramref name="type"/>; null when it is no scalar or vector of LLVM.</summary>
    public static IrType? Scalar(IrType type) =>
        type switch
        {
            IndexType => IntegerType.I64,
            IntegerType or FloatType => LlvmType.IsCompatible(type) ? type : null,
            VectorType { Rank: 1 } vector => Scalar(vector.ElementType) is { } element
                ? element == vector.ElementType
                    ? vector
                    : vector.With(vector.Shape.Span, element)
                : null,
            LlvmType => type,
            _ => null,
        };

    /// <summary>How an element lies in memory: a truth value takes a byte.</summary>
    public static IrType Memory(IrType scalar) =>
        scalar switch
        {
            IntegerType { Width: 1 } => IntegerType.I8,
            VectorType { ElementType: IntegerType { Width: 1 } } vector => vector.With(
                vector.Shape.Span,
                IntegerType.I8
            ),
            _ => scalar,
        };

    /// <summary>Appends the types that stand for <paramref name="type"/>.</summary>
    /// <exception cref="ConversionException">None do.</exception>
    public static void Flatten(IrType type, List<IrType> types, Operation at)
    {
        if (type is not MemRefType memref)
        {
            types.Add(Scalar(type) ?? throw ConversionException.For(at, $"LLVM has no type for {type}"));
            return;
        }

        if (memref.StridesAndOffset is not { } layout || Scalar(memref.ElementType) is null)
        {
            throw ConversionException.For(
                at,
                $"arrays of type {memref} have no strided layout or no element type of LLVM"
            );
        }

        types.Add(PointerTo(memref));
        var count =
            (layout.Offset == ShapedType.Dynamic ? 1 : 0)
            + memref.DynamicDimCount
            + (memref.Layout is null ? 0 : layout.Strides.Span.Count(ShapedType.Dynamic));
        for (var i = 0; i < count; i++)
        {
            types.Add(IntegerType.I64);
        }
    }

    /// <summary>The pointer type for the memory space of <paramref name="type"/>.</summary>
    public static LlvmPointerType PointerTo(MemRefType type) =>
        type.MemorySpace switch
        {
            IntegerAttr { Int64: > 0 and <= int.MaxValue } space => LlvmPointerType.Get((int)space.Int64),
            EnumAttr<AddressSpace> { Value: AddressSpace.Global } => GlobalPointer,
            EnumAttr<AddressSpace> { Value: AddressSpace.Workgroup } => WorkgroupPointer,
            _ => Pointer,
        };

    /// <summary>The bytes that an element takes in memory.</summary>
    public static int SizeOf(IrType element) =>
        element switch
        {
            VectorType vector => checked((int)vector.ElementCount) * SizeOf(vector.ElementType),
            _ => DenseElementsAttr.ElementSize(element),
        };

    /// <summary>The one type that a function returns for these parts of its results.</summary>
    public static IrType Packed(List<IrType> parts) =>
        parts.Count switch
        {
            0 => LlvmVoidType.Instance,
            1 => parts[0],
            _ => LlvmStructType.Get(parts.ToArray()),
        };
}
