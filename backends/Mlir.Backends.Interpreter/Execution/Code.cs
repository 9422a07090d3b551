namespace Mlir.Backends.Interpreter;

/// <summary>Prepared instructions: of a whole function, or of a body that runs once for each element.</summary>
internal sealed class Code
{
    private Instruction[] _instructions = [];

    /// <summary>The number of instructions.</summary>
    public int Length => _instructions.Length;

    /// <summary>Sets the instructions; the last one to run must exit.</summary>
    public void Set(List<Instruction> instructions)
    {
        _instructions = [.. instructions];
        for (var i = 0; i < _instructions.Length; i++)
        {
            _instructions[i].Next = i + 1;
        }
    }

    /// <summary>Runs from the start until an instruction exits.</summary>
    public void Run(Frame frame)
    {
        var instructions = _instructions;
        var position = 0;
        do
        {
            position = instructions[position].Execute(frame);
        } while (position != Instruction.Exit);
    }
}
