namespace Mlir.IR;

/// <summary>An operation that only makes a constant.</summary>
public interface IConstantLike : IPure
{
    /// <summary>The constant.</summary>
    IrAttribute ConstantValue { get; }
}
