using Mlir.Ptx.Text;

namespace Mlir.Ptx.Decoding;

/// <summary>A constant of a frame that is known when the module lies in a machine's memory, or when the frame is made.</summary>
/// <param name="Slot">Where it stands in the frame.</param>
/// <param name="Bytes">Its width.</param>
/// <param name="Variable">The variable whose address it is.</param>
/// <param name="Offset">What is added to the address.</param>
internal sealed record Relocation(int Slot, int Bytes, Variable Variable, long Offset);
