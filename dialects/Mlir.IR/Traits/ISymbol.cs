namespace Mlir.IR;

/// <summary>An operation that others refer to by name within the nearest symbol table.</summary>
public interface ISymbol
{
    /// <summary>The name, without <c>@</c>; null for an anonymous one (a module may lack a name).</summary>
    string? SymbolName { get; }
}
