using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <content>Totals.</content>
internal sealed partial class RowKernel
{
    /// <summary>How many elements a lane reads before it has to wait for the first.</summary>
    private const int ElementsAtOnce = 4;

    private static int Held(LaneChain chain) => chain.Combiner.Lanes / Kernel.Warp;

    private sealed partial class Row
    {
        /// <summary>The lanes are one or two of each thread of the team's first warp; each takes its elements in order.</summary>
        private Value[] EmitChains(Emitter e, (RowMember Member, LaneChain Chain)[] chains, Value length, Value[] sums)
        {
            return e.If(
                IsFirstWarp(e),
                [.. sums.Select(s => s.Type)],
                inside =>
                {
                    var next = new List<Value>();
                    var rest = sums;
                    foreach (var (member, chain) in chains)
                    {
                        next.AddRange(EmitChain(inside, member, chain, length, rest[..Held(chain)]));
                        rest = rest[Held(chain)..];
                    }

                    return [.. next];
                },
                _ => sums
            );
        }

        private Value IsFirstWarp(Emitter e) => e.Less(team.Thread, e.Index(Kernel.Warp));

        private Value[] EmitChain(Emitter e, RowMember member, LaneChain chain, Value length, Value[] lanes)
        {
            var (held, step) = (Held(chain), e.Index(chain.Combiner.Lanes));
            var mine = e.Mul(team.Lane, e.Index(held));
            var whole = e.Mul(e.Div(length, step), step);
            var several = e.Index(chain.Combiner.Lanes * ElementsAtOnce);
            var wide = e.Mul(e.Div(length, several), several);
            var most = e.For(
                mine,
                wide,
                several,
                lanes,
                (inside, first, values) =>
                    Enumerable
                        .Range(0, ElementsAtOnce)
                        .Aggregate(
                            values,
                            (sums, k) =>
                                Next(inside, inside.Add(first, inside.Index(k * chain.Combiner.Lanes)), sums, false)
                        )
            );
            var main = e.For(
                e.Add(wide, mine),
                whole,
                step,
                most,
                (inside, at, values) => Next(inside, at, values, false)
            );
            return Next(e, e.Add(whole, mine), main, true);

            Value[] Next(Emitter e, Value first, Value[] values, bool mayEnd) =>
                [
                    .. values.Select(
                        (before, k) =>
                        {
                            var position = e.Add(first, e.Index(k));
                            return mayEnd
                                ? e.If(
                                    e.Less(position, length),
                                    [before.Type],
                                    inside => Step(inside, position, before),
                                    _ => [before]
                                )[0]
                                : Step(e, position, before)[0];
                        }
                    ),
                ];

            Value[] Step(Emitter e, Value position, Value before)
            {
                var place = e.Add(e.Mul(team.Number, team.Kept), position);
                var elements = chain.Slice is { } slice
                    ? slice.Emit(
                        e,
                        ivs,
                        a =>
                            member.SourceOf(a) is { IsElement: true } source
                                ? e.Load(places[source.Slot], [place])
                                : Number(member, a)
                    )
                    : [.. chain.Elements.Select(v => e.Load(places[v.Slot], [place]))];
                return chain.Combiner.Step(e, [before], elements, null!);
            }
        }

        /// <summary>Brings together what threads have collected; all threads of the team know it then.</summary>
        private void EmitTotals(
            Emitter e,
            (RowMember Member, int Output, AssociativeCombiner Combiner)[] exact,
            Value[] totals,
            (RowMember Member, LaneChain Chain)[] chains,
            Value[] lanes
        )
        {
            if (exact.Length + chains.Length == 0)
            {
                return;
            }

            foreach (var (i, (member, output, combiner)) in exact.Index())
            {
                var ofWarp = LaneTree.Emit(e, combiner, [totals[i]]);
                HandOn(e, e.Equal(team.Lane, e.Index(0)), ofWarp, member, output, team.Warp);
            }

            foreach (var (member, chain) in chains)
            {
                var mine = lanes[..Held(chain)];
                lanes = lanes[Held(chain)..];
                e.If(
                    IsFirstWarp(e),
                    [],
                    inside =>
                    {
                        var total = LaneTree.Emit(inside, chain.Combiner, mine);
                        var first = inside.Equal(team.Lane, inside.Index(0));
                        HandOn(inside, first, total, member, chain.Output, team.Number);
                        return [];
                    }
                );
            }

            Wait(e);
            foreach (var (member, output, combiner) in exact)
            {
                var memory = Memory(member, output);
                var warps = e.ShiftRight(team.Threads, e.Index(WarpShift));
                var first = e.Mul(team.Number, warps);
                var total = e.For(
                    e.Index(1),
                    warps,
                    e.Index(1),
                    [e.Load(memory, [first])],
                    (inside, warp, carried) =>
                        [combiner.Merge(inside, carried[0], inside.Load(memory, [inside.Add(first, warp)]))]
                );
                Finish(e, member, output, combiner, total[0]);
            }

            foreach (var (member, chain) in chains)
            {
                var total = e.Load(Memory(member, chain.Output), [team.Number]);
                Finish(e, member, chain.Output, chain.Combiner, total);
            }
        }

        private void HandOn(Emitter e, Value isMine, Value total, RowMember member, int output, Value place) =>
            e.If(
                isMine,
                [],
                one =>
                {
                    one.Store(total, Memory(member, output), [place]);
                    return [];
                }
            );

        private Value Memory(RowMember member, int output) =>
            team.Totals[kernel.Reductions().ToList().IndexOf((member, output))];

        private void Finish(Emitter e, RowMember member, int output, AssociativeCombiner combiner, Value total)
        {
            var before = _numbers[member.Sources[member.Op.Inputs.Count + output]!];
            _numbers[member.Results[output]] = combiner.Merge(e, before, total);
        }
    }
}
