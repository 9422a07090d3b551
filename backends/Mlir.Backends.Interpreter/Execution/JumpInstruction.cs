namespace Mlir.Backends.Interpreter;

/// <summary>Goes on elsewhere.</summary>
internal sealed class JumpInstruction(Label target) : Instruction
{
    public override int Execute(Frame frame)
    {
        var position = target.Position;
        if (position < Next)
        {
            frame.Context.Tick(Next - position);
        }

        return position;
    }
}
