using Mlir.Backends.Llvm.Interop;
using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>Types of the <c>llvm</c> dialect → LLVM's types, each made once a module.</summary>
internal sealed unsafe class TypeTranslator(LLVMContextRef context)
{
    private readonly HandleMap known = new();

    /// <summary>The type that functions without results return.</summary>
    public LLVMTypeRef Void { get; } = LLVM.LLVMVoidTypeInContext(context);

    /// <summary>The type of conditions.</summary>
    public LLVMTypeRef I1 { get; } = LLVM.LLVMIntTypeInContext(context, 1);

    /// <summary>The type of vector indices and counts.</summary>
    public LLVMTypeRef I32 { get; } = LLVM.LLVMIntTypeInContext(context, 32);

    /// <summary>LLVM's type for a type of the dialect.</summary>
    /// <exception cref="NotSupportedException">It is no type of the target level.</exception>
    public LLVMTypeRef Translate(IrType type)
    {
        if (known.Find(type) is not 0 and var handle)
        {
            return new LLVMTypeRef(handle);
        }

        var translated = Make(type);
        known.Set(type, translated.Value);
        return translated;
    }

    /// <summary>LLVM's function type.</summary>
    public LLVMTypeRef TranslateFunction(LlvmFunctionType type)
    {
        var parameters = stackalloc LLVMTypeRef[type.Parameters.Count];
        for (var i = 0; i < type.Parameters.Count; i++)
        {
            parameters[i] = Translate(type.Parameters[i]);
        }

        return LLVM.LLVMFunctionType(
            Translate(type.ReturnType),
            parameters,
            (uint)type.Parameters.Count,
            type.IsVarArg ? 1 : 0
        );
    }

    private LLVMTypeRef Make(IrType type) =>
        type switch
        {
            IntegerType integer => LLVM.LLVMIntTypeInContext(context, (uint)integer.Width),
            FloatType { Name: "f16" } => LLVM.LLVMHalfTypeInContext(context),
            FloatType { Name: "bf16" } => LLVM.LLVMBFloatTypeInContext(context),
            FloatType { Name: "f32" } => LLVM.LLVMFloatTypeInContext(context),
            FloatType { Name: "f64" } => LLVM.LLVMDoubleTypeInContext(context),
            FloatType { Name: "f80" } => LLVM.LLVMX86FP80TypeInContext(context),
            FloatType { Name: "f128" } => LLVM.LLVMFP128TypeInContext(context),
            VectorType { Rank: 1, ScalableDims.IsEmpty: true } vector => LLVM.LLVMVectorType(
                Translate(vector.ElementType),
                checked((uint)vector.Shape[0])
            ),
            VectorType { Rank: 1 } vector => LLVM.LLVMScalableVectorType(
                Translate(vector.ElementType),
                checked((uint)vector.Shape[0])
            ),
            LlvmPointerType pointer => LLVM.LLVMPointerTypeInContext(context, (uint)pointer.AddressSpace),
            LlvmArrayType array => LLVM.LLVMArrayType2(Translate(array.ElementType), (ulong)array.Count),
            LlvmStructType structure => MakeStruct(structure),
            LlvmFunctionType function => TranslateFunction(function),
            LlvmVoidType => Void,
            _ => throw new NotSupportedException($"'{type}' is no type of the llvm dialect"),
        };

    private LLVMTypeRef MakeStruct(LlvmStructType type)
    {
        var elements = new LLVMTypeRef[type.Elements.Count];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = Translate(type.Elements[i]);
        }

        fixed (LLVMTypeRef* first = elements)
        {
            return LLVM.LLVMStructTypeInContext(context, first, (uint)elements.Length, type.IsPacked ? 1 : 0);
        }
    }
}
