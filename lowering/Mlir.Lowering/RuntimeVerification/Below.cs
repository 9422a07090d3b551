using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>What is known of a subscript from an assertion: as an unsigned number it is less than a size.</summary>
internal sealed record Below(Value Subscript, Extent Size);
