using Mlir.Dialects.Gpu;
using Mlir.Dialects.Nvvm;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <content>One row.</content>
internal sealed partial class RowKernel
{
    /// <summary>One row, phase after phase.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="team">The threads.</param>
    /// <param name="places">Where elements are kept.</param>
    /// <param name="number">The row's number.</param>
    /// <param name="isRow">Whether there is such a row: a block's last teams may have none, but wait as the others do.</param>
    /// <param name="ivs">The values of the outer loops.</param>
    private sealed partial class Row(
        RowKernel kernel,
        Team team,
        Value[] places,
        Value number,
        Value isRow,
        Value[] ivs
    )
    {
        private readonly RowPlan _plan = kernel._plan;
        private readonly Dictionary<RowValue, Value> _numbers = [];

        public void Emit(Emitter e)
        {
            ReadNumbers(e);
            for (var phase = 0; phase < _plan.Phases; phase++)
            {
                ComputeNumbers(e, phase);
                EmitPhase(e, phase);
            }

            ComputeNumbers(e, _plan.Phases);
            WriteNumbers(e);
            Wait(e); // nobody begins the next row while this one's memory is read
        }

        /// <summary>Numbers of the row that are in memory.</summary>
        private void ReadNumbers(Emitter e)
        {
            var read = _plan.Values.Where(v => v is { Maker: null, IsElement: false }).ToArray();
            var numbers = e.If(
                isRow,
                [.. read.Select(v => v.Type)],
                there => [.. read.Select(v => there.Load(v.Array!, ScalarBody.Subscripts(there, v.Map!, ivs)))],
                none => [.. read.Select(v => none.Constant(Zero(v.Type)))]
            );
            for (var i = 0; i < read.Length; i++)
            {
                _numbers[read[i]] = numbers[i];
            }
        }

        /// <summary>What each thread computes by itself in front of a phase.</summary>
        private void ComputeNumbers(Emitter e, int phase)
        {
            foreach (var member in _plan.Members.Where(m => !m.HasLoop && m.Phase == phase))
            {
                var made = new BodySlice(member.Op, [.. member.Results.Select(r => r.Inside!)]).Emit(
                    e,
                    ivs,
                    argument => Number(member, argument)
                );
                for (var i = 0; i < made.Length; i++)
                {
                    _numbers[member.Results[i]] = made[i];
                }
            }
        }

        private void WriteNumbers(Emitter e)
        {
            var written = kernel.Stored().Where(w => !w.Value.IsElement).ToArray();
            if (written.Length > 0)
            {
                e.If(
                    e.And(isRow, e.Equal(team.Thread, e.Index(0))),
                    [],
                    first =>
                    {
                        foreach (var (value, array, map) in written)
                        {
                            first.Store(_numbers[value], array, ScalarBody.Subscripts(first, map, ivs));
                        }

                        return [];
                    }
                );
            }
        }

        private Value Number(RowMember member, BlockArgument argument) =>
            member.SourceOf(argument) is { } source ? _numbers[source] : member.Op.Operands[argument.Index];

        /// <summary>What the team's threads wrote before is visible to all of them afterwards.</summary>
        private void Wait(Emitter e) =>
            e.If(
                team.IsWarp,
                [],
                warp =>
                {
                    var all = warp.Constant(IntegerAttr.Get(IntegerType.I32, -1));
                    warp.Insert(new SyncWarpOp(warp.Location, all));
                    return [];
                },
                block =>
                {
                    block.Insert(new BarrierOp(block.Location));
                    return [];
                }
            );

        private static TypedAttr Zero(IrType type) =>
            type is FloatType real ? FloatAttr.Get(real, 0) : IntegerAttr.Get(type, 0);
    }

    /// <summary>What has to be in memory in the end.</summary>
    private IEnumerable<(RowValue Value, Value Array, AffineMap Map)> Stored() =>
        _plan.Written.Where(w => !_temporaries.Contains(w.Key)).Select(w => (w.Value.Value, w.Key, w.Value.Map));
}
