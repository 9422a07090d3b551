using System.Linq.Expressions;
using System.Reflection;

namespace Mlir.Tests.Arrays;

/// <summary>
/// A random chain of array functions over one tensor. Its numbers are multiples of small powers of two, so that sums have one answer in any order.
/// </summary>
internal sealed class RandomArrayProgram
{
    private const int MostElements = 4000;
    private const int MostUses = 8;

    private readonly Random _random;
    private readonly ParameterExpression _input = Expression.Parameter(typeof(Tensor<double>), "x");
    private Expression _value;
    private int[] _shape;
    private int _uses = 1;

    private RandomArrayProgram(int seed)
    {
        _random = new Random(seed);
        _value = _input;
        _shape = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => _random.Next(2, 12))];
        if (_random.Next(3) == 0)
        {
            // Several vectors along one axis.
            _shape[_random.Next(_shape.Length)] = _random.Next(30, 150);
            _shape = _shape.Aggregate(1, (a, b) => a * b) > MostElements ? _shape[..1] : _shape;
        }

        Shape = _shape;
        for (var count = _random.Next(2, 13); count > 0; count--)
        {
            Step();
        }
    }

    /// <summary>The sizes of the argument.</summary>
    public int[] Shape { get; }

    /// <summary>The lambda.</summary>
    public Expression<Func<Tensor<double>, Tensor<double>>> Lambda =>
        Expression.Lambda<Func<Tensor<double>, Tensor<double>>>(_value, _input);

    /// <summary>The program of this number.</summary>
    public static RandomArrayProgram Of(int seed) => new(seed);

    private void Step()
    {
        var (axis, full) = (_random.Next(_shape.Length), _shape);
        var length = full[axis];
        switch (_random.Next(21))
        {
            case 0:
                Apply(x => x.Flip(axis));
                break;
            case 1:
                var shift = _random.Next(-9, 10);
                Apply(x => x.Roll(shift, axis));
                break;
            case 2:
                int[] order = [.. Enumerable.Range(0, full.Length).OrderBy(_ => _random.Next())];
                Apply(x => x.Permute(order), [.. order.Select(d => full[d])]);
                break;
            case 3 when full.Length > 1:
                int[] merged = [full[0] * full[1], .. full[2..]];
                Apply(x => x.Reshape(merged), merged);
                break;
            case 4 when length > 3:
                var (start, stop) = (_random.Next(2), length - _random.Next(2));
                Apply(x => x.SliceAxis(axis, start, stop), With(axis, stop - start));
                break;
            case 5 when length > 3:
                Apply(x => x.SliceAxis(axis, 0, length, 2), With(axis, (length + 1) / 2));
                break;
            case 6:
                Apply(x => x.Pad(axis, 1, 2, 0.5), With(axis, length + 3));
                break;
            case 7:
                Apply(x => x.Pad(axis, 1, 1, PadMode.Edge), With(axis, length + 2));
                break;
            case 8:
                Apply(x => x - x.Sum(axis, true).BroadcastTo(full), uses: 2);
                break;
            case 9:
                Apply(x => x.Max(axis, true).BroadcastTo(full) - x, uses: 2);
                break;
            case 10 when full.Length > 1:
                Apply(x => x.Min(axis), [.. full.Where((_, d) => d != axis)]);
                break;
            case 11 when full.Length > 1:
                Apply(x => x.Sum(axis), [.. full.Where((_, d) => d != axis)]);
                break;
            case 12:
                Apply(x => x.Sort(axis));
                break;
            case 13:
                Apply(x => x.CumulativeMax(axis));
                break;
            case 14:
                Apply(x => x.CumulativeSum(axis));
                break;
            case 15:
                Apply(x => Tensor.Where(Tensor.GreaterThan<double>(x, 0.5), x, -1.5), uses: 2);
                break;
            case 16:
                Apply(x => Tensor.Concatenate(new[] { x, x }, axis), With(axis, 2 * length), 2);
                break;
            case 17 when full.Length > 1:
                Apply(x => x.Tril(0));
                break;
            case 18:
                Apply(x => x.Repeat(2, axis), With(axis, 2 * length));
                break;
            case 19:
                Apply(x => x.TakeAlongAxis(x.ArgMax(axis, true), axis), With(axis, 1), 2);
                break;
            default:
                Apply(x => (Tensor.Abs<double>(x) * 0.5 - 1.0).Clip(-50.0, 50.0));
                break;
        }
    }

    private int[] With(int axis, int length) => [.. _shape.Select((n, d) => d == axis ? length : n)];

    private void Apply(Expression<Func<Tensor<double>, Tensor<double>>> step, int[]? shape = null, int uses = 1)
    {
        shape ??= _shape;
        if (_uses * uses > MostUses || shape.Aggregate(1, (a, b) => a * b) > MostElements)
        {
            return;
        }

        _value = new Insertion(step.Parameters[0], _value).Visit(step.Body);
        (_shape, _uses) = (shape, _uses * uses);
    }

    /// <summary>Puts an expression in the place of a parameter, and their values in the place of captured variables.</summary>
    private sealed class Insertion(ParameterExpression parameter, Expression argument) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) =>
            ReferenceEquals(node, parameter) ? argument : node;

        protected override Expression VisitMember(MemberExpression node) =>
            node is { Expression: { } owner, Member: FieldInfo field } && Value(owner) is { } captured
                ? field.GetValue(captured) switch
                {
                    int[] numbers => Expression.NewArrayInit(typeof(int), numbers.Select(n => Expression.Constant(n))),
                    var value => Expression.Constant(value, node.Type),
                }
                : base.VisitMember(node);

        /// <summary>What holds the captured variables: an object of the C# compiler's, perhaps inside another.</summary>
        private static object? Value(Expression owner) =>
            owner switch
            {
                ConstantExpression constant => constant.Value,
                MemberExpression { Expression: { } outer, Member: FieldInfo field } => Value(outer) is { } value
                    ? field.GetValue(value)
                    : null,
                _ => null,
            };
    }
}
