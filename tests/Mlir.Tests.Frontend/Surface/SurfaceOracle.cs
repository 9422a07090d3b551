using System.Numerics;
using System.Reflection;

namespace Mlir.Tests.Frontend.Surface;

/// <summary>What a case ought to give: the eager results, and those of the scalar functions where .NET 10's <c>Tensor</c> is wrong.</summary>
internal static class SurfaceOracle
{
    /// <summary>
    /// Of two tensors, .NET 10 computes something else (<c>MaxNumber</c> of 111 and 404 is 111); <c>Atan2</c> of a scalar and a tensor swaps them; the
    /// exponents of subnormal <see cref="Half"/> numbers are too small.
    /// </summary>
    public static string? WhyNotEager(string name) =>
        name switch
        {
            "MaxNumber"
            or "MinNumber"
            or "MaxMagnitude"
            or "MinMagnitude"
            or "MaxMagnitudeNumber"
            or "MinMagnitudeNumber" => "eager is wrong for two tensors: compared with the scalar functions",
            "Atan2" or "Atan2Pi" =>
                "eager swaps the operands of the overload (scalar, tensor): compared with the scalar functions",
            "ILogB" => "eager is wrong for subnormal Half numbers: compared with the scalar function",
            _ => null,
        };

    /// <summary>Whether eager subtracts 1 from a rounded power, or adds 1 before a logarithm: distances are then those of 1 at least.</summary>
    public static bool Cancels(string name) =>
        name.EndsWith("M1", StringComparison.Ordinal) || name.EndsWith("P1", StringComparison.Ordinal);

    /// <summary>The elements of all results in a row.</summary>
    public static object[] Of(SurfaceCase item, object[] arguments)
    {
        if (WhyNotEager(item.Name) is null)
        {
            return SurfaceRun.Elements(item.Lambda.Compile().DynamicInvoke(arguments)!);
        }

        var type = item.Element;
        var provider =
            item.Name.StartsWith("Atan2", StringComparison.Ordinal) || item.Name == "ILogB"
                ? typeof(Floats<>)
                : typeof(Numbers<>);
        var method = provider.MakeGenericType(type).GetMethod(item.Name, BindingFlags.Public | BindingFlags.Static)!;
        object[] x = SurfaceRun.Elements(arguments[0]);
        object[] y = SurfaceRun.Elements(arguments[1]);
        var results = new List<object>();
        foreach (var overload in item.Overloads)
        {
            var parameters = overload.GetParameters();
            object Scalar(params object[] operands) => method.Invoke(null, operands)!;
            if (parameters.Length == 1)
            {
                results.AddRange(
                    item.Name == "ILogB" ? x.Select(v => Scalar(v)) : [x.Aggregate((a, b) => Scalar(a, b))]
                );
            }
            else
            {
                var (left, right) = (IsSpan(parameters[0]), IsSpan(parameters[1]));
                results.AddRange(
                    x.Select(
                        (v, i) =>
                            left && right ? Scalar(v, y[i])
                            : left ? Scalar(v, arguments[2])
                            : Scalar(arguments[2], v)
                    )
                );
            }
        }

        return [.. results];
    }

    private static bool IsSpan(ParameterInfo parameter) => parameter.ParameterType.IsByRef;

    /// <summary>Functions of all numbers.</summary>
    private static class Numbers<T>
        where T : INumber<T>
    {
        public static T MaxNumber(T x, T y) => T.MaxNumber(x, y);

        public static T MinNumber(T x, T y) => T.MinNumber(x, y);

        public static T MaxMagnitude(T x, T y) => T.MaxMagnitude(x, y);

        public static T MinMagnitude(T x, T y) => T.MinMagnitude(x, y);

        public static T MaxMagnitudeNumber(T x, T y) => T.MaxMagnitudeNumber(x, y);

        public static T MinMagnitudeNumber(T x, T y) => T.MinMagnitudeNumber(x, y);
    }

    /// <summary>Functions of floats.</summary>
    private static class Floats<T>
        where T : IFloatingPointIeee754<T>
    {
        public static T Atan2(T x, T y) => T.Atan2(x, y);

        public static T Atan2Pi(T x, T y) => T.Atan2Pi(x, y);

        // Through double, in which no Half is subnormal.
        public static int ILogB(T x) => Math.ILogB(double.CreateChecked(x));
    }
}
