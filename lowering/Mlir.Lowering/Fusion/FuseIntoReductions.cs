using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// An elementwise operation on memrefs whose result is kept, and a reduction that reads it behind it, become one loop: the elements are combined
/// while they are written.
/// </summary>
/// <remarks>Where nobody else needs the result, <see cref="FuseElementwise"/> has moved the operation into the reduction already.</remarks>
/// <example><code>
/// generic ins(%x) outs(%e) { yield exp(%x) };  generic ins(%e) outs(%s) { yield %s + %e }
/// →
/// generic ins(%x) outs(%e, %s) { %v = exp(%x); yield %v, %s + %v }
/// </code></example>
[Pass("fuse-into-reductions")]
public sealed partial record FuseIntoReductions : Pass<FuncOp>
{
    /// <inheritdoc/>
    protected override void Run(FuncOp op, PassContext context)
    {
        foreach (var generic in op.Walk().OfType<GenericOp>().Where(g => g.Results.Count == 0).ToList())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (
                generic.IteratorKinds is [.., IteratorType.Reduction]
                && Combiner.FindAll(generic) is not null
                && Contraction.Find(generic) is null
                && VectorBody.Supports(generic)
                && FindProducer(generic) is { } producer
            )
            {
                Merge(producer, generic);
            }
        }
    }

    /// <summary>The operation in front of <paramref name="reduction"/> that can be computed with it; what stands between them touches nothing of it.</summary>
    private static GenericOp? FindProducer(GenericOp reduction)
    {
        var between = new HashSet<Value>(ReferenceEqualityComparer.Instance);
        for (var op = reduction.Previous; op is not null; op = op.Previous)
        {
            if (op is GenericOp { Results.Count: 0 } generic)
            {
                var touched = Arrays(generic).ToList();
                if (CanMerge(generic, reduction) && !touched.Exists(between.Contains))
                {
                    return generic;
                }

                between.UnionWith(touched);
            }
            else if (op is not (AllocOp or AllocaOp) && !SideEffects.IsPure(op))
            {
                return null;
            }
        }

        return null;
    }

    private static bool CanMerge(GenericOp producer, GenericOp reduction)
    {
        if (
            producer.Outputs.Count != 1
            || !producer.OutputElement(0).IsUnused
            || !producer.OutputMap(0).IsPermutation
            || producer.IteratorTypes.Items.Count != reduction.IteratorTypes.Items.Count
            || !VectorBody.Supports(producer)
            || !Inputs(reduction).Any(i => IsReadOf(reduction, i, producer))
        )
        {
            return false;
        }

        // The reduction reads what is written at the same place only, and writes nothing that the producer knows.
        var written = Views.Root(producer.Outputs[0]);
        var known = Arrays(producer).ToHashSet<Value>(ReferenceEqualityComparer.Instance);
        return Inputs(reduction)
                .All(i =>
                    IsReadOf(reduction, i, producer) || !ReferenceEquals(Views.Root(reduction.Inputs[i]), written)
                ) && !reduction.Outputs.Any(o => known.Contains(Views.Root(o)));
    }

    private static bool IsReadOf(GenericOp reduction, int input, GenericOp producer) =>
        ReferenceEquals(reduction.Inputs[input], producer.Outputs[0])
        && reduction.MapOf(input) == producer.OutputMap(0);

    private static void Merge(GenericOp producer, GenericOp reduction)
    {
        var inputs = new List<(Value Value, AffineMap Map)>();
        var emit = new Emitter(new OpBuilder(reduction), Location.Fuse([producer.Location, reduction.Location]));
        foreach (var op in (GenericOp[])[producer, reduction])
        {
            foreach (var i in Inputs(op))
            {
                var input = (op.Inputs[i], op.MapOf(i));
                if ((ReferenceEquals(op, producer) || !IsReadOf(op, i, producer)) && !inputs.Contains(input))
                {
                    inputs.Add(input);
                }
            }
        }

        var merged = emit.Generic(
            [.. inputs.Select(i => i.Value)],
            [producer.Outputs[0], .. reduction.Outputs],
            [
                .. inputs.Select(i => i.Map),
                producer.OutputMap(0),
                .. Enumerable.Range(0, reduction.Outputs.Count).Select(reduction.OutputMap),
            ],
            reduction.IteratorKinds,
            (body, arguments) =>
            {
                Value Element(GenericOp op, int input) =>
                    arguments[inputs.IndexOf((op.Inputs[input], op.MapOf(input)))];
                var made = body.InlineBody(
                    producer.BodyBlock,
                    [.. Inputs(producer).Select(i => Element(producer, i)), arguments[inputs.Count]]
                )[0];
                var combined = body.InlineBody(
                    reduction.BodyBlock,
                    [
                        .. Inputs(reduction)
                            .Select(i => IsReadOf(reduction, i, producer) ? made : Element(reduction, i)),
                        .. arguments.Skip(inputs.Count + 1),
                    ]
                );
                return [made, .. combined];
            }
        );
        merged.Discardable = reduction.Discardable;
        producer.Erase();
        reduction.Erase();
    }

    private static IEnumerable<int> Inputs(GenericOp op) => Enumerable.Range(0, op.Inputs.Count);

    private static IEnumerable<Value> Arrays(GenericOp op) =>
        op.Operands.ToArray().Where(o => o.Type is MemRefType).Select(Views.Root);
}
