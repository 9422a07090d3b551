using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.Dialects.Gpu;
using Mlir.Dialects.MemRef;
using Mlir.IR;
using ReturnOp = Mlir.Dialects.Func.ReturnOp;

namespace Mlir.Lowering.Gpu;

/// <summary>
/// Takes the body of each <c>gpu.launch</c> out into a kernel of a GPU module. Views, scalar arithmetic and elements of arrays that the host
/// would have to wait for move into the kernel; sizes stay with the host, which needs them to launch.
/// </summary>
[Pass("gpu-kernel-outlining")]
public sealed partial record OutlineKernels : Pass<ModuleOp>
{
    /// <summary>The GPU module.</summary>
    public const string ModuleName = "kernels";

    /// <inheritdoc/>
    protected override void Run(ModuleOp op, PassContext context)
    {
        var functions = op.Body.Operations.OfType<FuncOp>().Where(f => !f.IsDeclaration).ToList();
        foreach (var function in functions)
        {
            ComputeResultsOnDevice(function);
        }

        var launches = functions.SelectMany(f => f.Walk().OfType<LaunchOp>()).ToList();
        if (launches.Count == 0)
        {
            return;
        }

        var module = GPUModuleOp.Create(op.Location, ModuleName);
        op.Body.Insert(module, op.Body.First);
        op.SetAttribute(GpuDialect.ContainerAttribute, UnitAttr.Instance);
        var names = new SymbolTable(module);
        foreach (var launch in launches)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            new KernelOutliner(op, names, launch).Run();
        }
    }

    // return (a scalar that the host would have to compute) → launch { store it to %m }; return (load %m)
    private static void ComputeResultsOnDevice(FuncOp function)
    {
        foreach (var end in function.Walk().OfType<ReturnOp>().ToList())
        {
            for (var i = 0; i < end.Operands.Count; i++)
            {
                var value = end.Operands[i];
                if (
                    value.Type is not (FloatType or IntegerType)
                    || value.Definer is null or IConstantLike
                    || value.Definer is LoadOp { Memref.Type: MemRefType { Rank: 0 } }
                )
                {
                    continue;
                }

                var emit = new Emitter(new OpBuilder(end), value.Definer.Location);
                var memory = emit.Alloc(MemRefType.Get([], value.Type), []);
                Kernel.Launch(emit, Kernel.OneBlock, 1, (e, _) => e.Store(value, memory, []));
                end.SetOperand(i, emit.Load(memory, []));
            }
        }
    }
}
