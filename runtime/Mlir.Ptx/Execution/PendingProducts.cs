using Mlir.Ptx.Operations;

namespace Mlir.Ptx.Execution;

/// <summary>
/// The matrix products that a warp has begun with its group. Their sums are computed at once and come to the registers when the warp waits for them, never
/// earlier; until then the registers hold NaN, and whoever names one is told.
/// </summary>
/// <remarks>After PTX ISA 9.0, sections 9.7.15.4 and 9.7.15.7: which accesses need <c>wgmma.fence</c>, what <c>wgmma.wait_group</c> waits for.</remarks>
internal sealed unsafe class PendingProducts
{
    private readonly List<Product> products = [];
    private readonly Dictionary<nint, int> touched = [];
    private int group;
    private bool hasFence;

    /// <summary>A product that is under way.</summary>
    /// <param name="Instruction">What began it.</param>
    /// <param name="Registers">The registers of the activation that began it.</param>
    /// <param name="Factors">What it reads, and what was there.</param>
    /// <param name="Sums">Its sums, a register of all lanes after the other.</param>
    public sealed record Product(WarpgroupMultiply Instruction, nint Registers, ProductFactors Factors, float[] Sums)
    {
        /// <summary>The group that it was committed with; -1 while it was not.</summary>
        public int Group { get; set; } = -1;
    }

    public void Reset()
    {
        products.Clear();
        touched.Clear();
        group = 0;
        hasFence = false;
    }

    /// <summary>An instruction names registers that products use.</summary>
    public void Touch(Warp warp, int[] slots, uint lanes)
    {
        foreach (var slot in slots)
        {
            foreach (var product in products)
            {
                if (product.Registers == (nint)warp.Registers && product.Instruction.Slots.Contains(slot))
                {
                    throw warp.Fault(
                        PtxFault.AsyncProduct,
                        lanes,
                        $"{product.Instruction.NameOf(slot)} belongs to the matrix product of line {product.Instruction.Syntax.Position.Line}, which was not waited for"
                    );
                }
            }

            touched[(nint)warp.Registers + slot] = warp.Line;
        }
    }

    /// <summary>Orders what was done to registers before the products that follow.</summary>
    public void Fence()
    {
        hasFence = true;
        touched.Clear();
    }

    /// <summary>Looks whether a product may begin, and gives the sums that an earlier one has under way in its registers; null where they are in the registers.</summary>
    public float[]? Begin(Warp warp, WarpgroupMultiply instruction)
    {
        if (!hasFence)
        {
            throw warp.Fault(PtxFault.AsyncProduct, 1, "a matrix product with no wgmma.fence before it");
        }

        foreach (var slot in instruction.Slots)
        {
            if (touched.TryGetValue((nint)warp.Registers + slot, out var line))
            {
                throw warp.Fault(
                    PtxFault.AsyncProduct,
                    1,
                    $"{instruction.NameOf(slot)} was used at line {line}, and there is no wgmma.fence in between"
                );
            }
        }

        float[]? before = null;
        foreach (var product in products)
        {
            if (product.Registers != (nint)warp.Registers)
            {
                continue;
            }

            if (!instruction.MayFollow(product.Instruction, out var isSame))
            {
                throw warp.Fault(
                    PtxFault.AsyncProduct,
                    1,
                    $"a product of another shape, at line {product.Instruction.Syntax.Position.Line}, has some of its registers, and was not waited for"
                );
            }

            before = isSame ? product.Sums : before;
        }

        return before;
    }

    public void Add(Product product) => products.Add(product);

    /// <summary>Ends a group of products.</summary>
    public void Commit()
    {
        foreach (var product in products)
        {
            product.Group = product.Group < 0 ? group : product.Group;
        }

        group++;
    }

    /// <summary>Waits until so many of the latest groups at most are under way.</summary>
    public void Wait(Warp warp, int left)
    {
        foreach (var product in products.Where(product => product.Group >= 0 && product.Group < group - left).ToList())
        {
            product.Factors.CheckUnchanged(warp, product.Instruction);
            product.Instruction.Write((byte*)product.Registers, product.Sums);
            _ = products.Remove(product);
        }

        // Later products on the same registers go on: what came is not to be seen.
        foreach (var product in products)
        {
            product.Instruction.Poison((byte*)product.Registers);
        }
    }
}
