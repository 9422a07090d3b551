using System.Linq.Expressions;

namespace Mlir.Frontend.Expressions;

/// <summary>A compiled lambda's source with values in the places of some arguments, for another lambda that calls it.</summary>
/// <param name="source">The source.</param>
/// <param name="site">Where the lambda was compiled.</param>
internal sealed class FixedLambda<TDelegate>(Expression<TDelegate> source, CallSite site) : ICompiledLambda
    where TDelegate : Delegate
{
    /// <inheritdoc/>
    public LambdaExpression Source => source;

    /// <inheritdoc/>
    public CallSite Site => site;

    /// <summary>What a call in an expression names; the importer takes the source in.</summary>
    public TDelegate Invoke => source.Compile();
}
