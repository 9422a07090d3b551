namespace Mlir.Backends.Interpreter;

/// <summary>A scalar operation on registers.</summary>
/// <typeparam name="TRule">What it computes; a type parameter, so that the call is inlined.</typeparam>
internal sealed class ScalarInstruction<TRule>(TRule rule, int a, int b, int c, int result) : Instruction
    where TRule : struct, IScalarRule
{
    private readonly TRule _rule = rule;
    private readonly int _a = a;
    private readonly int _b = b;
    private readonly int _c = c;
    private readonly int _result = result;

    public override int Execute(Frame frame)
    {
        var scalars = frame.Scalars;
        scalars[_result] = _rule.Apply(scalars[_a], scalars[_b], scalars[_c]);
        return Next;
    }
}
