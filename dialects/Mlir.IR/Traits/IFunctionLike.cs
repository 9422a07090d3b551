namespace Mlir.IR;

/// <summary>A function: a symbol with a type and a body whose entry block takes the parameters.</summary>
public interface IFunctionLike : ISymbol
{
    /// <summary>The parameter and result types.</summary>
    FunctionType FunctionType { get; }

    /// <summary>The body; empty for a declaration.</summary>
    Region Body { get; }
}
