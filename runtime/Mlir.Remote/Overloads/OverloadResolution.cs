using System.Collections.Immutable;
using Mlir.Remote.Protocol;

namespace Mlir.Remote.Overloads;

/// <summary>Chooses among overloads as C# does (§12.6.4 of the standard).</summary>
/// <remarks>
/// Arguments are values, never constants: the conversion by which C# lets the literal <c>5</c> be a <c>byte</c> does not apply, so an <c>int</c> for a
/// <c>byte</c> parameter is an error whatever its value.
/// </remarks>
internal static class OverloadResolution
{
    /// <summary>Chooses the overload that a call of values means.</summary>
    /// <param name="name">The function's name, for messages.</param>
    /// <param name="candidates">The overloads.</param>
    /// <param name="arguments">The call's arguments.</param>
    /// <param name="values">The values of the chosen overload's parameters in order, each of its parameter's type.</param>
    /// <returns>The overload's place among <paramref name="candidates"/>.</returns>
    /// <exception cref="ProtocolException">No overload fits, several do equally well, or a value is malformed.</exception>
    public static int Choose(
        string name,
        IReadOnlyList<Signature> candidates,
        Arguments arguments,
        out ImmutableArray<Value> values
    )
    {
        var given = new List<Value>(arguments.Positional);
        var types = new List<OverloadArgument>();
        foreach (var value in given)
        {
            types.Add(new OverloadArgument(Values.TypeOf(value)));
        }

        foreach (var (parameter, value) in arguments.Named.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            given.Add(value);
            types.Add(new OverloadArgument(Values.TypeOf(value), parameter));
        }

        var chosen = Choose(name, candidates, types);
        var parameters = candidates[chosen.Index].Parameters;
        values =
        [
            .. parameters.Select(
                (parameter, i) =>
                    Values.Convert(
                        chosen.Arguments[i] < 0 ? parameter.DefaultValue : given[chosen.Arguments[i]],
                        parameter.Type
                    )
            ),
        ];
        return chosen.Index;
    }

    /// <summary>Chooses the overload that a call means by its arguments' types.</summary>
    /// <param name="name">The function's name, for messages.</param>
    /// <param name="candidates">The overloads.</param>
    /// <param name="arguments">The arguments: those by position first, then those by name.</param>
    /// <exception cref="ProtocolException">No overload fits, or several do equally well; the error lists the candidates.</exception>
    public static ChosenOverload Choose(
        string name,
        IReadOnlyList<Signature> candidates,
        IReadOnlyList<OverloadArgument> arguments
    )
    {
        var applicable = new List<ChosenOverload>();
        string? reason = null;
        for (var i = 0; i < candidates.Count; i++)
        {
            if (Bind(candidates[i], arguments, out var bound) is { } mismatch)
            {
                reason = mismatch;
            }
            else
            {
                applicable.Add(new ChosenOverload(i, bound));
            }
        }

        if (applicable.Count == 0)
        {
            throw Failure(
                ErrorCode.NoOverload,
                candidates.Count == 1
                    ? $"{Call(name, arguments)} does not fit {DataTypes.CSharpText(name, candidates[0])}: {reason}"
                    : $"no overload takes {Call(name, arguments)}; there are {List(name, candidates)}",
                name,
                candidates
            );
        }

        foreach (var one in applicable)
        {
            if (applicable.All(other => other.Index == one.Index || IsBetter(one, other, candidates, arguments)))
            {
                return one;
            }
        }

        var equal = applicable.ConvertAll(one => candidates[one.Index]);
        throw Failure(
            ErrorCode.AmbiguousCall,
            $"{Call(name, arguments)} is ambiguous: {List(name, equal)} fit and none is better; convert an argument to say which",
            name,
            equal
        );
    }

    /// <summary>Whether two signatures take the same types, so that no call could tell them apart.</summary>
    public static bool SameParameters(Signature a, Signature b) =>
        a.Parameters.Count == b.Parameters.Count
        && a.Parameters.Zip(b.Parameters, static (x, y) => DataTypes.IsIdentity(x.Type, y.Type)).All(static x => x);

    /// <summary>Finds each parameter's argument.</summary>
    /// <returns>Why the candidate does not fit, or null.</returns>
    private static string? Bind(
        Signature candidate,
        IReadOnlyList<OverloadArgument> arguments,
        out ImmutableArray<int> bound
    )
    {
        bound = [];
        var parameters = candidate.Parameters;
        if (arguments.Count > parameters.Count)
        {
            return $"it takes {Count(parameters.Count)}, not {arguments.Count}";
        }

        Span<int> places = parameters.Count <= 64 ? stackalloc int[parameters.Count] : new int[parameters.Count];
        places.Fill(-1);
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            var place = i;
            if (argument.Name is { } name)
            {
                for (place = 0; place < parameters.Count && parameters[place].Name != name; place++) { }

                if (place == parameters.Count)
                {
                    return $"it has no parameter '{name}'";
                }

                if (places[place] >= 0)
                {
                    return $"parameter '{name}' is given twice";
                }
            }

            if (!DataTypes.IsImplicit(argument.Type, parameters[place].Type))
            {
                return $"parameter '{parameters[place].Name}' is {DataTypes.CSharpText(parameters[place].Type)}, to which C# does not convert {DataTypes.CSharpText(argument.Type)} by itself";
            }

            places[place] = i;
        }

        for (var i = 0; i < places.Length; i++)
        {
            if (places[i] < 0 && parameters[i].DefaultValue is null)
            {
                return $"parameter '{parameters[i].Name}' has no argument";
            }
        }

        bound = [.. places];
        return null;
    }

    private static bool IsBetter(
        ChosenOverload one,
        ChosenOverload other,
        IReadOnlyList<Signature> candidates,
        IReadOnlyList<OverloadArgument> arguments
    )
    {
        var better = false;
        var same = true;
        for (var i = 0; i < arguments.Count; i++)
        {
            var type = candidates[one.Index].Parameters[one.Arguments.IndexOf(i)].Type;
            var against = candidates[other.Index].Parameters[other.Arguments.IndexOf(i)].Type;
            if (DataTypes.IsBetter(arguments[i].Type, against, type))
            {
                return false;
            }

            better |= DataTypes.IsBetter(arguments[i].Type, type, against);
            same &= DataTypes.IsIdentity(type, against);
        }

        // Equal in every argument: the one that needs no default value.
        return better || (same && !one.Arguments.Contains(-1) && other.Arguments.Contains(-1));
    }

    private static string Call(string name, IReadOnlyList<OverloadArgument> arguments) =>
        $"{name}({string.Join(", ", arguments.Select(a => a.Name is null ? DataTypes.CSharpText(a.Type) : $"{a.Name}: {DataTypes.CSharpText(a.Type)}"))})";

    private static string List(string name, IEnumerable<Signature> candidates) =>
        string.Join(", ", candidates.Select(candidate => DataTypes.CSharpText(name, candidate)));

    private static string Count(int count) => count == 1 ? "1 argument" : $"{count} arguments";

    private static ProtocolException Failure(
        ErrorCode code,
        string message,
        string name,
        IEnumerable<Signature> candidates
    )
    {
        var error = new Error { Code = code, Message = message };
        error.Candidates.AddRange(candidates.Select(candidate => DataTypes.CSharpText(name, candidate)));
        return new ProtocolException(error);
    }
}
