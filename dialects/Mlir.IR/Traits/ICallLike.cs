namespace Mlir.IR;

/// <summary>An operation that calls a function by its symbol.</summary>
public interface ICallLike
{
    /// <summary>The function.</summary>
    SymbolRefAttr Callee { get; }
}
