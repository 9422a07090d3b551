using Mlir.IR;

namespace Mlir.Frontend.Expressions;

/// <summary>A private function of the module that is imported.</summary>
/// <param name="symbol">Its name in the module.</param>
internal sealed class ImportedFunction(string symbol)
{
    /// <summary>Its name in the module.</summary>
    public string Symbol { get; } = symbol;

    /// <summary>The types of its results; null while its body is read.</summary>
    public IrType[]? Results { get; set; }
}
