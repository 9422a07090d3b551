using Mlir.Dialects.Arith;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>Parts of a tensor replaced or increased at given places.</summary>
internal static class Scatters
{
    private const string WrongSizes = "System.ArgumentException: The sizes of the values are not those of the places.";

    /// <summary>Adds the family to the table.</summary>
    public static void AddTo(Dictionary<string, Func<ArrayCall, Operand>> table)
    {
        table.Add("Scatter", c => Import(c, add: false));
        table.Add("ScatterAdd", c => Import(c, add: true));
    }

    private static Operand.Elements Import(ArrayCall call, bool add)
    {
        var (x, indices, values) = (call.Tensor("x"), call.Tensor("indices"), call.Tensor("values"));
        var loops = new LoopEmitter(call.Arithmetic);
        var rank = ArrayEmitter.RankOf(x.Value);
        if (ArrayEmitter.RankOf(indices.Value) != 1)
        {
            throw call.Unsupported("the indices must have one dimension");
        }

        if (ArrayEmitter.RankOf(values.Value) != rank)
        {
            throw call.Unsupported("the values must have as many dimensions as the tensor");
        }

        var (sizes, count) = (call.Emitter.Sizes(x.Value), call.Emitter.Size(indices.Value, 0));
        Value[] expected = [count, .. sizes[1..]];
        for (var d = 0; d < rank; d++)
        {
            call.Arithmetic.Assert(
                loops.Compare(CmpIPredicate.Eq, call.Emitter.Size(values.Value, d), expected[d]),
                WrongSizes
            );
        }

        var scatter = new Scatter(x, indices, values, sizes, count, add);
        var scattered =
            rank > 1 ? scatter.InStripes(loops, x.Value)
            : add && !x.Type.IsInteger ? scatter.InBins(loops, call.Emitter, x.Value)
            : scatter.InBinsOrParts(loops, call.Emitter, x.Value);
        return x with { Value = scattered };
    }
}
