namespace Mlir.IR;

/// <summary>An operation that repeats a region.</summary>
public interface ILoopLike
{
    /// <summary>The region that is repeated.</summary>
    Region LoopBody { get; }
}
