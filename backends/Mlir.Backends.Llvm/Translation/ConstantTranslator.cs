using Mlir.Backends.Llvm.Interop;
using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>Constant attributes → LLVM's constants, bit for bit.</summary>
internal sealed unsafe class ConstantTranslator(LLVMContextRef context, TypeTranslator types)
{
    /// <summary>The constant of the given type, or null when the attribute is none.</summary>
    public LLVMValueRef? Translate(IrAttribute value, IrType type)
    {
        var llvm = types.Translate(type);
        switch (value)
        {
            case IntegerAttr integer when type is IntegerType:
                return Integer(llvm, integer.Bits);
            case FloatAttr number when type is FloatType format:
                return Float(llvm, format, number.Bits);
            case IntegerAttr integer when type is FloatType format:
                return Float(llvm, format, integer.Bits);
            case FloatAttr number when type is IntegerType:
                return Integer(llvm, number.Bits);
            case DenseElementsAttr dense:
                return Dense(dense, type, 0, dense.IsSplat ? 1 : dense.ShapedType.ElementCount);
            case StringAttr text when type is LlvmArrayType { ElementType: IntegerType { Width: 8 } }:
                return Text(text.Value);
            case ArrayAttr array when type is LlvmStructType structure && structure.Elements.Count == array.Items.Count:
                return Struct(array, structure);
            case ArrayAttr array when type is LlvmArrayType element && element.Count == array.Items.Count:
                return Array(array, element);
            case IntegerAttr or FloatAttr when type is VectorType vector:
                return Translate(value, vector.ElementType) is { } lane ? Splat(lane, vector.Shape[0]) : null;
            default:
                return null;
        }
    }

    /// <summary>An integer constant from its bits.</summary>
    public static LLVMValueRef Integer(LLVMTypeRef type, UInt128 bits)
    {
        if (bits <= ulong.MaxValue)
        {
            return LLVM.LLVMConstInt(type, (ulong)bits, 0);
        }

        var words = stackalloc ulong[2] { (ulong)bits, (ulong)(bits >> 64) };
        return LLVM.LLVMConstIntOfArbitraryPrecision(type, 2, words);
    }

    /// <summary>A vector of equal lanes.</summary>
    public static LLVMValueRef Splat(LLVMValueRef lane, long count)
    {
        var lanes = new LLVMValueRef[checked((int)count)];
        System.Array.Fill(lanes, lane);
        fixed (LLVMValueRef* first = lanes)
        {
            return LLVM.LLVMConstVector(first, (uint)lanes.Length);
        }
    }

    /// <summary>Through the bits: LLVM's own constructor takes a double, which loses the payload of a narrow NaN.</summary>
    private LLVMValueRef Float(LLVMTypeRef type, FloatType format, UInt128 bits) =>
        LLVM.LLVMConstBitCast(Integer(LLVM.LLVMIntTypeInContext(context, (uint)format.Width), bits), type);

    /// <summary>The part of a dense constant that starts at element <paramref name="start"/>, nested as the type is.</summary>
    private LLVMValueRef? Dense(DenseElementsAttr dense, IrType type, long start, long count)
    {
        var (element, length) = type switch
        {
            LlvmArrayType array => (array.ElementType, (long)array.Count),
            VectorType { Rank: 1, ScalableDims.IsEmpty: true } vector => (vector.ElementType, vector.Shape[0]),
            _ => (null, 0),
        };
        if (element is null)
        {
            return Translate(dense.GetElement(start), type);
        }

        if (length == 0)
        {
            return LLVM.LLVMConstNull(types.Translate(type));
        }

        var items = new LLVMValueRef[checked((int)length)];
        var stride = dense.IsSplat ? 0 : count / length;
        for (var i = 0; i < items.Length; i++)
        {
            if (dense.IsSplat && i > 0)
            {
                items[i] = items[0];
            }
            else if (Dense(dense, element, start + (i * stride), stride) is { } item)
            {
                items[i] = item;
            }
            else
            {
                return null;
            }
        }

        fixed (LLVMValueRef* first = items)
        {
            return type is VectorType
                ? LLVM.LLVMConstVector(first, (uint)items.Length)
                : LLVM.LLVMConstArray2(types.Translate(element), first, (ulong)items.Length);
        }
    }

    private LLVMValueRef Text(string value)
    {
        // Each char stands for a byte where MLIR escaped one; anything above is UTF-8.
        var bytes = value.All(static c => c < 256)
            ? System.Text.Encoding.Latin1.GetBytes(value)
            : System.Text.Encoding.UTF8.GetBytes(value);
        fixed (byte* first = bytes)
        {
            return LLVM.LLVMConstStringInContext(context, first, (uint)bytes.Length, 1);
        }
    }

    private LLVMValueRef? Struct(ArrayAttr array, LlvmStructType type)
    {
        var items = new LLVMValueRef[array.Items.Count];
        for (var i = 0; i < items.Length; i++)
        {
            if (Translate(array.Items[i], type.Elements[i]) is not { } item)
            {
                return null;
            }

            items[i] = item;
        }

        fixed (LLVMValueRef* first = items)
        {
            return LLVM.LLVMConstStructInContext(context, first, (uint)items.Length, type.IsPacked ? 1 : 0);
        }
    }

    private LLVMValueRef? Array(ArrayAttr array, LlvmArrayType type)
    {
        var items = new LLVMValueRef[array.Items.Count];
        for (var i = 0; i < items.Length; i++)
        {
            if (Translate(array.Items[i], type.ElementType) is not { } item)
            {
                return null;
            }

            items[i] = item;
        }

        fixed (LLVMValueRef* first = items)
        {
            return LLVM.LLVMConstArray2(types.Translate(type.ElementType), first, (ulong)items.Length);
        }
    }
}
