using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>An operation on every element of arrays of one shape, in chunks that are widened to registers.</summary>
/// <typeparam name="TRule">What it computes for one element.</typeparam>
internal sealed class ElementwiseInstruction<TRule>(
    TRule rule,
    int[] operands,
    int result,
    ElementKind kind,
    Operation op
) : Instruction
    where TRule : struct, IScalarRule
{
    private const int ChunkSize = 256;

    private readonly TRule _rule = rule;

    public override int Execute(Frame frame)
    {
        var inputs = new ArrayValue[operands.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = frame.Array(operands[i]).Dense();
            if (!inputs[i].Sizes.AsSpan().SequenceEqual(inputs[0].Sizes))
            {
                throw new UndefinedBehaviorException(
                    op.Name,
                    $"has operands of sizes [{string.Join(", ", inputs[0].Sizes)}] and [{string.Join(", ", inputs[i].Sizes)}]",
                    op.Location
                );
            }
        }

        var output = new ArrayValue(kind, inputs[0].Sizes);
        var count = output.Count;
        Span<long> a = stackalloc long[ChunkSize];
        Span<long> b = stackalloc long[ChunkSize];
        Span<long> c = stackalloc long[ChunkSize];
        for (long start = 0; start < count; start += ChunkSize)
        {
            var length = (int)Math.Min(ChunkSize, count - start);
            Load(inputs, 0, start, a[..length]);
            Load(inputs, 1, start, b[..length]);
            Load(inputs, 2, start, c[..length]);
            for (var i = 0; i < length; i++)
            {
                a[i] = _rule.Apply(a[i], b[i], c[i]);
            }

            output.Storage.Write(start, a[..length]);
            frame.Context.Tick(length);
        }

        frame.Objects[result] = output;
        return Next;
    }

    private static void Load(ArrayValue[] inputs, int index, long start, Span<long> into)
    {
        if (index < inputs.Length)
        {
            inputs[index].Storage.Read(inputs[index].Offset + start, into);
        }
    }
}
