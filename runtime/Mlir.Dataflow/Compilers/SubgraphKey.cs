using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Mlir.Dataflow;

/// <summary>
/// The content of a subgraph: equal for two subgraphs exactly when one compiled task serves both. Call sites do not count.
/// </summary>
internal sealed class SubgraphKey : IEquatable<SubgraphKey>
{
    private readonly string _text;
    private readonly List<object> _values;

    private SubgraphKey(string text, List<object> values) => (_text, _values) = (text, values);

    /// <summary>The key of a subgraph.</summary>
    /// <param name="compiler">What compiles it.</param>
    /// <param name="subgraph">The tasks.</param>
    /// <param name="inputs">The types of the arguments.</param>
    /// <param name="outputs">What is wanted.</param>
    /// <param name="numbers">A number for each object that is only equal to itself.</param>
    public static SubgraphKey Of(
        ICompiler compiler,
        Subgraph subgraph,
        ImmutableArray<Type> inputs,
        ImmutableArray<SubgraphOperand> outputs,
        Func<object, int> numbers
    )
    {
        var writer = new Writer(numbers);
        writer.Write(compiler);
        foreach (var input in inputs)
        {
            writer.Write(input);
        }

        foreach (var task in subgraph.Tasks)
        {
            writer.Write(task.Function);
            writer.Write(task.Arguments);
        }

        writer.Write(outputs);
        return new SubgraphKey(writer.Text.ToString(), writer.Values);
    }

    /// <inheritdoc/>
    public bool Equals(SubgraphKey? other) =>
        other is not null && _text == other._text && _values.SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SubgraphKey);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    private sealed class Writer(Func<object, int> numbers)
    {
        public StringBuilder Text { get; } = new();

        public List<object> Values { get; } = [];

        public void Write(object onlyEqualToItself) => Text.Append(numbers(onlyEqualToItself)).Append(' ');

        public void Write(ImmutableArray<SubgraphOperand> operands)
        {
            foreach (var operand in operands)
            {
                var inner = operand;
                while (inner is SubgraphOperand.Element element)
                {
                    Text.Append('.').Append(element.Index);
                    inner = element.Tuple;
                }

                switch (inner)
                {
                    case SubgraphOperand.Input input:
                        Text.Append('i').Append(input.Index);
                        break;
                    case SubgraphOperand.Result result:
                        Text.Append('r').Append(result.Task);
                        break;
                    case SubgraphOperand.Literal literal:
                        Text.Append('=');
                        Write(literal.Type);
                        WriteValue(literal.Value);
                        break;
                }

                Text.Append(',');
            }

            Text.Append(';');
        }

        /// <summary>Floats by their bits: a NaN is equal to itself, and −0 is not +0.</summary>
        private void WriteValue(object? value)
        {
            switch (value)
            {
                case null:
                    Text.Append('_');
                    break;
                case double d:
                    Text.Append(BitConverter.DoubleToInt64Bits(d));
                    break;
                case float f:
                    Text.Append(BitConverter.SingleToInt32Bits(f));
                    break;
                case Half h:
                    Text.Append(BitConverter.HalfToInt16Bits(h));
                    break;
                case string s:
                    Text.Append(s.Length).Append(':').Append(s);
                    break;
                case char c:
                    Text.Append((int)c);
                    break;
                case Enum or IConvertible or nint or nuint:
                    Text.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
                    break;
                case System.Runtime.CompilerServices.ITuple tuple:
                    Text.Append('(');
                    for (var i = 0; i < tuple.Length; i++)
                    {
                        WriteValue(tuple[i]);
                        Text.Append(',');
                    }

                    Text.Append(')');
                    break;
                default:
                    Text.Append('v').Append(Values.Count);
                    Values.Add(value);
                    break;
            }
        }
    }
}
