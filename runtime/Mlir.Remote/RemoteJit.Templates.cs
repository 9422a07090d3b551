using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Mlir.Frontend.Expressions;
using Mlir.Remote.Functions;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Remote;

public sealed partial class RemoteJit
{
    /// <summary>Defines a function for several element types by one lambda, which is read anew for each of them when it is first called with it.</summary>
    /// <param name="name">Its name; a name that was taken now means this template.</param>
    /// <param name="lambda">The lambda for one element type: that of its first parameter. It is the first overload.</param>
    /// <param name="type1">Another element type.</param>
    /// <param name="text">The lambda's source text; filled in by the C# compiler.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <exception cref="Frontend.UnsupportedExpressionException">The lambda means nothing for one of the types; the message quotes why.</exception>
    public RemoteFunction DefineTemplate(
        string name,
        LambdaExpression lambda,
        Type type1,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => DefineTemplate(name, lambda, new CallSite(file, line, text), [type1]);

    /// <summary>Defines a function for several element types by one lambda, which is read anew for each of them when it is first called with it.</summary>
    /// <param name="name">Its name; a name that was taken now means this template.</param>
    /// <param name="lambda">The lambda for one element type: that of its first parameter. It is the first overload.</param>
    /// <param name="type1">Another element type.</param>
    /// <param name="type2">Another element type.</param>
    /// <param name="text">The lambda's source text; filled in by the C# compiler.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <exception cref="Frontend.UnsupportedExpressionException">The lambda means nothing for one of the types; the message quotes why.</exception>
    public RemoteFunction DefineTemplate(
        string name,
        LambdaExpression lambda,
        Type type1,
        Type type2,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => DefineTemplate(name, lambda, new CallSite(file, line, text), [type1, type2]);

    /// <summary>Defines a function for several element types by one lambda, which is read anew for each of them when it is first called with it.</summary>
    /// <param name="name">Its name; a name that was taken now means this template.</param>
    /// <param name="lambda">The lambda for one element type: that of its first parameter. It is the first overload.</param>
    /// <param name="type1">Another element type.</param>
    /// <param name="type2">Another element type.</param>
    /// <param name="type3">Another element type.</param>
    /// <param name="text">The lambda's source text; filled in by the C# compiler.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <exception cref="Frontend.UnsupportedExpressionException">The lambda means nothing for one of the types; the message quotes why.</exception>
    public RemoteFunction DefineTemplate(
        string name,
        LambdaExpression lambda,
        Type type1,
        Type type2,
        Type type3,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => DefineTemplate(name, lambda, new CallSite(file, line, text), [type1, type2, type3]);

    /// <summary>Defines a function for several element types by one lambda, which is read anew for each of them when it is first called with it.</summary>
    /// <param name="name">Its name; a name that was taken now means this template.</param>
    /// <param name="lambda">The lambda for one element type: that of its first parameter. It is the first overload.</param>
    /// <param name="type1">Another element type.</param>
    /// <param name="type2">Another element type.</param>
    /// <param name="type3">Another element type.</param>
    /// <param name="type4">Another element type.</param>
    /// <param name="text">The lambda's source text; filled in by the C# compiler.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <exception cref="Frontend.UnsupportedExpressionException">The lambda means nothing for one of the types; the message quotes why.</exception>
    public RemoteFunction DefineTemplate(
        string name,
        LambdaExpression lambda,
        Type type1,
        Type type2,
        Type type3,
        Type type4,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => DefineTemplate(name, lambda, new CallSite(file, line, text), [type1, type2, type3, type4]);

    /// <summary>Defines a function for several element types by one lambda, which is read anew for each of them when it is first called with it.</summary>
    /// <param name="name">Its name; a name that was taken now means this template.</param>
    /// <param name="lambda">The lambda for one element type: that of its first parameter. It is the first overload.</param>
    /// <param name="type1">Another element type.</param>
    /// <param name="type2">Another element type.</param>
    /// <param name="type3">Another element type.</param>
    /// <param name="type4">Another element type.</param>
    /// <param name="type5">Another element type.</param>
    /// <param name="text">The lambda's source text; filled in by the C# compiler.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <exception cref="Frontend.UnsupportedExpressionException">The lambda means nothing for one of the types; the message quotes why.</exception>
    public RemoteFunction DefineTemplate(
        string name,
        LambdaExpression lambda,
        Type type1,
        Type type2,
        Type type3,
        Type type4,
        Type type5,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => DefineTemplate(name, lambda, new CallSite(file, line, text), [type1, type2, type3, type4, type5]);

    /// <summary>Defines a function for several element types by one lambda, which is read anew for each of them when it is first called with it.</summary>
    /// <param name="name">Its name; a name that was taken now means this template.</param>
    /// <param name="lambda">The lambda for one element type: that of its first parameter. It is the first overload.</param>
    /// <param name="type1">Another element type.</param>
    /// <param name="type2">Another element type.</param>
    /// <param name="type3">Another element type.</param>
    /// <param name="type4">Another element type.</param>
    /// <param name="type5">Another element type.</param>
    /// <param name="type6">Another element type.</param>
    /// <param name="text">The lambda's source text; filled in by the C# compiler.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <exception cref="Frontend.UnsupportedExpressionException">The lambda means nothing for one of the types; the message quotes why.</exception>
    public RemoteFunction DefineTemplate(
        string name,
        LambdaExpression lambda,
        Type type1,
        Type type2,
        Type type3,
        Type type4,
        Type type5,
        Type type6,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => DefineTemplate(name, lambda, new CallSite(file, line, text), [type1, type2, type3, type4, type5, type6]);

    /// <summary>Defines a function for several element types by one lambda, which is read anew for each of them when it is first called with it.</summary>
    /// <param name="name">Its name; a name that was taken now means this template.</param>
    /// <param name="lambda">The lambda for one element type: that of its first parameter. It is the first overload.</param>
    /// <param name="elementTypes">The other element types.</param>
    /// <exception cref="Frontend.UnsupportedExpressionException">The lambda means nothing for one of the types; the message quotes why.</exception>
    public RemoteFunction DefineTemplate(string name, LambdaExpression lambda, params Type[] elementTypes)
    {
        ArgumentNullException.ThrowIfNull(lambda);
        return DefineTemplate(name, lambda, new CallSite("", 0, lambda.ToString()), elementTypes);
    }

    private RemoteFunction DefineTemplate(string name, LambdaExpression lambda, CallSite site, Type[] elementTypes)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(lambda);
        ArgumentNullException.ThrowIfNull(elementTypes);
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
