using Mlir.Dialects.MemRef;
using Mlir.Dialects.Scf;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Turns copies of arrays into loops over their elements, so that no copy routine is needed and strides do not matter.</summary>
[Pass("expand-copies")]
public sealed partial record ExpandCopies : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation op, PassContext context)
    {
        foreach (var copy in op.Walk().OfType<CopyOp>().ToList())
        {
            if (copy.Source.Type is MemRefType && copy.Target.Type is MemRefType type)
            {
                Expand(copy, type);
            }
        }
    }

    // copy %a, %b → for %i { for %j { store (load %a[%i, %j]), %b[%i, %j] } }
    /// <summary>Puts loops in the place of one copy.</summary>
    internal static void Expand(CopyOp copy, MemRefType type)
    {
        var location = copy.Location;
        var builder = new OpBuilder(copy);
        var zero = builder
            .Insert(new Dialects.Arith.ConstantOp(location, IntegerAttr.Get(IndexType.Instance, 0)))
            .Result;
        var one = builder
            .Insert(new Dialects.Arith.ConstantOp(location, IntegerAttr.Get(IndexType.Instance, 1)))
            .Result;
        var sizes = new Value[type.Rank];
        for (var i = 0; i < sizes.Length; i++)
        {
            var dim = builder
                .Insert(new Dialects.Arith.ConstantOp(location, IntegerAttr.Get(IndexType.Instance, i)))
                .Result;
            sizes[i] = builder.Insert(new DimOp(location, copy.Target, dim)).Result;
        }

        var indices = new Value[type.Rank];
        for (var i = 0; i < sizes.Length; i++)
        {
            var loop = builder.Insert(ForOp.Create(location, zero, sizes[i], one));
            indices[i] = loop.InductionVar;
            var yield = new YieldOp(location, default);
            loop.Body.Insert(yield);
            builder.SetInsertionPoint(yield);
        }

        var value = builder.Insert(new LoadOp(location, copy.Source, indices)).Result;
        builder.Insert(new StoreOp(location, value, copy.Target, indices));
        copy.Erase();
    }
}
