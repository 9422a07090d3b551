namespace Mlir.Ptx;

/// <summary>A variable of a module in global or constant memory.</summary>
/// <param name="Name">As the text names it.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Alignment">What its address is a multiple of.</param>
/// <param name="IsConstant">Whether kernels cannot write it.</param>
public sealed record PtxVariable(string Name, int Bytes, int Alignment, bool IsConstant);
