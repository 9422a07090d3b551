using Mlir.Dialects.Linalg;
using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>The one value that an output of a reduction goes on from everywhere: the reduction starts with it, and nobody has to write it before.</summary>
/// <example><code>
/// generic outs(%a) { yield %v };  generic ins(%x) outs(%a) { yield %acc + %in }   →   %a[…] = %v + sum of %x
/// </code></example>
internal sealed class ReductionStart
{
    private readonly Value _value;

    private ReductionStart(GenericOp writer, Value value) => (Writer, _value) = (writer, value);

    /// <summary>What writes the value, and need not.</summary>
    public GenericOp Writer { get; }

    /// <summary>Emits the value.</summary>
    public Value Emit(Emitter e) =>
        _value.Definer is IConstantLike and Operation constant ? e.Clone(constant, new IrMapping()).Results[0] : _value;

    /// <summary>How output <paramref name="output"/> of <paramref name="op"/> starts; null where that is not known, or where not all of it is computed.</summary>
    public static ReductionStart? Find(GenericOp op, int output)
    {
        var root = RootOf(op.Outputs[output]);
        if (
            op.IteratorKinds.All(k => k == IteratorType.Parallel)
            || root.Definer is not (AllocOp or AllocaOp)
            || !ReferenceEquals(root, RootOf(op.Outputs[output], wholeOnly: true))
            || !op.OutputMap(output).IsProjectedPermutation
            || op.Operands.ToArray().Count(v => ReferenceEquals(RootOf(v), root)) != 1
        )
        {
            return null;
        }

        for (var previous = op.Previous; previous is not null; previous = previous.Previous)
        {
            if (Touches(previous, root))
            {
                return
                    previous is GenericOp { Results.Count: 0, Outputs.Count: 1 } writer
                    && ReferenceEquals(RootOf(writer.Outputs[0], wholeOnly: true), root)
                    && writer.IteratorKinds.All(k => k == IteratorType.Parallel)
                    && writer.OutputMap(0).IsPermutation
                    && Constant(writer) is { } value
                    ? new ReductionStart(writer, value)
                    : null;
            }
        }

        return null;
    }

    /// <summary>What <paramref name="writer"/> writes everywhere; null where that differs, or is read from memory that may change.</summary>
    private static Value? Constant(GenericOp writer)
    {
        var body = writer.BodyBlock;
        var value = body.Last!.Operands[0];
        if (value is BlockArgument argument && ReferenceEquals(argument.ParentBlock, body))
        {
            value = writer.Operands[argument.Index];
            return value.Type is MemRefType || value.Definer is LoadOp ? null : value;
        }

        return body.Operations.All(o => o is IConstantLike || o.Next is null) && value.Definer is not LoadOp
            ? value
            : null;
    }

    private static bool Touches(Operation op, Value root) =>
        !SideEffects.IsPure(op) && op.Walk().Any(o => o.Operands.ToArray().Any(v => ReferenceEquals(RootOf(v), root)));

    private static Value RootOf(Value memory, bool wholeOnly = false)
    {
        while (
            memory.Definer is { } definer
            && (wholeOnly ? definer is CastOp or CollapseShapeOp or ExpandShapeOp : Views.IsView(definer))
        )
        {
            memory = definer.OpOperands[0].Value;
        }

        return memory;
    }
}
