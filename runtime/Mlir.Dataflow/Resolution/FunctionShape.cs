using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Reflection;

namespace Mlir.Dataflow;

/// <summary>What a method or a lambda takes and gives.</summary>
internal sealed record FunctionShape(
    ImmutableArray<TaskParameter> Parameters,
    Type ResultType,
    ImmutableArray<PropertyRequirement> ResultRequirements
)
{
    /// <summary>Reads a method, or the lambda of a delegate type whose method it is; null when it cannot be a function of a task.</summary>
    /// <param name="method">The method.</param>
    /// <param name="lambda">The lambda, whose names count where the delegate type has none of its own.</param>
    /// <param name="source">What to call it in errors.</param>
    /// <param name="problems">Where errors go.</param>
    public static FunctionShape? Read(MethodInfo method, LambdaExpression? lambda, string source, List<string> problems)
    {
        var before = problems.Count;
        if (method.ContainsGenericParameters)
        {
            problems.Add($"{source} is generic: a task needs to know its types");
            return null;
        }

        // Func's parameters are called arg1, arg2 …
        var anonymous = lambda is not null && method.DeclaringType is { IsGenericType: true, Namespace: "System" };
        var parameters = ImmutableArray.CreateBuilder<TaskParameter>();
        foreach (var parameter in method.GetParameters())
        {
            var name = anonymous ? lambda!.Parameters[parameter.Position].Name : parameter.Name;
            name = string.IsNullOrEmpty(name) ? $"arg{parameter.Position + 1}" : name;
            Check(parameter.ParameterType, $"the parameter '{name}' of {source}");
            parameters.Add(Parameter(parameter, name));
        }

        if (method.ReturnType == typeof(void))
        {
            problems.Add($"{source} gives no result");
        }
        else
        {
            Check(method.ReturnType, $"the result of {source}");
        }

        return problems.Count > before
            ? null
            : new FunctionShape(
                parameters.ToImmutable(),
                method.ReturnType,
                Requirements(method.ReturnParameter.GetCustomAttributes<RequiresAttribute>(false))
            );

        void Check(Type type, string what)
        {
            if (type.IsByRef || type.IsPointer || type.IsByRefLike || type.IsFunctionPointer)
            {
                problems.Add($"{what} cannot be {TypeName.Of(type)}: a task takes and gives values that can be kept");
            }
        }
    }

    /// <summary>The shape with the requirements that stand on the field or property which holds the lambda.</summary>
    public FunctionShape With(IEnumerable<RequiresAttribute> attributes, string source, List<string> problems)
    {
        var shape = this;
        foreach (var attribute in attributes)
        {
            var requirement = Requirements([attribute]);
            if (attribute.Parameter is not { } name)
            {
                shape = shape with { ResultRequirements = shape.ResultRequirements.AddRange(requirement) };
            }
            else if (shape.Parameters.FirstOrDefault(p => p.Name == name) is { } parameter)
            {
                var required = parameter with { Requirements = parameter.Requirements.AddRange(requirement) };
                shape = shape with { Parameters = shape.Parameters.Replace(parameter, required) };
            }
            else
            {
                problems.Add($"{source} has no parameter '{name}' that could require {attribute.Property}");
            }
        }

        return shape;
    }

    private static TaskParameter Parameter(ParameterInfo parameter, string name)
    {
        var result = new TaskParameter(name, parameter.ParameterType)
        {
            Requirements = Requirements(parameter.GetCustomAttributes<RequiresAttribute>(false)),
        };
        if (!parameter.HasDefaultValue || parameter.DefaultValue == Missing.Value)
        {
            return result;
        }

        // default(T) of a struct is written down as null.
        var type = parameter.ParameterType;
        var value = parameter.DefaultValue;
        if (value is null && type.IsValueType && Nullable.GetUnderlyingType(type) is null)
        {
            value = Activator.CreateInstance(type);
        }

        return result with
        {
            HasDefault = true,
            Default = value,
        };
    }

    private static ImmutableArray<PropertyRequirement> Requirements(IEnumerable<RequiresAttribute> attributes) =>
        [.. attributes.Select(a => new PropertyRequirement(a.Property, [.. a.Values]))];
}
