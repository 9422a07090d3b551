using System.Collections.Immutable;
using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.Dialects.Gpu;
using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>Reads off a lowered module what the host does: its functions as steps, its kernels as their launches see them.</summary>
public static class LaunchPlanner
{
    /// <summary>The host cannot do what an operation says.</summary>
    internal static readonly DiagnosticTemplate Unsupported = new(
        "MLIR3401",
        DiagnosticSeverity.Error,
        "not supported on the GPU yet: '{0}', {1}"
    );

    /// <summary>The plans of a module that went through <see cref="GpuLowering"/>.</summary>
    /// <param name="module">The module.</param>
    /// <exception cref="DiagnosticException">A function does what the host cannot.</exception>
    public static GpuProgram Plan(ModuleOp module)
    {
        ArgumentNullException.ThrowIfNull(module);
        var compiled = module
            .Body.Operations.OfType<GPUModuleOp>()
            .SelectMany(m => m.Body.Operations)
            .OfType<LLVMFuncOp>()
            .Where(f => f.Discardable[GpuDialect.KernelAttribute] is UnitAttr)
            .ToList();
        var launches = module
            .Walk()
            .OfType<LaunchFuncOp>()
            .GroupBy(l => l.Kernel.Leaf)
            .ToDictionary(g => g.Key, g => g.First());
        var kernels = ImmutableArray.CreateBuilder<KernelInfo>(compiled.Count);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var function in compiled)
        {
            var parameters = function.FunctionType.Parameters;
            var launch = launches.GetValueOrDefault(function.SymName);
            numbers[function.SymName] = kernels.Count;
            kernels.Add(
                new KernelInfo(
                    function.SymName,
                    [.. parameters.Select((p, i) => Kind(p, function, i))],
                    launch?.BlockSizeX.ConstInt is { } threads ? (int)threads : Kernel.Threads,
                    launch is not null && parameters.Count > launch.KernelOperands.Sum(o => Parts(o.Type)),
                    ErrorTable.PlaceOf(function.Location)
                )
            );
        }

        var errors = new Dictionary<(string, string), int>();
        foreach (var (entry, number) in ErrorTable.Read(module).Select((e, i) => (e, i)))
        {
            errors.TryAdd(entry, number);
        }

        return new GpuProgram(
            [
                .. module
                    .Body.Operations.OfType<FuncOp>()
                    .Where(f => f is { IsDeclaration: false, IsPublic: true })
                    .Select(f => new FunctionPlanner(f, numbers, errors).Plan()),
            ],
            kernels.ToImmutable()
        );
    }

    /// <summary>How many parameters of a kernel stand for a value.</summary>
    private static int Parts(IrType type) => type is MemRefType array ? 1 + array.DynamicDimCount : 1;

    private static KernelParameterKind Kind(IrType type, LLVMFuncOp at, int index) =>
        type switch
        {
            LlvmPointerType when at.GetArgAttrs(index)[KernelFunction.ReadOnlyAttribute] is UnitAttr =>
                KernelParameterKind.ReadOnlyAddress,
            LlvmPointerType => KernelParameterKind.Address,
            IntegerType { Width: <= 8 } => KernelParameterKind.Bits8,
            IntegerType { Width: 16 } or FloatType { Width: 16 } => KernelParameterKind.Bits16,
            IntegerType { Width: 32 } or FloatType { Width: 32 } => KernelParameterKind.Bits32,
            IntegerType { Width: 64 } or FloatType { Width: 64 } => KernelParameterKind.Bits64,
            _ => throw new DiagnosticException(Unsupported.At(at.Location, at.Name, $"a parameter of type {type}")),
        };
}
