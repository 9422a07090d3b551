using Mlir.Dialects.Builtin;

namespace Mlir.Dialects.Llvm;

/// <summary>The address of a global variable or function of the module.</summary>
/// <example><code>%p = llvm.mlir.addressof @table : !llvm.ptr</code></example>
[Op("llvm.mlir.addressof", Format = "$global_name attr-dict `:` type($res)")]
public sealed partial class AddressOfOp : Operation, IPure, ISymbolUser
{
    /// <summary>The symbol of the variable or function.</summary>
    [Attr(Name = "global_name")]
    public partial SymbolRefAttr GlobalName { get; }

    /// <summary>Its address.</summary>
    [Result<LlvmPointer>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public void VerifySymbolUses(SymbolTable symbols, OpVerifier verifier)
    {
        switch (symbols.Lookup(GlobalName))
        {
            case GlobalOp global when global.AddrSpace != ((LlvmPointerType)Res.Type).AddressSpace:
                verifier.Error(
                    this,
                    "pointer address space must match address space of the referenced global or alias"
                );
                break;

            case GlobalOp
            or LLVMFuncOp:
                break;

            default:
                verifier.Error(
                    this,
                    "must reference a global defined by 'llvm.mlir.global', 'llvm.mlir.alias' or 'llvm.func' or 'llvm.mlir.ifunc'"
                );
                break;
        }
    }
}
