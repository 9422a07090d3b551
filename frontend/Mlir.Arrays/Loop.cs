using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>
/// Loops as expressions, so that a lambda that is compiled may hold them: the state is a scalar, a tensor, or a tuple or struct of these, and each
/// iteration makes the next one. Expression trees take no tuple literals; write <c>ValueTuple.Create(a, b)</c>.
/// </summary>
/// <example><code>
/// Jit.Compile((Tensor&lt;double> x, int n) => Loop.For(n, x, (i, state) => 0.5 * (state + x / state)))
/// </code></example>
public static class Loop
{
    /// <summary>The state after <paramref name="count"/> iterations; the one it begins with where that is not positive.</summary>
    /// <param name="count">How many iterations there are.</param>
    /// <param name="initial">The state before the first one.</param>
    /// <param name="body">Makes the next state of the number of the iteration, from 0, and the state before.</param>
    public static TState For<TState>(int count, TState initial, Func<int, TState, TState> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var state = initial;
        for (var i = 0; i < count; i++)
        {
            state = body(i, state);
        }

        return state;
    }

    /// <summary>The first state that does not meet <paramref name="condition"/>.</summary>
    /// <param name="initial">The first state.</param>
    /// <param name="condition">Whether to go on from a state.</param>
    /// <param name="body">Makes the next state.</param>
    public static TState While<TState>(TState initial, Func<TState, bool> condition, Func<TState, TState> body)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(body);
        var state = initial;
        while (condition(state))
        {
            state = body(state);
        }

        return state;
    }

    /// <summary>Goes over the elements of a tensor of one dimension with a state, and gives one result for each.</summary>
    /// <param name="items">The elements.</param>
    /// <param name="initial">The state before the first one.</param>
    /// <param name="body">Makes the next state and a result of a state and an element.</param>
    /// <returns>The last state, and the results.</returns>
    /// <exception cref="ArgumentException"><paramref name="items"/> has more than one dimension.</exception>
    public static (TState State, Tensor<TResult> Results) Scan<TState, T, TResult>(
        Tensor<T> items,
        TState initial,
        Func<TState, T, (TState State, TResult Result)> body
    )
    {
        ArgumentNullException.ThrowIfNull(body);
        var source = Dense<T>.Of(items);
        if (source.Rank != 1)
        {
            throw new ArgumentException("What is scanned has one dimension.", nameof(items));
        }

        var state = initial;
        var results = new Dense<TResult>(source.Lengths);
        for (var i = 0; i < source.Data.Length; i++)
        {
            (state, results.Data[i]) = body(state, source.Data[i]);
        }

        return (state, results.ToTensor());
    }
}
