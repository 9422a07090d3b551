using Mlir.Backends.Llvm.Interop;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>A function or global with the type that its pointer no longer tells.</summary>
internal sealed record TypedGlobal(LLVMValueRef Value, LLVMTypeRef Type);
