using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>A list of constants and values, <c>[0, %i, 4]</c>.</summary>
internal sealed class MixedSizes
{
    private readonly long[] _constants;
    private readonly int[] _registers;

    /// <summary>Constants, with <see cref="ShapedType.Dynamic"/> where the next value stands.</summary>
    public MixedSizes(FunctionBuilder builder, IEnumerable<long> constants, OperandList values)
    {
        _constants = [.. constants];
        _registers = new int[_constants.Length];
        var next = 0;
        for (var i = 0; i < _constants.Length; i++)
        {
            _registers[i] = _constants[i] == ShapedType.Dynamic ? builder.Scalar(values[next++]) : -1;
        }
    }

    /// <summary>The numbers in this frame.</summary>
    public long[] Evaluate(Frame frame)
    {
        var numbers = new long[_constants.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = _registers[i] < 0 ? _constants[i] : frame.Scalars[_registers[i]];
        }

        return numbers;
    }
}
