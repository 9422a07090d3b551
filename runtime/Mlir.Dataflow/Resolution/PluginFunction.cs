using System.Linq.Expressions;
using System.Reflection;
using Mlir.Frontend;

namespace Mlir.Dataflow;

/// <summary>A member of a plugin that is marked as an implementation or as a translator.</summary>
internal sealed record PluginFunction(
    MemberInfo Member,
    object? Instance,
    string Plugin,
    string Source,
    bool IsOverloaded,
    ConcreteAlgorithmAttribute? Algorithm,
    TranslatorAttribute? Translator
)
{
    /// <summary>Adds it to what its plugin declares.</summary>
    public void Declare(PluginDeclarations declarations)
    {
        var problems = declarations.Problems;
        if (Member.DeclaringType!.ContainsGenericParameters)
        {
            problems.Add($"{Source} is in a generic class: add the class for each type");
            return;
        }

        if (!IsStatic && Instance is null)
        {
            problems.Add($"{Source} is not static: make it static, or add an instance of the plugin");
            return;
        }

        LambdaExpression? lambda = null;
        Func<object?[], object?> invoke;
        FunctionShape? shape;
        if (Member is MethodInfo method)
        {
            shape = FunctionShape.Read(method, null, Source, problems);
            if (shape is null)
            {
                return;
            }

            invoke = Invokers.Of(method, method.IsStatic ? null : Instance);
        }
        else
        {
            lambda = Lambda(problems);
            if (lambda is null)
            {
                return;
            }

            shape = FunctionShape
                .Read(lambda.Type.GetMethod("Invoke")!, lambda, Source, problems)
                ?.With(Member.GetCustomAttributes<RequiresAttribute>(false), Source, problems);
            invoke = Invokers.Of(lambda);
        }

        if (shape is not null)
        {
            Declare(declarations, shape, lambda, invoke);
        }
    }

    private bool IsStatic =>
        Member switch
        {
            MethodInfo m => m.IsStatic,
            FieldInfo f => f.IsStatic,
            PropertyInfo p => p.GetMethod is not { IsStatic: false },
            _ => false,
        };

    private LambdaExpression? Lambda(List<string> problems)
    {
        if (Member is FieldInfo { IsInitOnly: false } or PropertyInfo { SetMethod: not null })
        {
            problems.Add($"{Source} can be changed later: make it readonly");
            return null;
        }

        if (Member is PropertyInfo { GetMethod: null })
        {
            problems.Add($"{Source} cannot be read");
            return null;
        }

        object? value;
        try
        {
            value = Member is FieldInfo field ? field.GetValue(Instance) : ((PropertyInfo)Member).GetValue(Instance);
        }
        catch (TargetInvocationException exception)
        {
            problems.Add($"{Source} cannot be read: {exception.GetBaseException().Message}");
            return null;
        }
        catch (TypeInitializationException exception)
        {
            problems.Add($"{Source} cannot be read: {exception.GetBaseException().Message}");
            return null;
        }

        if (value is not LambdaExpression lambda)
        {
            problems.Add(
                value is null
                    ? $"{Source} is null: it must hold a lambda"
                    : $"{Source} must be an Expression<TDelegate>"
            );
            return null;
        }

        return lambda;
    }

    private void Declare(
        PluginDeclarations declarations,
        FunctionShape shape,
        LambdaExpression? lambda,
        Func<object?[], object?> invoke
    )
    {
        var id = $"{Plugin}.{Member.Name}";
        if (IsOverloaded)
        {
            id += $"({string.Join(", ", shape.Parameters.Select(p => TypeName.Of(p.Type)))})";
        }

        if (Algorithm is { } algorithm)
        {
            declarations.Implementations.Add(
                new ImplementationDeclaration(
                    algorithm.Name,
                    algorithm.Version,
                    id,
                    Plugin,
                    Source,
                    shape.Parameters,
                    shape.ResultType,
                    shape.ResultRequirements,
                    lambda,
                    algorithm.Compiler,
                    new CallSite(algorithm.File, algorithm.Line, Source),
                    invoke
                )
            );
        }
        else
        {
            declarations.Translators.Add(
                new Translator(
                    id,
                    Plugin,
                    shape.Parameters,
                    shape.ResultType,
                    Translator!.Cost,
                    lambda,
                    Translator.Compiler,
                    new CallSite(Translator.File, Translator.Line, Source),
                    invoke
                )
                {
                    Member = Source,
                    Registration = declarations.Registration,
                    ResultRequirements = shape.ResultRequirements,
                }
            );
        }
    }
}
