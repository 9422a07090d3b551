using System.Linq.Expressions;

namespace Mlir.Frontend.Expressions;

/// <summary>Makes a lambda over one scalar type from a lambda over another, as a generic function over numbers would be instantiated.</summary>
/// <remarks>
/// The sample type is replaced wherever it stands: in parameters, <c>Tensor&lt;T&gt;</c>, arrays, tuples and generic structs, in operators, calls and
/// constants. <c>Math.Sqrt</c> becomes <c>MathF.Sqrt</c>, or the function of that name of the target type. A constant becomes the target's nearest
/// value when that is a float, as the literal with its suffix would be; an integer must hold it exactly.
/// </remarks>
/// <example><code>
/// TemplateInstantiation.Instantiate((double x, double y) => x * y + 2.0, typeof(double), typeof(int), site) // (int x, int y) => x * y + 2
/// </code></example>
public static class TemplateInstantiation
{
    /// <summary>The lambda over <paramref name="target"/>.</summary>
    /// <param name="lambda">The lambda over the sample type.</param>
    /// <param name="sample">The scalar type to replace.</param>
    /// <param name="target">The scalar type to put in its place.</param>
    /// <param name="site">Where the lambda stands in the source, for errors.</param>
    /// <exception cref="UnsupportedExpressionException">A part of the lambda has no form for the target type.</exception>
    public static LambdaExpression Instantiate(LambdaExpression lambda, Type sample, Type target, CallSite site)
    {
        ArgumentNullException.ThrowIfNull(lambda);
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(target);
        foreach (var type in new[] { sample, target })
        {
            if (ScalarType.TryGet(type) is null || type.IsEnum)
            {
                throw new UnsupportedExpressionException(
                    site,
                    CSharpText.Of(lambda),
                    $"a template ranges over scalar types, not {CSharpText.TypeName(type)}"
                );
            }
        }

        return sample == target ? lambda : new TypeReplacer(sample, target, site).Replace(lambda);
    }
}
