using Mlir.Dialects.Builtin;
using Mlir.Dialects.Cf;
using Mlir.Dialects.Func;
using Mlir.Dialects.Gpu;
using Mlir.Dialects.MemRef;
using Mlir.IR;
using ReturnOp = Mlir.Dialects.Gpu.ReturnOp;

namespace Mlir.Lowering.Gpu;

/// <summary>Turns the kernels of a GPU module into the <c>llvm</c> dialect, in place; the host's functions stay. What can fail is in the module's error table.</summary>
/// <param name="Target">What the kernels are compiled to.</param>
[Pass("convert-gpu-to-llvm")]
public sealed partial record ConvertGpuToLlvm(GpuTarget Target = GpuTarget.Ptx) : Pass<ModuleOp>
{
    /// <inheritdoc/>
    protected override void Run(ModuleOp op, PassContext context)
    {
        var errors = new ErrorTable();
        foreach (var assertion in op.Body.Operations.OfType<FuncOp>().SelectMany(f => f.Walk()).OfType<AssertOp>())
        {
            errors.StatusOf(assertion.Msg, assertion.Location);
        }

        foreach (var module in op.Body.Operations.OfType<GPUModuleOp>().ToList())
        {
            try
            {
                Convert(module, errors, context);
            }
            catch (ConversionException failure)
            {
                context.Report(failure.Diagnostic);
                return;
            }
        }

        errors.AttachTo(op);
    }

    private void Convert(GPUModuleOp module, ErrorTable errors, PassContext context)
    {
        var body = ModuleOp.Create(module.Location);
        foreach (var op in module.Body.Operations.ToList())
        {
            if (op is GPUFuncOp kernel)
            {
                AddFunction(body, kernel);
            }
            else
            {
                op.Remove();
                body.Body.Insert(op);
            }
        }

        new ScfToCf().Run(body, context);
        new LlvmModuleConverter(body, context.Cancellation, Target) { Errors = errors }.Run();
        foreach (var op in module.Body.Operations.ToList())
        {
            op.Erase();
        }

        foreach (var op in body.Body.Operations.ToList())
        {
            op.Remove();
            module.Body.Insert(op);
        }

        body.Discardable = DictionaryAttr.Empty;
    }

    // gpu.func @k(%a) workgroup(%w) { … gpu.return } → memref.global @k.w; func.func @k(%a) { %w = memref.get_global @k.w; … return }
    private static void AddFunction(ModuleOp module, GPUFuncOp kernel)
    {
        var function = new FuncOp(kernel.Location, kernel.SymName, kernel.FunctionType);
        function.SetAttribute(Kernel.BlockSizeAttribute, kernel.Discardable[Kernel.BlockSizeAttribute]);
        module.Body.Insert(function);
        var entry = function.AddEntryBlock();
        var builder = new OpBuilder(entry);
        var mapping = new IrMapping();
        for (var i = 0; i < kernel.FunctionType.Inputs.Count; i++)
        {
            mapping.Map(kernel.Entry.Arguments[i], entry.Arguments[i]);
        }

        foreach (var (memory, number) in kernel.Workgroup.Select((m, i) => (m, i)))
        {
            // Tools find a kernel's shared memory by this prefix.
            var name = $"{kernel.SymName}.shared{number}";
            var global = new GlobalOp(
                kernel.Location,
                name,
                (MemRefType)memory.Type,
                symVisibility: "private",
                initialValue: UnitAttr.Instance
            );
            module.Body.Insert(global, function);
            var get = builder.Insert(new GetGlobalOp(kernel.Location, SymbolRefAttr.Get(name), memory.Type));
            mapping.Map(memory, get.Result);
        }

        foreach (var block in kernel.Body.Blocks.Skip(1))
        {
            var copy = function.Body.AddBlock();
            mapping.Map(block, copy);
            foreach (var argument in block.Arguments)
            {
                mapping.Map(argument, copy.AddArgument(argument.Type, argument.Location));
            }
        }

        mapping.Map(kernel.Entry, entry);
        foreach (var block in kernel.Body.Blocks)
        {
            builder.SetInsertionPointToEnd(mapping.Get(block));
            foreach (var op in block.Operations)
            {
                if (op is ReturnOp)
                {
                    builder.Insert(new Dialects.Func.ReturnOp(op.Location, default));
                }
                else
                {
                    builder.Clone(op, mapping);
                }
            }
        }
    }
}
