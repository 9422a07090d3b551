using System.Collections.Immutable;
using System.Linq.Expressions;
using Mlir.Frontend;

namespace Mlir.Dataflow;

/// <summary>An implementation as a plugin declares it, before it is known what it implements.</summary>
internal sealed record ImplementationDeclaration(
    string Algorithm,
    int Version,
    string Id,
    string Plugin,
    string Source,
    ImmutableArray<TaskParameter> Parameters,
    Type ResultType,
    ImmutableArray<PropertyRequirement> ResultRequirements,
    LambdaExpression? Expression,
    string? Compiler,
    CallSite Site,
    Func<object?[], object?> Invoke
)
{
    /// <summary>As C# declares it.</summary>
    public string Signature => $"{Source}({string.Join(", ", Parameters)}) → {TypeName.Of(ResultType)}";

    /// <summary>The implementation of <paramref name="algorithm"/>.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="registration">The number of the call that registers it.</param>
    /// <param name="invoke">Calls it.</param>
    public ConcreteAlgorithm Implement(
        AbstractAlgorithm algorithm,
        int registration,
        Func<object?[], object?> invoke
    ) =>
        new(algorithm, Id, Plugin, Parameters, ResultType, Expression, Compiler, Site, invoke)
        {
            Member = Source,
            Registration = registration,
            ResultRequirements = ResultRequirements,
        };
}
