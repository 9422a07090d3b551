namespace Mlir.Backends.Interpreter;

/// <summary>One step of a prepared function.</summary>
internal abstract class Instruction
{
    /// <summary>Returned by instructions that leave the code.</summary>
    public const int Exit = int.MaxValue;

    /// <summary>The position of the instruction that follows.</summary>
    public int Next { get; set; }

    /// <summary>Works on the frame and returns the position of the instruction to go on with.</summary>
    public abstract int Execute(Frame frame);
}
