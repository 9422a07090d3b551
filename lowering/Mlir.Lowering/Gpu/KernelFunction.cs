using Mlir.Dialects.Func;
using Mlir.Dialects.Gpu;
using Mlir.Dialects.Llvm;
using Mlir.IR;
using MemRef = Mlir.Dialects.MemRef;
using Nvgpu = Mlir.Dialects.Nvgpu;
using Vector = Mlir.Dialects.Vector;

namespace Mlir.Lowering.Gpu;

/// <summary>How a kernel appears in LLVM.</summary>
internal static class KernelFunction
{
    /// <summary>On a parameter that is the address of memory which the kernel only reads.</summary>
    public const string ReadOnlyAttribute = "llvm.readonly";

    /// <summary>What every array that a kernel gets is aligned to, in bytes: the width of its widest access.</summary>
    private const int Alignment = 16;

    /// <summary>Declares a kernel: addresses of global memory that do not overlap, then sizes and scalars, at last the status word if it can fail.</summary>
    public static LlvmFunction Declare(FuncOp kernel, bool canFail, GpuTarget target)
    {
        var parameters = new List<IrType>();
        var addresses = new List<(int Parameter, BlockArgument Array)>();
        foreach (var argument in kernel.Entry.Arguments)
        {
            var first = parameters.Count;
            LlvmTypes.Flatten(argument.Type, parameters, kernel);
            if (argument.Type is MemRefType)
            {
                addresses.Add((first, argument));
                parameters[first] = LlvmTypes.GlobalPointer;
            }
        }

        if (canFail)
        {
            parameters.Add(LlvmTypes.GlobalPointer);
        }

        var function = new LLVMFuncOp(
            kernel.Location,
            kernel.SymName,
            LlvmFunctionType.Get(LlvmVoidType.Instance, parameters.ToArray()),
            cConv: target == GpuTarget.Ptx ? CConv.PtxKernel : CConv.SpirKernel,
            passthrough: Attributes(kernel, target)
        );
        function.SetAttribute(GpuDialect.KernelAttribute, UnitAttr.Instance);
        foreach (var (parameter, array) in addresses)
        {
            // Kernels get whole arrays, each once: different ones never overlap where one of them is written.
            function.SetArgAttr(parameter, "llvm.noalias", UnitAttr.Instance);
            function.SetArgAttr(parameter, "llvm.align", IntegerAttr.Get(IntegerType.I64, Alignment));
            if (IsOnlyRead(array))
            {
                function.SetArgAttr(parameter, ReadOnlyAttribute, UnitAttr.Instance);
            }
        }

        return new LlvmFunction(kernel, canFail) { Target = function, ResultTypes = [] };
    }

    private static ArrayAttr Attributes(FuncOp kernel, GpuTarget target)
    {
        List<IrAttribute> attributes = [StringAttr.Get("nounwind")];
        if (target == GpuTarget.Ptx && kernel.Discardable[Kernel.BlockSizeAttribute] is IntegerAttr threads)
        {
            attributes.Add(ArrayAttr.Get(StringAttr.Get("nvvm.maxntid"), StringAttr.Get($"{threads.Int64}")));
        }

        return ArrayAttr.Get([.. attributes]);
    }

    private static bool IsOnlyRead(Value array) =>
        array
            .UseOwners()
            .All(user =>
                user is MemRef.LoadOp or MemRef.DimOp or Vector.LoadOp or Nvgpu.DeviceAsyncCopyOp
                || (Views.IsView(user) && user.Results.Where(r => r.Type is MemRefType).All(IsOnlyRead))
            );

    private static IEnumerable<Operation> UseOwners(this Value value)
    {
        var owners = new List<Operation>();
        foreach (var use in value.Uses)
        {
            owners.Add(use.Owner);
        }

        return owners;
    }
}
