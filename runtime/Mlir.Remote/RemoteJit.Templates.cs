using System.Linq.Expressions;
using Mlir.Frontend.Expressions;
using Mlir.Remote.Functions;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Remote;

public sealed partial class RemoteJit
{
    /// <summary>Defines a function for several element types by one lambda, which is read anew for each of them when it is first called with it.</summary>
    /// <param name="name">Its name; a name that was taken now means this template.</param>
    /// <param name="lambda">The lambda for one element type: that of its first parameter. It is the first overload.</param>
    /// <param name="elementTypes">The other element types.</param>
    /// <exception cref="Frontend.UnsupportedExpressionException">The lambda means nothing for one of the types; the message quotes why.</exception>
    public RemoteFunction DefineTemplate(string name, LambdaExpression lambda, params Type[] elementTypes)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(lambda);
        ArgumentNullException.ThrowIfNull(elementTypes);
        var site = new CallSite("", 0, lambda.ToString());
        var sample = ElementOf(lambda, name);
        var overloads = elementTypes
            .Distinct()
            .Where(type => type != sample)
            .Select(type => TemplateInstantiation.Instantiate(lambda, sample, type, site))
            .Prepend(lambda)
            .Select(instance => new FunctionOverload(instance, site))
            .ToArray();
        return new RemoteFunction(_functions.Define(name, overloads, isTemplate: true));
    }

    private static Type ElementOf(LambdaExpression lambda, string name)
    {
        if (lambda.Parameters.Count == 0)
        {
            throw new ArgumentException(
                $"the template '{name}' has no parameter to take its element type from",
                nameof(lambda)
            );
        }

        var type = lambda.Parameters[0].Type;
        return type.IsArray ? type.GetElementType()!
            : type.IsGenericType ? type.GetGenericArguments()[0]
            : type;
    }
}
