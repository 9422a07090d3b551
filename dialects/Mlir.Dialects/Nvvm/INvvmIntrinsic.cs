namespace Mlir.Dialects.Nvvm;

/// <summary>An operation that is a call of one of LLVM's intrinsics on the operands as they stand.</summary>
public interface INvvmIntrinsic
{
    /// <summary>LLVM's full name of the intrinsic.</summary>
    string Intrinsic { get; }
}
