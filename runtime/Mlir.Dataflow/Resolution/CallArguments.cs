using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>Brings the arguments of a call into the order of the parameters.</summary>
public static class CallArguments
{
    /// <summary>One argument for each parameter of an algorithm: positional ones first, then <see cref="Named"/> ones, defaults for what is left out.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="arguments">The arguments as they stand in the call.</param>
    /// <exception cref="DispatchException">They do not fit the parameters.</exception>
    public static object?[] Bind(AbstractAlgorithm algorithm, ReadOnlySpan<object?> arguments)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        var parameters = algorithm.Parameters;
        var bound = new object?[parameters.Length];
        var positional = 0;
        while (positional < arguments.Length && arguments[positional] is not Named)
        {
            positional++;
        }

        if (positional > parameters.Length)
        {
            throw new DispatchException(
                $"{algorithm.Signature} takes at most {parameters.Length} arguments, not {positional}"
            );
        }

        arguments[..positional].CopyTo(bound);
        if (positional == arguments.Length && positional == parameters.Length)
        {
            return bound;
        }

        var given = new bool[parameters.Length];
        given.AsSpan(0, positional).Fill(true);
        foreach (var argument in arguments[positional..])
        {
            if (argument is not Named(var name, var value))
            {
                throw new DispatchException(
                    $"a call of {algorithm} has an argument without a name behind one with a name"
                );
            }

            var index = IndexOf(parameters, name);
            if (index < 0)
            {
                throw new DispatchException(
                    $"{algorithm.Signature} has no parameter '{name}'{Suggestion.For(name, parameters.Select(p => p.Name))}"
                );
            }

            if (given[index])
            {
                throw new DispatchException($"a call of {algorithm} gives the parameter '{name}' twice");
            }

            (bound[index], given[index]) = (value, true);
        }

        for (var i = 0; i < given.Length; i++)
        {
            if (!given[i])
            {
                bound[i] = parameters[i].HasDefault
                    ? parameters[i].Default
                    : throw new DispatchException(
                        $"a call of {algorithm.Signature} lacks the argument '{parameters[i].Name}'"
                    );
            }
        }

        return bound;
    }

    private static int IndexOf(ImmutableArray<TaskParameter> parameters, string name)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
