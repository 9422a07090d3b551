namespace Mlir.Dialects.Gpu;

/// <summary>Ends the body of a reduction and hands on the combination.</summary>
/// <example><code>gpu.yield %x : f32</code></example>
[Op("gpu.yield", Format = "attr-dict ($values^ `:` type($values))?")]
public sealed partial class YieldOp : Operation, IReturnLike, IPure
{
    /// <summary>What is handed on.</summary>
    [Operand<AnyType>]
    public partial OperandList Values { get; }
}
