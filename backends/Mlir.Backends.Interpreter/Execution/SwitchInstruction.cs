namespace Mlir.Backends.Interpreter;

/// <summary>Goes on at the label of the case that equals a register, or at the default one.</summary>
internal sealed class SwitchInstruction(int flag, Dictionary<long, Label> cases, Label otherwise) : Instruction
{
    public override int Execute(Frame frame)
    {
        var position = cases.GetValueOrDefault(frame.Scalars[flag], otherwise).Position;
        if (position < Next)
        {
            frame.Context.Tick(Next - position);
        }

        return position;
    }
}
