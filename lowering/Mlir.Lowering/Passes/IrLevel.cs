namespace Mlir.Lowering;

/// <summary>The levels that a program passes on its way down.</summary>
public enum IrLevel
{
    /// <summary>Values are tensors and scalars; nothing lives in memory.</summary>
    Tensors,

    /// <summary>Structured loops over memory.</summary>
    Loops,

    /// <summary>Blocks and branches over memory.</summary>
    Blocks,

    /// <summary>Only the target's dialect.</summary>
    Target,
}
