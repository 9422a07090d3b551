using System.Linq.Expressions;
using Mlir.Frontend;

namespace Mlir.Tests.Frontend;

/// <summary>Exceptions that lambdas throw: of the same type compiled and not, with the line, and only where they are reached.</summary>
public sealed class ThrowTests
{
    private static readonly double[] Numbers = [-2, -0.0, 0, 1, 4, double.NaN];

    private static IEnumerable<object[]> Inputs => Numbers.Select(n => new object[] { n });

    [Test]
    public void A_throw_is_reached_only_in_its_branch() =>
        Differential.Check(
            (double x) =>
                x >= 0
                    ? Math.Sqrt(x)
                    : Throw.Exception<double>(new ArgumentOutOfRangeException("x", "must not be negative")),
            Inputs
        );

    [Test]
    public void The_message_and_the_line_arrive()
    {
        foreach (var target in Targets.All)
        {
            var root = Jit.Compile(
                (double x) =>
                    x >= 0
                        ? Math.Sqrt(x)
                        : Throw.Exception<double>(new ArgumentOutOfRangeException("x", "must not be negative")),
                new() { Target = target }
            );
            Assert.That(root.Invoke(9), Is.EqualTo(3), target);
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => root.Invoke(-1))!;
            Assert.That(
                error.Message,
                Does.StartWith("must not be negative (Parameter 'x')")
                    .And.Contain("ThrowTests.cs(")
                    .And.Contain("new ArgumentOutOfRangeException(\"x\", \"must not be negative\")"),
                target
            );
        }
    }

    [Test]
    public void Both_sides_may_throw() =>
        Differential.Check(
            (double x) =>
                x > 0 ? x
                : x < 0 ? Throw.Exception<double>(new InvalidOperationException())
                : Throw.Exception<double>(new FormatException("neither")),
            Inputs
        );

    [Test]
    public void A_check_on_the_way_to_a_throw_comes_first() =>
        Differential.Check(
            (int x, int y) =>
                x > 0
                    ? x
                    : (
                        10 / y > 0
                            ? Throw.Exception<int>(new NotSupportedException())
                            : Throw.Exception<int>(new TimeoutException())
                    ),
            [
                [1, 0],
                [0, 0],
                [0, 1],
                [0, -1],
            ]
        );

    [Test]
    public void A_throw_inside_an_operator() =>
        Differential.Check(
            (double x) => x * (x < 3 ? x + 1 : Throw.Exception<double>(new ArithmeticException("too large"))),
            Inputs
        );

    [Test]
    public void Strings_and_structs_throw_too() =>
        Differential.Check(
            (string s, int i) =>
                i < s.Length
                    ? ValueTuple.Create(s.Substring(i), i)
                    : Throw.Exception<ValueTuple<string, int>>(new IndexOutOfRangeException("beyond the end")),
            [
                ["abc", 1],
                ["abc", 5],
                ["abc", -1],
            ]
        );

    [Test]
    public void Trees_built_by_hand_may_hold_throw()
    {
        var x = Expression.Parameter(typeof(int), "x");
        var body = Expression.Condition(
            Expression.GreaterThan(x, Expression.Constant(0)),
            x,
            Expression.Throw(Expression.New(typeof(OverflowException)), typeof(int))
        );
        Differential.Check(
            Expression.Lambda<Func<int, int>>(body, x),
            [
                [1],
                [0],
            ]
        );
    }

    [Test]
    public void A_lambda_may_do_nothing_else() =>
        Differential.Check(
            (int x) => Throw.Exception<int>(new RankException("always")),
            [
                [1],
            ]
        );

    [Test]
    public void Every_exception_that_kernels_know_arrives_as_itself()
    {
        var x = Expression.Parameter(typeof(int), "x");
        foreach (
            var type in new[]
            {
                typeof(OverflowException),
                typeof(DivideByZeroException),
                typeof(ArithmeticException),
                typeof(NotFiniteNumberException),
                typeof(IndexOutOfRangeException),
                typeof(ArgumentException),
                typeof(ArgumentOutOfRangeException),
                typeof(ArgumentNullException),
                typeof(RankException),
                typeof(InvalidCastException),
                typeof(FormatException),
                typeof(NotSupportedException),
                typeof(TimeoutException),
                typeof(OperationCanceledException),
                typeof(InvalidOperationException),
            }
        )
        {
            Differential.Check(
                Expression.Lambda<Func<int, int>>(Expression.Throw(Expression.New(type), typeof(int)), x),
                [
                    [1],
                ]
            );
        }
    }

    [Test]
    public void Other_exceptions_and_computed_messages_are_refused()
    {
        Assert.That(
            Assert
                .Throws<UnsupportedExpressionException>(() =>
                    Jit.Compile((int x) => x > 0 ? x : Throw.Exception<int>(new FileNotFoundException("f")))
                )!
                .Message,
            Does.Contain("ArgumentException").And.Contain("not FileNotFoundException")
        );
        Assert.That(
            Assert
                .Throws<UnsupportedExpressionException>(() =>
                    Jit.Compile((string s) => s == "a" ? 1 : Throw.Exception<int>(new ArgumentException("bad " + s)))
                )!
                .Message,
            Does.Contain("the exception's arguments must be constants")
        );
    }
}
