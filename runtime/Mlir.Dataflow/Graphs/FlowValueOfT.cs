using Mlir.IR;

namespace Mlir.Dataflow;

/// <summary>A value of a graph whose type the C# compiler knows.</summary>
/// <typeparam name="T">The type.</typeparam>
public sealed class FlowValue<T> : FlowValue
{
    internal FlowValue(Flow flow, OpResult result, Type type)
        : base(flow, result, type) { }

    /// <summary>Stands for the value inside of the expression that <see cref="Flow.Call{TDelegate,TResult}"/> takes.</summary>
    /// <exception cref="InvalidOperationException">It was read outside of such an expression: the value is not there yet.</exception>
    public T Value =>
        throw new InvalidOperationException(
            "a value of a graph has no value before it is computed: call ComputeAsync, or use Value inside of flow.Call((D d) => …) only"
        );

    /// <inheritdoc cref="FlowValue.ComputeAsync"/>
    public new async Task<T> ComputeAsync(
        ComputeOptions? options = null,
        bool optimized = true,
        CancellationToken cancellationToken = default
    ) => (T)(await Flow.ComputeAsync([this], options, optimized, cancellationToken).ConfigureAwait(false))[0]!;
}
