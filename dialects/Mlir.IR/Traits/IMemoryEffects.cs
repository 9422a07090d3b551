namespace Mlir.IR;

/// <summary>An operation with effects that are known.</summary>
public interface IMemoryEffects
{
    /// <summary>What the operation itself does to memory, the operations inside it left out.</summary>
    MemoryEffects Effects { get; }
}
