using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>Which kernels compute a product. Where sizes decide that are not known, kernels for all cases are launched, and those that do not fit get no blocks.</summary>
internal static class ProductLaunches
{
    /// <summary>With fewer tiles than this, smaller ones keep more processors busy.</summary>
    private const int LeastTiles = 64;

    /// <summary>Emits the launches of the product that <paramref name="op"/> is, and removes it; false where it is none.</summary>
    /// <param name="op">The operation.</param>
    /// <param name="warps">Whether the target has warps.</param>
    /// <param name="allowTf32">Whether factors of single precision may be cut to ten bits of fraction.</param>
    /// <param name="warpgroups">Whether four warps can multiply together.</param>
    public static bool TryEmit(GenericOp op, bool warps, bool allowTf32, bool warpgroups)
    {
        if (MatrixProduct.Find(warps ? FactorArrays.Separate(op) : op) is not { } product)
        {
            return false;
        }

        if (warps && MatrixInstruction.For(product, allowTf32) is { } instruction)
        {
            EmitTensor(product, instruction, warpgroups);
        }
        else if (warps && ScalarKernel.Supports(product))
        {
            EmitScalar(product);
        }
        else
        {
            new SmallProduct(product).Launch(null);
        }

        product.Erase();
        return true;
    }

    private static void EmitTensor(MatrixProduct product, MatrixInstruction instruction, bool warpgroups)
    {
        var host = product.Host;
        var depth = instruction.Factor.Width == 16 ? 32 : 16;
        var small = new ProductTile(Rows: 64, Columns: 64, depth, Stages: 3, Threads: 128);
        var large = new ProductTile(Rows: 128, Columns: 128, depth, Stages: 3, Threads: 256);

        // Of doubles the larger tile would not fit.
        var isLarge = instruction.Factor.Width == 64 ? SizeCondition.Always.Not(host) : HasManyTiles(product, large);
        var isWide = IsWide(product, linesOnly: false);
        var isSmaller = SizeCondition.Always;
        if (warpgroups && WarpgroupKernel.TileFor(product, instruction) is { } largest)
        {
            var isLargest = isWide.And(host, HasManyTiles(product, largest));
            Launch(isLargest, new WarpgroupKernel(product, instruction, largest));
            isSmaller = isLargest.Not(host);
        }

        isWide = isWide.And(host, isSmaller);
        isLarge = isLarge.And(host, isWide);
        Launch(isLarge, new TensorKernel(product, instruction, large, (2, 4), wide: true));
        Launch(isWide.And(host, isLarge.Not(host)), new TensorKernel(product, instruction, small, (2, 2), wide: true));
        Launch(
            isWide.Not(host).And(host, isSmaller),
            new TensorKernel(product, instruction, small, (2, 2), wide: false)
        );
    }

    private static void EmitScalar(MatrixProduct product)
    {
        var host = product.Host;
        var isLarge = HasManyTiles(product, ScalarKernel.Share);
        var isWide = IsWide(product, linesOnly: true);
        Launch(isLarge.And(host, isWide), new ScalarKernel(product, wide: true));
        Launch(isLarge.And(host, isWide.Not(host)), new ScalarKernel(product, wide: false));
        var isSmall = isLarge.Not(host);
        if (isSmall is { Open: not null } or { Holds: true })
        {
            new SmallProduct(product).Launch(isSmall.Open);
        }
    }

    private static SizeCondition HasManyTiles(MatrixProduct product, ProductTile tile) =>
        SizeCondition.IsAtLeast(product.Host, new ProductGrid(product, tile.Rows, tile.Columns).Count(), LeastTiles);

    /// <summary>Whether rows of the arrays begin at multiples of a unit.</summary>
    /// <param name="product">The product.</param>
    /// <param name="linesOnly">Whether only rows along the result matter.</param>
    private static SizeCondition IsWide(MatrixProduct product, bool linesOnly) =>
        ((ReadOnlySpan<ProductFactor>)[product.Left, product.Right])
            .ToArray()
            .Where(f => f.IsCopied && (f.IsAlongLast || !linesOnly))
            .Aggregate(
                SizeCondition.Always,
                (all, f) =>
                    all.And(
                        product.Host,
                        SizeCondition.IsMultiple(
                            product.Host,
                            product.Sizes[f.LastLoop],
                            SharedPiece.UnitBytes / DenseElementsAttr.ElementSize(f.Element)
                        )
                    )
            );

    private static void Launch(SizeCondition condition, ProductKernel kernel)
    {
        if (condition is { Open: not null } or { Holds: true })
        {
            kernel.Launch(condition.Open);
        }
    }
}
