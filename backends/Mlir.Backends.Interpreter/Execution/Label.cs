namespace Mlir.Backends.Interpreter;

/// <summary>A position in code that may be known later than the jumps to it.</summary>
internal sealed class Label
{
    /// <summary>The position.</summary>
    public int Position { get; set; } = -1;
}
