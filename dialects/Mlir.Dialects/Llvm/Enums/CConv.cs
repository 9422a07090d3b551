namespace Mlir.Dialects.Llvm;

/// <summary>A calling convention.</summary>
[Keyword("#llvm.cconv")]
public enum CConv
{
    /// <summary>The platform's C convention.</summary>
    [Keyword("ccc")]
    C = 0,

    /// <summary>The fastest one, for calls inside a module.</summary>
    [Keyword("fastcc")]
    Fast = 8,

    /// <summary>For calls that hardly ever happen.</summary>
    [Keyword("coldcc")]
    Cold = 9,

    /// <summary>Calls in tail position never grow the stack.</summary>
    [Keyword("tailcc")]
    Tail = 18,

    /// <summary>A kernel of NVIDIA's processors.</summary>
    [Keyword("ptx_kernelcc")]
    PtxKernel = 71,

    /// <summary>A function of SPIR-V.</summary>
    [Keyword("spir_funccc")]
    SpirFunc = 75,

    /// <summary>A kernel of SPIR-V.</summary>
    [Keyword("spir_kernelcc")]
    SpirKernel = 76,
}
