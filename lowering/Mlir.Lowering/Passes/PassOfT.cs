using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>A transformation of operations of one kind. On an operation of another kind it works on all <typeparamref name="TOp"/> inside.</summary>
/// <typeparam name="TOp">The kind of operation that the pass works on.</typeparam>
public abstract record Pass<TOp> : Pass
    where TOp : Operation
{
    /// <inheritdoc/>
    public sealed override void Run(Operation op, PassContext context)
    {
        if (op is TOp anchor)
        {
            Run(anchor, context);
            return;
        }

        // The list first: a pass may add operations of its own kind, which are not its input.
        var anchors = op.Walk().OfType<TOp>().ToList();
        foreach (var inner in anchors)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Run(inner, context);
        }
    }

    /// <summary>Transforms <paramref name="op"/> and what is inside it.</summary>
    protected abstract void Run(TOp op, PassContext context);
}
