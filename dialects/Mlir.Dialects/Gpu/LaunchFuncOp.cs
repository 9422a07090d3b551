using Mlir.Dialects.Builtin;
using Mlir.Dialects.Llvm;
using Mlir.IR.Text;

namespace Mlir.Dialects.Gpu;

/// <summary>Runs a kernel on a grid of blocks of threads.</summary>
/// <example><code>gpu.launch_func @kernels::@k blocks in (%g, %c1, %c1) threads in (%b, %c1, %c1) args(%x : memref&lt;?xf32>)</code></example>
[Op("gpu.launch_func")]
public sealed partial class LaunchFuncOp : Operation, IMemoryEffects, ISymbolUser
{
    /// <summary>What has to be done before an asynchronous launch.</summary>
    [Operand<AnyType>]
    public partial OperandList AsyncDependencies { get; }

    /// <summary>Blocks along x.</summary>
    [Operand<Index>]
    public partial Value GridSizeX { get; }

    /// <summary>Blocks along y.</summary>
    [Operand<Index>]
    public partial Value GridSizeY { get; }

    /// <summary>Blocks along z.</summary>
    [Operand<Index>]
    public partial Value GridSizeZ { get; }

    /// <summary>Threads of a block along x.</summary>
    [Operand<Index>]
    public partial Value BlockSizeX { get; }

    /// <summary>Threads of a block along y.</summary>
    [Operand<Index>]
    public partial Value BlockSizeY { get; }

    /// <summary>Threads of a block along z.</summary>
    [Operand<Index>]
    public partial Value BlockSizeZ { get; }

    /// <summary>Blocks of a cluster along x.</summary>
    [Operand<Index>]
    public partial Value? ClusterSizeX { get; }

    /// <summary>Blocks of a cluster along y.</summary>
    [Operand<Index>]
    public partial Value? ClusterSizeY { get; }

    /// <summary>Blocks of a cluster along z.</summary>
    [Operand<Index>]
    public partial Value? ClusterSizeZ { get; }

    /// <summary>Bytes of shared memory on top of what the kernel declares.</summary>
    [Operand<I32>]
    public partial Value? DynamicSharedMemorySize { get; }

    /// <summary>The kernel's arguments.</summary>
    [Operand<AnyType>]
    public partial OperandList KernelOperands { get; }

    /// <summary>The stream to launch on.</summary>
    [Operand<AnyType>]
    public partial Value? AsyncObject { get; }

    /// <summary>The kernel.</summary>
    [Attr]
    public partial SymbolRefAttr Kernel { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read | MemoryEffects.Write;

    /// <summary>A launch of a kernel.</summary>
    /// <param name="location">Where it comes from.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="grid">The three sizes of the grid.</param>
    /// <param name="block">The three sizes of a block.</param>
    /// <param name="arguments">The kernel's arguments.</param>
    /// <param name="sharedBytes">Bytes of shared memory on top of what the kernel declares, an <c>i32</c>; null for none.</param>
    public static LaunchFuncOp Create(
        Location location,
        SymbolRefAttr kernel,
        ReadOnlySpan<Value> grid,
        ReadOnlySpan<Value> block,
        ReadOnlySpan<Value> arguments,
        Value? sharedBytes = null
    ) =>
        new(
            location,
            [],
            grid[0],
            grid[1],
            grid[2],
            block[0],
            block[1],
            block[2],
            null,
            null,
            null,
            sharedBytes,
            arguments,
            null,
            kernel
        );

    /// <summary>Parses <c>@module::@kernel blocks in (…) threads in (…) [dynamic_shared_memory_size %n] [args(…)] [{…}]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        state.SetAttribute("kernel", parser.ParseAttribute<SymbolRefAttr>());
        ParseSizes(parser, state, "blocks");
        ParseSizes(parser, state, "threads");
        var dynamic = parser.TryConsume("dynamic_shared_memory_size") ? 1 : 0;
        if (dynamic > 0)
        {
            parser.Resolve(parser.ParseOperand(), IntegerType.I32, state);
        }

        var count = 0;
        if (parser.TryConsume("args"))
        {
            parser.Expect("(");
            do
            {
                var operand = parser.ParseOperand();
                parser.Expect(":");
                parser.Resolve(operand, parser.ParseType(), state);
                count++;
            } while (parser.TryConsume(","));
            parser.Expect(")");
        }

        state.SetAttribute("operandSegmentSizes", DenseArrayAttr.I32(0, 1, 1, 1, 1, 1, 1, 0, 0, 0, dynamic, count, 0));
        parser.ParseOptionalAttrDict(state);
    }

    private static void ParseSizes(AsmParser parser, OperationState state, string keyword)
    {
        parser.Expect(keyword);
        parser.Expect("in");
        var at = parser.CurrentLocation;
        var sizes = parser.ParseOperandList("(", ")");
        if (sizes.Count != 3)
        {
            throw parser.Error($"expected three sizes of {keyword}", at);
        }

        parser.Resolve(sizes, IndexType.Instance, state);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteAttribute(Kernel);
        printer.Write(" blocks in (");
        printer.WriteOperands(new[] { GridSizeX, GridSizeY, GridSizeZ });
        printer.Write(") threads in (");
        printer.WriteOperands(new[] { BlockSizeX, BlockSizeY, BlockSizeZ });
        printer.Write(')');
        if (DynamicSharedMemorySize is { } size)
        {
            printer.Write(" dynamic_shared_memory_size ");
            printer.WriteOperand(size);
        }

        for (var i = 0; i < KernelOperands.Count; i++)
        {
            printer.Write(i == 0 ? " args(" : ", ");
            printer.WriteOperand(KernelOperands[i]);
            printer.Write(" : ");
            printer.WriteType(KernelOperands[i].Type);
        }

        printer.Write(KernelOperands.Count > 0 ? ")" : "");
        printer.WriteAttrDict(this, "kernel", "operandSegmentSizes");
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (AsyncDependencies.Count > 0 || AsyncObject is not null || ClusterSizeX is not null)
        {
            verifier.Error(this, "launches with clusters, streams or asynchronous dependencies are not supported");
        }
    }

    /// <inheritdoc/>
    public void VerifySymbolUses(SymbolTable symbols, OpVerifier verifier)
    {
        switch (symbols.Lookup(Kernel))
        {
            case null:
                verifier.Error(this, $"kernel function '{Kernel}' is undefined");
                break;

            // Once the kernels are compiled further, their parameters are the target's.
            case LLVMFuncOp compiled when compiled.Discardable[GpuDialect.KernelAttribute] is UnitAttr:
                break;

            case not GPUFuncOp { IsKernel: true }:
                verifier.Error(this, $"referenced kernel function '{Kernel}' is missing the 'gpu.kernel' attribute");
                break;

            case GPUFuncOp kernel when !KernelOperands.Types.SequenceEqual(kernel.FunctionType.Inputs):
                verifier.Error(
                    this,
                    $"got {KernelOperands.Count} kernel operands of types that are not the kernel's {kernel.FunctionType.Inputs.Count} parameter types"
                );
                break;
        }
    }
}
