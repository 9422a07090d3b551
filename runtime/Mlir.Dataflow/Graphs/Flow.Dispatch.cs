using System.Collections.Immutable;
using Mlir.IR;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Dataflow;

public sealed partial class Flow
{
    private AbstractAlgorithm FindAlgorithm(Type delegateType, CallSite site)
    {
        try
        {
            return Resolver.GetAlgorithm(delegateType);
        }
        catch (DispatchException e)
        {
            throw new FlowException(site, e.Message, e);
        }
    }

    private AbstractAlgorithm FindAlgorithm(string name, int? version, CallSite site)
    {
        try
        {
            return Resolver.GetAlgorithm(name, version);
        }
        catch (DispatchException e)
        {
            throw new FlowException(site, e.Message, e);
        }
    }

    /// <summary>Adds a call: the translations of its arguments, the task, and the translations of its result.</summary>
    private FlowValue AddCall(
        AbstractAlgorithm algorithm,
        object?[] given,
        string? plugin,
        Type? resultType,
        CallSite site
    )
    {
        var arguments = Bind(algorithm, given, site);
        var types = new Type[arguments.Length];
        for (var i = 0; i < types.Length; i++)
        {
            types[i] = arguments[i] switch
            {
                FlowValue value => value.Type,
                null => typeof(void),
                var value => value.GetType(),
            };
        }

        CallPlan plan;
        try
        {
            plan = Resolver.Plan(algorithm, types, resultType, plugin).OrThrow();
        }
        catch (DispatchException e)
        {
            throw new FlowException(site, e.Message, e);
        }

        var location = site.Location;
        lock (_lock)
        {
            var function = plan.Chosen!;
            var operands = new Value[function.Parameters.Length];
            for (var i = 0; i < operands.Length; i++)
            {
                operands[i] =
                    i < arguments.Length
                        ? AddArgument(arguments[i], function.Parameters[i], plan.Translations[i], site, location).Result
                        : AddConstant(function.Parameters[i].Default, function.Parameters[i], site, location).Result;
            }

            return AddTranslations(AddTask(function, operands, location), plan.ResultTranslations, location);
        }
    }

    /// <summary>One argument for each parameter, in their order.</summary>
    private object?[] Bind(AbstractAlgorithm algorithm, object?[] given, CallSite site)
    {
        foreach (var argument in given)
        {
            if ((argument is Named named ? named.Value : argument) is FlowValue value && value.Flow != this)
            {
                throw new FlowException(
                    site,
                    $"an argument of {algorithm} is a value of another graph, {value.Flow.Name}: compute it first, or build both in one graph"
                );
            }
        }

        try
        {
            return CallArguments.Bind(algorithm, given);
        }
        catch (DispatchException e)
        {
            throw new FlowException(site, e.Message, e);
        }
    }

    private FlowValue AddArgument(
        object? argument,
        TaskParameter parameter,
        ImmutableArray<Translator> route,
        CallSite site,
        Location location
    )
    {
        if (argument is FlowValue value)
        {
            return AddTranslations(value, route, location);
        }

        // C#'s conversions of constants are carried out at once: `2` for a double is the literal 2.0.
        while (route is [{ Plugin: ImplicitConversions.Plugin } conversion, .. var rest])
        {
            argument = conversion.Invoke([argument]);
            route = [.. rest];
        }

        return AddTranslations(AddConstant(argument, parameter, site, location), route, location);
    }

    private FlowValue AddConstant(object? value, TaskParameter parameter, CallSite site, Location location)
    {
        var type = value?.GetType() ?? parameter.Type;
        return FlowLiteral.TryMake(value, out var attribute)
            ? AddLiteral(attribute, type, location)
            : AddInput(value, type, null, parameter.Name, site);
    }
}
