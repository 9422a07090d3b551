using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <content>Elements.</content>
internal sealed partial class RowKernel
{
    /// <summary>How many accesses a thread has on their way at once.</summary>
    private const int AccessesAtOnce = 4;

    /// <summary>Elements that cost more operations than these are made one access after the other.</summary>
    private const int MostAccessesCost = 16;

    private sealed partial class Row
    {
        /// <summary>Goes along the row once, in pieces that can be kept, and leaves its totals in <see cref="_numbers"/>.</summary>
        private void EmitPhase(Emitter e, int phase)
        {
            var exact = Reductions(phase).Where(r => r.Combiner.IsExact).ToArray();
            var chains = _plan
                .Members.Where(m => m.Phase == phase)
                .SelectMany(m => m.Chains.Select(c => (m, c)))
                .ToArray();
            var start = exact
                .Select(r => r.Combiner)
                .Concat(chains.SelectMany(c => Enumerable.Repeat(c.c.Combiner, Held(c.c))))
                .Select(c => e.Constant(c.NeutralElement))
                .ToArray();
            var collected = e.For(
                e.Index(0),
                kernel._length,
                team.Kept,
                start,
                (piece, begin, carried) =>
                {
                    var rest = piece.Min(team.Kept, piece.Sub(kernel._length, begin));
                    var length = piece.Select(isRow, rest, piece.Index(0));
                    var totals = EmitElements(piece, phase, begin, length, exact, carried[..exact.Length]);
                    if (chains.Length == 0)
                    {
                        return totals;
                    }

                    Wait(piece);
                    var lanes = EmitChains(piece, chains, length, carried[exact.Length..]);
                    if (!kernel.KeepsAll)
                    {
                        Wait(piece); // the next piece goes where this one is
                    }

                    return [.. totals, .. lanes];
                }
            );
            EmitTotals(e, exact, collected[..exact.Length], chains, collected[exact.Length..]);
        }

        private IEnumerable<(RowMember Member, int Output, AssociativeCombiner Combiner)> Reductions(int phase) =>
            kernel
                .Reductions()
                .Where(r => r.Member.Phase == phase)
                .Select(r => (r.Member, r.Output, r.Member.Combiners[r.Output]));

        /// <summary>All threads make elements, several neighbours at once where no row begins between two accesses.</summary>
        private Value[] EmitElements(
            Emitter e,
            int phase,
            Value begin,
            Value length,
            (RowMember Member, int Output, AssociativeCombiner Combiner)[] exact,
            Value[] totals
        )
        {
            var before = _plan.Values.Where(v => v.IsKept && v.Phase < phase && v.IsUsedIn(phase)).ToArray();
            var makes =
                exact.Length > 0
                || _plan.Values.Any(v => v.IsKept && v.Phase == phase)
                || kernel.Stored().Any(w => w.Value.IsElement && w.Value.Phase == phase);
            if (makes)
            {
                return EmitAtWidth(e);
            }

            // Only lanes work, on what is kept already.
            if (!kernel.KeepsAll)
            {
                e.If(
                    e.Not(AllKept(e)),
                    [],
                    inside =>
                    {
                        EmitAtWidth(inside);
                        return [];
                    }
                );
            }

            return totals;

            Value[] EmitAtWidth(Emitter e)
            {
                var width = kernel._width;
                if (width == 1 || kernel._length.ConstInt is { } known)
                {
                    return EmitLoop(e, width == 1 || kernel._length.ConstInt % width == 0 ? width : 1);
                }

                var even = e.Equal(e.Rem(kernel._length, e.Index(width)), e.Index(0));
                return e.If(
                    even,
                    [.. totals.Select(t => t.Type)],
                    wide => EmitLoop(wide, width),
                    one => EmitLoop(one, 1)
                );
            }

            Value[] EmitLoop(Emitter e, int width)
            {
                // Multiples of the width are written as such, so that LLVM sees what the address is a multiple of.
                var perRow = e.Div(kernel._length, e.Index(width));
                var first = e.Add(e.Mul(number, perRow), e.Div(begin, e.Index(width)));
                var place = e.Mul(team.Number, e.Mul(team.Units, e.Index(Unit / width)));
                var (end, at, carried) = (e.Div(length, e.Index(width)), team.Thread, totals);
                if (width > 1 && before.Length == 0 && Cost(phase) <= MostAccessesCost)
                {
                    // Several accesses are on their way before the first one has to be there.
                    var behind = e.Mul(team.Threads, e.Index(AccessesAtOnce - 1));
                    var step = e.Mul(team.Threads, e.Index(AccessesAtOnce));
                    var most = e.For(
                        at,
                        e.Sub(end, behind),
                        step,
                        [at, .. carried],
                        (inside, number, values) =>
                        {
                            var sums = values[1..];
                            for (var i = 0; i < AccessesAtOnce; i++)
                            {
                                sums = EmitAccess(inside, number, sums);
                                number = inside.Add(number, team.Threads);
                            }

                            return [number, .. sums];
                        }
                    );
                    (at, carried) = (most[0], most[1..]);
                }

                return e.For(at, end, team.Threads, carried, EmitAccess);

                Value[] EmitAccess(Emitter inside, Value at, Value[] carried) =>
                    EmitNeighbours(
                        inside,
                        phase,
                        new Neighbours(
                            width,
                            inside.Add(begin, inside.Mul(at, inside.Index(width))),
                            inside.Mul(inside.Add(first, at), inside.Index(width)),
                            inside.Mul(inside.Add(place, at), inside.Index(width)),
                            []
                        ),
                        before,
                        exact,
                        carried
                    );
            }
        }

