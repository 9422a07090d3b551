using Mlir.Backends.Llvm.Interop;
using Mlir.IR;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>Builds the instruction of one kind of op.</summary>
/// <param name="translator">The function at hand, with its builder and the operands' values.</param>
/// <param name="op">The op.</param>
/// <returns>The value of the op's result; anything where it has none.</returns>
internal delegate LLVMValueRef Rule(FunctionTranslator translator, Operation op);
