using Mlir.Dialects.Builtin;

namespace Mlir.Dialects.MemRef;

/// <summary>The array that a <c>memref.global</c> defines.</summary>
/// <example><code>%m = memref.get_global @table : memref&lt;2xf32></code></example>
[Op("memref.get_global", Format = "$name `:` type($result) attr-dict")]
public sealed partial class GetGlobalOp : Operation, IPure, ISymbolUser
{
    /// <summary>The symbol of the global.</summary>
    [Attr(Name = "name")]
    public partial SymbolRefAttr SymbolName { get; }

    /// <summary>The array.</summary>
    [Result<RankedMemRef>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public void VerifySymbolUses(SymbolTable symbols, OpVerifier verifier)
    {
        if (symbols.Lookup(SymbolName) is not GlobalOp global)
        {
            verifier.Error(this, $"'{SymbolName.Leaf}' does not reference a valid global memref");
        }
        else if (global.Type != Result.Type)
        {
            verifier.Error(
                this,
                $"result type '{Result.Type}' does not match type '{global.Type}' of the global memref @{SymbolName.Leaf}"
            );
        }
    }
}
