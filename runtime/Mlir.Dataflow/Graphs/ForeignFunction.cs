using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>A function that no registry knows, as a task runs it.</summary>
/// <param name="function">The function.</param>
internal sealed class ForeignFunction(Delegate function)
{
    private readonly ForeignShape _shape = ForeignShape.Of(function.GetType());

    /// <summary>The function.</summary>
    public Delegate Delegate { get; } = function;

    /// <summary>The types of the arguments, without the token.</summary>
    public ImmutableArray<Type> Parameters => _shape.Parameters;

    /// <summary>The type of the result.</summary>
    public Type ResultType => _shape.ResultType;

    /// <summary>Runs the function; its exceptions come through unchanged.</summary>
    public object? Invoke(object?[] arguments) => _shape.Invoke(Delegate, arguments);
}
