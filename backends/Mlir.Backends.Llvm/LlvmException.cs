namespace Mlir.Backends.Llvm;

/// <summary>LLVM refused a module, or could not generate or load code for it.</summary>
/// <param name="message">What was being done, and LLVM's own words.</param>
public class LlvmException(string message) : Exception(message);
