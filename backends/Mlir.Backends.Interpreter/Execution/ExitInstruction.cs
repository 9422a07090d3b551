namespace Mlir.Backends.Interpreter;

/// <summary>Leaves the code.</summary>
internal sealed class ExitInstruction : Instruction
{
    public override int Execute(Frame frame) => Exit;
}
