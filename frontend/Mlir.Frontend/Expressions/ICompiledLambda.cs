using System.Linq.Expressions;

namespace Mlir.Frontend.Expressions;

/// <summary>A compiled lambda that other lambdas may call: the importer takes its source in.</summary>
public interface ICompiledLambda
{
    /// <summary>The lambda.</summary>
    LambdaExpression Source { get; }

    /// <summary>Where it was compiled.</summary>
    CallSite Site { get; }
}
