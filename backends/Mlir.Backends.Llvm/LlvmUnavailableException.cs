namespace Mlir.Backends.Llvm;

/// <summary>No usable LLVM library is installed; the message says what to install.</summary>
/// <param name="message">What was looked for, and how to install it.</param>
public sealed class LlvmUnavailableException(string message) : LlvmException(message);