        /// <summary>The operations that make an element.</summary>
        private int Cost(int phase) =>
            _plan.Members.Where(m => m.HasLoop && m.Phase == phase).Sum(m => m.Op.BodyBlock.CountOperations());

        private Value[] EmitNeighbours(
            Emitter e,
            int phase,
            Neighbours at,
            RowValue[] before,
            (RowMember Member, int Output, AssociativeCombiner Combiner)[] exact,
            Value[] totals
        )
        {
            TakeKept(e, phase, at, before);
            foreach (var value in _plan.Values.Where(v => v.IsKept && v.Phase == phase))
            {
                Make(e, value, at);
            }

            var stored = kernel.Stored().Where(w => w.Value.IsElement && w.Value.Phase == phase).ToArray();
            var elements = stored.Select(w => Make(e, w.Value, at)).ToArray();
            totals = (Value[])totals.Clone();
            for (var i = 0; i < exact.Length; i++)
            {
                var (member, _, combiner) = exact[i];
                var slice = new BodySlice(member.Op, combiner.Elements);
                var made = Each(e, at, k => slice.Emit(e, Iteration(e, at, k), a => Argument(e, member, a, at)[k]));
                foreach (var element in made)
                {
                    totals[i] = combiner.Step(e, [totals[i]], element, null!)[0];
                }
            }

            foreach (var value in _plan.Values.Where(v => v.IsKept && v.Phase == phase))
            {
                Keep(e, value, at);
            }

            for (var i = 0; i < stored.Length; i++)
            {
                for (var k = 0; k < at.Width; k++)
                {
                    Write(e, stored[i].Array, stored[i].Map, at, k, elements[i][k]);
                }
            }

            return totals;
        }

        /// <summary>Elements of earlier phases: out of the row's memory, or made again where it did not hold all of them.</summary>
        private void TakeKept(Emitter e, int phase, Neighbours at, RowValue[] before)
        {
            if (before.Length == 0)
            {
                return;
            }

            IrType[] types = [.. before.SelectMany(v => Enumerable.Repeat(v.Type, at.Width))];
            var taken = kernel.KeepsAll
                ? Load(e)
                : e.If(
                    AllKept(e),
                    types,
                    Load,
                    again =>
                    {
                        var fresh = at with { Known = [] };
                        Value[] made = [.. before.SelectMany(v => Make(again, v, fresh))];
                        foreach (var value in before.Where(v => v.IsTakenIn(phase)))
                        {
                            Keep(again, value, fresh);
                        }

                        return made;
                    }
                );
            for (var i = 0; i < before.Length; i++)
            {
                at.Known[before[i]] = taken[(i * at.Width)..((i + 1) * at.Width)];
            }

            Value[] Load(Emitter kept) =>
                [
                    .. before.SelectMany(v =>
                        Each(kept, at, k => kept.Load(places[v.Slot], [kept.Add(at.Place, kept.Index(k))]))
                    ),
                ];
        }

        private Value AllKept(Emitter e) => e.Less(kernel._length, e.Add(team.Kept, e.Index(1)));

        private void Keep(Emitter e, RowValue value, Neighbours at)
        {
            for (var k = 0; k < at.Width; k++)
            {
                e.Store(at.Known[value][k], places[value.Slot], [e.Add(at.Place, e.Index(k))]);
            }
        }

        /// <summary>A value at some neighbours.</summary>
        private Value[] Make(Emitter e, RowValue value, Neighbours at)
        {
            if (!at.Known.TryGetValue(value, out var made))
            {
                if (value.Maker is { } maker)
                {
                    var slice = new BodySlice(maker.Op, [value.Inside!]);
                    made = Each(e, at, k => slice.Emit(e, Iteration(e, at, k), a => Argument(e, maker, a, at)[k])[0]);
                }
                else
                {
                    made = Each(e, at, k => Read(e, value.Array!, value.Map!, at, k));
                }

                at.Known[value] = made;
            }

            return made;
        }

        private Value[] Argument(Emitter e, RowMember member, BlockArgument argument, Neighbours at) =>
            member.SourceOf(argument) is { IsElement: true } source
                ? Make(e, source, at)
                : [.. Enumerable.Repeat(Number(member, argument), at.Width)];

        private Value Read(Emitter e, Value array, AffineMap map, Neighbours at, int k) =>
            kernel._flat.TryGetValue(array, out var flat) && map.IsIdentity
                ? e.Load(flat, [e.Add(at.Position, e.Index(k))])
                : e.Load(array, ScalarBody.Subscripts(e, map, Iteration(e, at, k)));

        private void Write(Emitter e, Value array, AffineMap map, Neighbours at, int k, Value value)
        {
            if (kernel._flat.TryGetValue(array, out var flat) && map.IsIdentity)
            {
                e.Store(value, flat, [e.Add(at.Position, e.Index(k))]);
            }
            else
            {
                e.Store(value, array, ScalarBody.Subscripts(e, map, Iteration(e, at, k)));
            }
        }

        private Value[] Iteration(Emitter e, Neighbours at, int k) => [.. ivs, e.Add(at.Element, e.Index(k))];

        private static T[] Each<T>(Emitter e, Neighbours at, Func<int, T> make) =>
            [.. Enumerable.Range(0, at.Width).Select(make)];
    }

    /// <summary>Neighbouring elements of a row.</summary>
    /// <param name="Width">How many they are.</param>
    /// <param name="Element">The first one's number in the row.</param>
    /// <param name="Position">The first one's number in arrays in which rows lie one after the other.</param>
    /// <param name="Place">The first one's number in the memory of the block.</param>
    /// <param name="Known">What is known of them.</param>
    private sealed record Neighbours(
        int Width,
        Value Element,
        Value Position,
        Value Place,
        Dictionary<RowValue, Value[]> Known
    );
}
