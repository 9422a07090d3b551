using Mlir.Dialects.Linalg;
using Mlir.Dialects.Scf;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>What a <c>linalg.generic</c> says in its attributes, as the types that passes work with.</summary>
internal static class GenericFacts
{
    extension(GenericOp op)
    {
        /// <summary>The only block of the body.</summary>
        public Block BodyBlock => op.Regions[0].Single;

        /// <summary>The kinds of the loops, outermost first.</summary>
        public IteratorType[] IteratorKinds =>
            [.. op.IteratorTypes.Items.Select(a => ((EnumAttr<IteratorType>)a).Value)];

        /// <summary>The map from loops to the subscripts of operand <paramref name="operand"/>, inputs before outputs.</summary>
        public AffineMap MapOf(int operand) => ((AffineMapAttr)op.IndexingMaps.Items[operand]).Map;

        /// <summary>The map of output <paramref name="index"/>.</summary>
        public AffineMap OutputMap(int index) => op.MapOf(op.Inputs.Count + index);

        /// <summary>The arrays in memory that loop <paramref name="loop"/> subscripts as it is, each with the dimension: all are as long there as the loop.</summary>
        public IEnumerable<(Value Array, int Dim)> ArraysAlong(int loop)
        {
            for (var i = 0; i < op.Operands.Count; i++)
            {
                var results = op.MapOf(i).Results;
                for (var k = 0; k < results.Count && op.Operands[i].Type is MemRefType; k++)
                {
                    if (results[k] is AffineDimExpr { Position: var position } && position == loop)
                    {
                        yield return (op.Operands[i], k);
                    }
                }
            }
        }

        /// <summary>The body's argument for the present element of output <paramref name="index"/>.</summary>
        public BlockArgument OutputElement(int index) => op.BodyBlock.Arguments[op.Inputs.Count + index];
    }

    extension(Block block)
    {
        /// <summary>The number of operations in the block, those inside them counted too, except what a branch says it seldom runs.</summary>
        public int CountOperations() =>
            block.Operations.Sum(o =>
                o.Regions.Count == 0 || o.GetAttribute(IfOp.WeightsName) is not null ? 1 : o.Walk().Count()
            );
    }

    extension(AffineMap map)
    {
        /// <summary>The inverse of a permutation.</summary>
        public AffineMap InversePermutation()
        {
            var positions = new int[map.DimCount];
            for (var i = 0; i < positions.Length; i++)
            {
                positions[((AffineDimExpr)map.Results[i]).Position] = i;
            }

            return AffineMap.Select(map.DimCount, positions);
        }
    }
}
