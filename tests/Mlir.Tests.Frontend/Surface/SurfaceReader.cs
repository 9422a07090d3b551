using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Reflection;
using Mlir.Arrays;

namespace Mlir.Tests.Frontend.Surface;

/// <summary>Finds the overloads of <c>Tensor</c> that take tensors, scalars and counts, and writes calls of them.</summary>
internal static class SurfaceReader
{
    /// <summary>Every public static name.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(Tensor)
            .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(m => m.Name)
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The names of the functions that only spans have in .NET.</summary>
    public static IReadOnlyList<string> PrimitiveNames { get; } =
    [
        .. typeof(TensorFunctions)
            .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(m => m.Name)
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether calls of the function are written by hand.</summary>
    public static bool IsOfShapes(string name) => SurfaceShapes.Of<int>().Any(c => c.Name == name);

    /// <summary>The overloads of <paramref name="name"/> for <paramref name="element"/>, or null when there is none of this form.</summary>
    public static SurfaceCase? Find(string name, Type element)
    {
        var tensor = typeof(Tensor<>).MakeGenericType(element);
        ParameterExpression[] parameters =
        [
            Expression.Parameter(tensor, "x"),
            Expression.Parameter(tensor, "y"),
            Expression.Parameter(element, "s"),
            Expression.Parameter(typeof(int), "n"),
        ];
        var overloads = new List<MethodInfo>();
        var calls = new List<Expression>();
        foreach (
            var method in new[] { typeof(Tensor), typeof(TensorFunctions) }
                .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
                .Where(m => m.Name == name && m.IsGenericMethodDefinition)
                .SelectMany(m => Close(m, element))
        )
        {
            if (Call(method, parameters) is { } call)
            {
                overloads.Add(method);
                calls.Add(call);
            }
        }

        if (calls.Count == 0)
        {
            return null;
        }

        return new SurfaceCase(name, element, Expression.Lambda(Tuple(calls), parameters), overloads);
    }

    private static Expression Tuple(List<Expression> items)
    {
        if (items.Count == 1)
        {
            return items[0];
        }

        // More than seven items nest.
        var arguments = items.Count <= 7 ? items : [.. items[..6], Tuple(items[6..])];
        var type = Type.GetType($"System.ValueTuple`{arguments.Count}")!
            .MakeGenericType([.. arguments.Select(a => a.Type)]);
        return Expression.New(type.GetConstructor([.. arguments.Select(a => a.Type)])!, arguments);
    }

    /// <summary>The method for an element type; conversions go to every other one.</summary>
    private static IEnumerable<MethodInfo> Close(MethodInfo method, Type element)
    {
        Type[][] arguments =
            method.GetGenericArguments().Length == 1
                ?
                [
                    [element],
                ]
                : [.. SpecialValues.Numbers.Where(t => t != element).Select(t => new[] { element, t })];
        foreach (var types in arguments)
        {
            MethodInfo? closed = null;
            try
            {
                closed = method.MakeGenericMethod(types);
            }
            catch (ArgumentException)
            {
                // The type does not satisfy the method's constraints.
            }

            if (closed is not null)
            {
                yield return closed;
            }
        }
    }

    private static MethodCallExpression? Call(MethodInfo method, ParameterExpression[] parameters)
    {
        if (
            method.ReturnType.IsByRefLike
            || method.ReturnType == typeof(void)
            || method.ReturnType.IsByRef
            || method.ReturnType.IsArray
        )
        {
            return null;
        }

        var (tensor, tensors) = (parameters[0].Type, 0);
        var arguments = new List<Expression>();
        foreach (var parameter in method.GetParameters())
        {
            var type = parameter.ParameterType.IsByRef
                ? parameter.ParameterType.GetElementType()!
                : parameter.ParameterType;
            if (type == tensor && tensors < 3)
            {
                arguments.Add(parameters[tensors++ % 2]);
            }
            else if (
                type.IsGenericType
                && type.GetGenericTypeDefinition() == typeof(ReadOnlyTensorSpan<>)
                && type.GetGenericArguments()[0] == tensor.GetGenericArguments()[0]
                && tensors < 2
            )
            {
                arguments.Add(Expression.Convert(parameters[tensors++], type));
            }
            else if (parameter.Name is "shiftAmount" or "rotateAmount" or "n" or "digits")
            {
                arguments.Add(parameters[3]);
            }
            else if (type == typeof(MidpointRounding))
            {
                arguments.Add(Expression.Constant(MidpointRounding.AwayFromZero));
            }
            else if (method.Name == "Clamp" && parameter.Name == "max" && type == parameters[2].Type)
            {
                arguments.Add(parameters[2]);
            }
            else if (type == parameters[2].Type && parameter.Name != "dimension")
            {
                arguments.Add(parameters[2]);
            }
            else
            {
                return null;
            }
        }

        return tensors == 0 || IsOfShapes(method.Name) ? null : Expression.Call(method, arguments);
    }
}
