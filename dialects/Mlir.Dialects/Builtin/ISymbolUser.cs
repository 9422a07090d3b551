namespace Mlir.Dialects.Builtin;

/// <summary>An operation that refers to symbols; the operation with the symbol table has them checked, with one table for all.</summary>
public interface ISymbolUser
{
    /// <summary>Checks the references to symbols of <paramref name="symbols"/>, the nearest table.</summary>
    void VerifySymbolUses(SymbolTable symbols, OpVerifier verifier);
}
