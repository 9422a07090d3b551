namespace Mlir.Backends.Interpreter;

/// <summary>Goes on elsewhere if a condition is false.</summary>
internal sealed class BranchInstruction(int condition, Label ifFalse) : Instruction
{
    public override int Execute(Frame frame)
    {
        if (frame.Scalars[condition] != 0)
        {
            return Next;
        }

        var position = ifFalse.Position;
        if (position < Next)
        {
            frame.Context.Tick(Next - position);
        }

        return position;
    }
}
