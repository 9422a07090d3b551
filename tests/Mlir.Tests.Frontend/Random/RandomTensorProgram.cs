using System.Buffers;
using System.Linq.Expressions;
using System.Numerics;
using System.Numerics.Tensors;
using System.Reflection;

namespace Mlir.Tests.Frontend;

/// <summary>
/// A random lambda of up to thirty operations over tensors of one element type, with arguments of random shapes that broadcast, random strides and
/// special values. Every operation but the last rounds the same way everywhere, so that the eager result is the only right one; the last may be an
/// elementary function.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
internal sealed class RandomTensorProgram<T>
    where T : struct, INumber<T>
{
    private const int MaxNodes = 60;

    private static readonly string[] Binaries = ["Add", "Subtract", "Multiply", "Max", "Min"];
    private static readonly string[] ExactUnaries = ["Negate", "Abs", "Floor", "Ceiling", "Truncate", "Round", "Sqrt"];
    private static readonly string[] Elementary =
    [
        "Exp",
        "Log",
        "Sin",
        "Cos",
        "Tan",
        "Tanh",
        "Atan",
        "Asin",
        "Cbrt",
        "Sinh",
        "Cosh",
    ];
    private static readonly bool IsFloat = typeof(T) == typeof(double) || typeof(T) == typeof(float);

    private readonly System.Random _random;
    private readonly List<(Expression Tree, int Nodes)> _values = [];

    private RandomTensorProgram(int seed) => _random = new System.Random(seed);

    /// <summary>The lambda.</summary>
    public LambdaExpression Lambda { get; private set; } = null!;

    /// <summary>The arguments: tensors that broadcast to one shape, some of them views of larger ones, and a scalar.</summary>
    public object[] Arguments { get; private set; } = null!;

    /// <summary>The same arguments with every tensor spread to the full shape, for the eager run: .NET 10 broadcasts wrongly at equal rank.</summary>
    public object[] Spread { get; private set; } = null!;

    /// <summary>How far the result may be from the eager one, in units in the last place.</summary>
    public ulong Ulp { get; private set; }

    /// <summary>The program of this number.</summary>
    public static RandomTensorProgram<T> Of(int seed, bool large = false)
    {
        var program = new RandomTensorProgram<T>(seed);
        program.MakeArguments(large);
        program.MakeLambda();
        return program;
    }

    private void MakeArguments(bool large)
    {
        nint[] full = large
            ? [_random.Next(2) == 0 ? 1 : 3, 50_000 + _random.Next(100)]
            : [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => (nint)Pick(1, 2, 3, 5, 8, 9, 16, 17, 33))];
        var sameShape = _random.Next(3) == 0;
        var tensors = Enumerable.Range(0, 3).Select(i => Make(sameShape || i == 0 ? full : Narrow(full))).ToArray();
        T scalar = Value();
        Arguments = [.. tensors, scalar];
        Spread = [.. tensors.Select(t => SpreadTo(t, full)), scalar];
    }

    private void MakeLambda()
    {
        var parameters = Enumerable
            .Range(0, 3)
            .Select(i => Expression.Parameter(typeof(Tensor<T>), "xyz"[i].ToString()))
            .Append(Expression.Parameter(typeof(T), "s"))
            .ToArray();
        _values.AddRange(parameters[..3].Select(p => ((Expression)p, 1)));
        for (var count = _random.Next(1, 31); count > 0; count--)
        {
            Step(parameters[3]);
        }

        // Every argument takes part, so that the result has the full shape.
        var (result, nodes) = _values[^1];
        result = parameters[..3].Aggregate(result, (sum, p) => Call("Add", sum, Call("Min", p, p)));
        if (IsFloat && _random.Next(2) == 0)
        {
            result = Call(Pick(Elementary), result);
            Ulp = 4;
        }

        Lambda = Expression.Lambda(result, parameters);
    }

    private void Step(ParameterExpression scalar)
    {
        var (a, na) = Any();
        var (b, nb) = Any();
        switch (_random.Next(8))
        {
            case 0 when IsFloat:
                Add(Call(Pick(ExactUnaries), a), na);
                break;
            case 1:
                Add(Expression.Add(a, scalar, Operator("op_Addition", typeof(Tensor<T>), typeof(T))), na);
                break;
            case 2:
                Add(
                    Expression.Subtract(
                        Expression.Constant(Value()),
                        a,
                        Operator("op_Subtraction", typeof(T), typeof(Tensor<T>))
                    ),
                    na
                );
                break;
            case 3 when IsFloat && na + nb < MaxNodes:
                Add(Expression.Divide(a, b, Operator("op_Division", typeof(Tensor<T>), typeof(Tensor<T>))), na + nb);
                break;
            case 4 when IsFloat:
                // The extremes of a tensor are the same after it was spread.
                Add(Call("Multiply", a, Reduce(Pick("Max", "Min"), b)), na + nb);
                break;
            default:
                if (na + nb < MaxNodes)
                {
                    Add(Call(Pick(Binaries), a, b), na + nb);
                }

                break;
        }
    }

    private void Add(Expression tree, int nodes)
    {
        if (nodes < MaxNodes)
        {
            _values.Add((tree, nodes + 1));
        }
    }

    /// <summary>A value, more often a late one.</summary>
    private (Expression Tree, int Nodes) Any() =>
        _values[Math.Max(_random.Next(_values.Count), _random.Next(_values.Count))];

    private static MethodCallExpression Call(string name, params Expression[] operands) =>
        Expression.Call(
            Find(
                name,
                [.. operands.Select(o => o.Type == typeof(T) ? typeof(T) : typeof(ReadOnlyTensorSpan<T>))],
                true
            ),
            operands.Select(o => o.Type == typeof(T) ? o : Expression.Convert(o, typeof(ReadOnlyTensorSpan<T>)))
        );

    private static MethodCallExpression Reduce(string name, Expression operand) =>
        Expression.Call(
            Find(name, [typeof(ReadOnlyTensorSpan<T>)], false),
            Expression.Convert(operand, typeof(ReadOnlyTensorSpan<T>))
        );

    private static MethodInfo Operator(string name, params Type[] operands) => Find(name, operands, true);

    private static MethodInfo Find(string name, Type[] operands, bool tensor) =>
        typeof(Tensor)
            .GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => m.Name == name && m.IsGenericMethodDefinition && m.GetGenericArguments().Length == 1)
            .Select(m => m.MakeGenericMethod(typeof(T)))
            .Single(m =>
                m.ReturnType == (tensor ? typeof(Tensor<T>) : typeof(T))
                && m.GetParameters()
                    .Select(p => p.ParameterType.IsByRef ? p.ParameterType.GetElementType()! : p.ParameterType)
                    .SequenceEqual(operands)
            );

    /// <summary>A shape that broadcasts to <paramref name="full"/>.</summary>
    private nint[] Narrow(nint[] full) =>
        [.. full.Skip(_random.Next(full.Length)).Select(n => _random.Next(3) == 0 ? 1 : n)];

    /// <summary>A tensor of this shape: dense, a part of a larger one, or one with its dimensions exchanged.</summary>
    private Tensor<T> Make(nint[] shape)
    {
        switch (_random.Next(3))
        {
            case 0:
                var larger = Fill([.. shape.Select(n => n + 2)]);
                return larger.Slice([.. shape.Select(n => new NRange(1, 1 + n))]);
            case 1 when shape.Length > 1:
                var order = Enumerable.Range(0, shape.Length).Reverse().ToArray();
                return Tensor.PermuteDimensions(Fill([.. order.Select(d => shape[d])]), order);
            default:
                return Fill(shape);
        }
    }

    private Tensor<T> Fill(nint[] shape)
    {
        var values = new T[shape.Aggregate((nint)1, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Value();
        }

        return Tensor.Create(values, shape);
    }

    private T Value()
    {
        if (!IsFloat)
        {
            return T.CreateTruncating(_random.NextInt64());
        }

        return _random.Next(40) switch
        {
            0 => T.CreateSaturating(double.NaN),
            1 => T.CreateSaturating(double.PositiveInfinity),
            2 => T.CreateSaturating(double.NegativeInfinity),
            3 => T.Zero,
            4 => -T.Zero,
            5 => T.CreateSaturating(typeof(T) == typeof(double) ? double.Epsilon : float.Epsilon),
            6 => T.CreateSaturating(1e30),
            _ => T.CreateSaturating((_random.NextDouble() - 0.5) * 8),
        };
    }

    private static Tensor<T> SpreadTo(Tensor<T> source, nint[] full)
    {
        var values = new T[full.Aggregate((nint)1, (a, b) => a * b)];
        var lead = full.Length - source.Rank;
        var index = new nint[full.Length];
        var at = new nint[source.Rank];
        for (var i = 0; i < values.Length; i++)
        {
            for (var d = 0; d < at.Length; d++)
            {
                at[d] = source.Lengths[d] == 1 ? 0 : index[lead + d];
            }

            values[i] = source[at];
            for (var d = full.Length - 1; d >= 0 && ++index[d] == full[d]; d--)
            {
                index[d] = 0;
            }
        }

        return Tensor.Create(values, full);
    }

    private TItem Pick<TItem>(params TItem[] items) => items[_random.Next(items.Length)];
}
