namespace Mlir.Backends.Interpreter;

/// <summary>A step given as code: for operations that do so much that a call through a delegate does not matter.</summary>
internal sealed class ActionInstruction(Action<Frame> action) : Instruction
{
    public override int Execute(Frame frame)
    {
        action(frame);
        return Next;
    }
}
