namespace Mlir.Backends.Llvm;

/// <summary>How hard LLVM tries.</summary>
public enum LlvmOptimization
{
    /// <summary>None: the code as it was lowered, for reading.</summary>
    None,

    /// <summary>Everything that makes code faster.</summary>
    Full,
}
