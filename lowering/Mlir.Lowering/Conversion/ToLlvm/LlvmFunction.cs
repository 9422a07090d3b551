using Mlir.Dialects.Func;
using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>How one function appears in LLVM: as what, with which parameters, and whether it needs the caller's frame.</summary>
/// <param name="Source">The function.</param>
/// <param name="NeedsFrame">Whether it can fail, allocates or uses threads; it then takes the frame as its last parameter.</param>
internal sealed record LlvmFunction(FuncOp Source, bool NeedsFrame)
{
    /// <summary>The function of LLVM.</summary>
    public required LLVMFuncOp Target { get; init; }

    /// <summary>The types that stand for all results.</summary>
    public required List<IrType> ResultTypes { get; init; }

    /// <summary>The function with the C signature <c>void (ptr context, i64 begin, i64 end)</c> that threads call; made when needed.</summary>
    public LLVMFuncOp? Thunk { get; set; }

    /// <summary>Declares <paramref name="function"/> in LLVM.</summary>
    /// <param name="function">The function.</param>
    /// <param name="needsFrame">Whether it needs the caller's frame.</param>
    /// <param name="noAlias">For each parameter whether its address has no aliases that matter.</param>
    public static LlvmFunction Declare(FuncOp function, bool needsFrame, bool[] noAlias)
    {
        var parameters = new List<IrType>();
        var addresses = new List<int>();
        for (var i = 0; i < noAlias.Length; i++)
        {
            if (noAlias[i])
            {
                addresses.Add(parameters.Count);
            }

            LlvmTypes.Flatten(function.FunctionType.Inputs[i], parameters, function);
        }

        if (needsFrame)
        {
            parameters.Add(LlvmTypes.Pointer);
        }

        var results = new List<IrType>();
        foreach (var type in function.FunctionType.Results)
        {
            LlvmTypes.Flatten(type, results, function);
        }

        var visible = function.IsDeclaration || IsDirect(function);
        var target = new LLVMFuncOp(
            function.Location,
            function.SymName,
            LlvmFunctionType.Get(LlvmTypes.Packed(results), parameters.ToArray()),
            linkage: visible ? Linkage.External : Linkage.Internal
        );
        foreach (var address in addresses)
        {
            target.SetArgAttr(address, "llvm.noalias", UnitAttr.Instance);
        }

        if (visible && results is [IntegerType { Width: 1 }])
        {
            target.SetAttribute(
                "res_attrs",
                ArrayAttr.Get(DictionaryAttr.Get(new NamedAttribute("llvm.zeroext", UnitAttr.Instance)))
            );
        }

        return new LlvmFunction(function, needsFrame) { Target = target, ResultTypes = results };
    }

    /// <summary>Whether callers from C may call the function itself: scalars in, one scalar out.</summary>
    public static bool IsDirect(FuncOp function) =>
        function.IsPublic
        && function.FunctionType.Results.Count == 1
        && IsPlain(function.FunctionType.Results[0])
        && function.FunctionType.Inputs.All(IsPlain);

    private static bool IsPlain(IrType type) =>
        type
            is IndexType
                or FloatType { Width: 32 or 64 }
                or IntegerType { Signedness: Signedness.Signless, Width: 1 or 8 or 16 or 32 or 64 };
}
