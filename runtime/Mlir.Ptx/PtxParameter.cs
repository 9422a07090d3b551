namespace Mlir.Ptx;

/// <summary>A parameter of a kernel.</summary>
/// <param name="Name">As the text names it.</param>
/// <param name="Offset">Where it lies in the parameter buffer.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Alignment">What its place is a multiple of.</param>
public sealed record PtxParameter(string Name, int Offset, int Bytes, int Alignment);
