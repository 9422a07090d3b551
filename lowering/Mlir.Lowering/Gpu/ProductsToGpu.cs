using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>
/// Turns products of matrices on memrefs into <c>gpu.launch</c>, with what prepares their elements and what is made of them: tiles of the result, pieces of
/// the factors in shared memory, sums in registers. Of f16, bf16 and f64, tensor cores multiply; otherwise threads do, in the CPU's order.
/// </summary>
/// <param name="Subgroups">Whether the target has warps, and what they do together.</param>
/// <example><code>
/// %c = linalg.matmul ins(%a, %b) outs(%zero);  %r = generic ins(%c, %bias) { yield maximumf(%c + %bias, 0) }
/// →
/// gpu.launch { for pieces { copy the next ones; nvgpu.mma.sync … };  store maximumf(%sum + %bias, 0), %r }
/// </code></example>
[Pass("products-to-gpu")]
public sealed partial record ProductsToGpu(bool Subgroups = true) : Pass<FuncOp>
{
    /// <summary>On a module: factors of single precision may be cut to ten bits of fraction, which tensor cores multiply.</summary>
    public const string AllowTf32Attribute = "mlir.allow_tf32";

    /// <summary>Allows products of matrices in <paramref name="module"/> to cut factors of single precision to ten bits of fraction.</summary>
    public static void AllowTf32(ModuleOp module)
    {
        ArgumentNullException.ThrowIfNull(module);
        module.SetAttribute(AllowTf32Attribute, UnitAttr.Instance);
    }

    /// <summary>On a module: the device has Hopper's <c>wgmma</c>, and products of matrices are to use it.</summary>
    public const string WarpgroupsAttribute = "mlir.gpu_wgmma";

    /// <summary>Lets products of matrices in <paramref name="module"/> use Hopper's <c>wgmma</c>: only <c>sm_90a</c> runs what comes out.</summary>
    public static void UseWarpgroups(ModuleOp module)
    {
        ArgumentNullException.ThrowIfNull(module);
        module.SetAttribute(WarpgroupsAttribute, UnitAttr.Instance);
    }

    /// <inheritdoc/>
    protected override void Run(FuncOp op, PassContext context)
    {
        GeneralizeNamed.OnMemory(op);
        var module = op.ParentOfType<ModuleOp>();
        var allowTf32 = module?.Discardable[AllowTf32Attribute] is UnitAttr;
        var warpgroups = module?.Discardable[WarpgroupsAttribute] is UnitAttr;

        // The last one first: what comes before a product is no launch yet, and can move into it.
        foreach (var generic in op.Walk().OfType<GenericOp>().Where(g => g.Results.Count == 0).Reverse().ToList())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (generic.Block is not null)
            {
                _ = ProductLaunches.TryEmit(generic, Subgroups, allowTf32, warpgroups);
            }
        }
    }
}
