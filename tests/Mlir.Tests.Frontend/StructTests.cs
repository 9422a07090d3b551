using System.Numerics.Tensors;
using Mlir.Frontend;

namespace Mlir.Tests.Frontend;

/// <summary>Structs and value tuples: parameters, results, members, captured, made with constructors and initialisers.</summary>
public sealed class StructTests
{
    private struct Point
    {
        public double X;
        public double Y;

        public Point(double x, double y)
        {
            X = x;
            Y = y;
        }
    }

    private readonly record struct Segment(Point Start, Point End, int Id);

    private record struct Money(long Cents, DayOfWeek Day)
    {
        public bool Paid { get; set; }
    }

    private readonly struct Flagged
    {
        public Flagged(byte level)
        {
            Level = level;
            Code = 'x';
            Rate = 0.5f;
            Big = 1L << 40;
            Negative = -7;
            High = 200;
        }

        public byte Level { get; }

        public char Code { get; }

        public float Rate { get; }

        public long Big { get; }

        public short Negative { get; }

        public byte High { get; }
    }

    private struct Doubling
    {
        public double Value;

        public Doubling(double value) => Value = value * 2;
    }

    private struct Hidden(double a)
    {
        private double _secret = a;

        public double Open = a;

        public readonly double Sum => _secret + Open;
    }

    private record struct Owner(int Id, List<int> Things);

    private record struct Outer(Owner Inner);

    private struct Named
    {
        public string Name;
        public double[] Values;
    }

    private static object[][] Points(params (double X, double Y)[] points) =>
        [.. points.Select(p => new object[] { new Point(p.X, p.Y), 2.5 })];

    [Test]
    public void A_struct_goes_in_and_comes_out() =>
        Differential.Check(
            (Point p, double k) => new Point(p.X * k, p.Y - k),
            Points((1, 2), (-3.5, 0), (double.NaN, double.PositiveInfinity))
        );

    [Test]
    public void Nested_structs_keep_the_order_of_their_leaves() =>
        Differential.Check(
            (Segment s) => new Segment(s.End, s.Start, s.Id + 1),
            [
                [new Segment(new Point(1, 2), new Point(3, 4), 5)],
            ]
        );

    [Test]
    public void Members_are_read_and_set_by_name() =>
        Differential.Check(
            (Money m, long tip) => new Money(m.Cents + tip, m.Day) { Paid = m.Cents > 10 },
            [
                [new Money(5, DayOfWeek.Friday), 3L],
                [new Money(50, DayOfWeek.Sunday) { Paid = true }, -3L],
            ]
        );

    [Test]
    public void Initialisers_leave_other_members_at_their_defaults() =>
        Differential.Check(
            (double x) => new Point { Y = x },
            [
                [1.5],
            ]
        );

    [Test]
    public void A_default_struct_is_zero() =>
        Differential.Check(
            (int id) => id > 0 ? new Segment(default, new Point(), id) : default,
            [
                [1],
                [-1],
            ]
        );

    [Test]
    public void Constructors_that_store_constants_are_followed() =>
        Differential.Check(
            (byte level) => new Flagged(level),
            [
                [(byte)3],
                [(byte)255],
            ]
        );

    [Test]
    public void A_choice_between_structs() =>
        Differential.Check(
            (Point a, Point b) => a.X / b.X > 1 ? a : b,
            [
                [new Point(1, 2), new Point(3, 4)],
                [new Point(5, 2), new Point(3, 4)],
            ]
        );

    [Test]
    public void Value_tuples_of_everything() =>
        Differential.Check(
            (ValueTuple<int, ValueTuple<double, bool>> t) => ValueTuple.Create(t.Item2.Item2, t.Item1 * 2, t.Item2),
            [
                [(3, (1.5, true))],
            ]
        );

    [Test]
    public void Long_tuples_nest() =>
        Differential.Check(
            (int a) => ValueTuple.Create(a, a + 1, a + 2, a + 3, a + 4, a + 5, a + 6, a + 7),
            [
                [10],
            ]
        );

    [Test]
    public void A_captured_struct_is_read_at_every_call()
    {
        foreach (var target in Targets.All)
        {
            var origin = new Point(1, 2);
            var kernel = Jit.Compile((double k) => new Point(origin.X + k, k * origin.Y), new() { Target = target });
            var whole = Jit.Compile((bool b) => b ? origin : new Point(0, 0), new() { Target = target });
            origin = new Point(10, 20);
            Assert.That(kernel.Invoke(1), Is.EqualTo(new Point(11, 20)), target);
            Assert.That(whole.Invoke(true), Is.EqualTo(new Point(10, 20)), target);
        }
    }

    [Test]
    public void Structs_of_tensors_strings_and_arrays()
    {
        foreach (var target in Targets.All)
        {
            var scale = Jit.Compile(
                (ValueTuple<Tensor<double>, double> t) =>
                    ValueTuple.Create(t.Item1 * t.Item2, Tensor.Sum<double>(t.Item1)),
                new() { Target = target }
            );
            var (scaled, sum) = scale.Invoke((Tensor.Create(new[] { 1.0, 2, 3 }), 2));
            Assert.That(scaled.ToArray(), Is.EqualTo(new[] { 2.0, 4, 6 }), target);
            Assert.That(sum, Is.EqualTo(6), target);
            var pick = Jit.Compile(
                (Named n, int i) => ValueTuple.Create(n.Name + "!", n.Values[i], n.Values),
                new() { Target = target }
            );
            var (name, value, values) = pick.Invoke(new Named { Name = "abc", Values = [4, 5] }, 1);
            Assert.That((name, value), Is.EqualTo(("abc!", 5.0)), target);
            Assert.That(values, Is.EqualTo(new[] { 4.0, 5 }), target);
            var error = Assert.Throws<ArgumentNullException>(() => pick.Invoke(default, 0))!;
            Assert.That(error.ParamName, Is.EqualTo("n.Name"), target);
        }
    }

    [Test]
    public void A_constructor_that_computes_is_refused()
    {
        var error = Assert.Throws<UnsupportedExpressionException>(() => Jit.Compile((double x) => new Doubling(x)))!;
        Assert.That(
            error.Message,
            Does.Contain("StructTests.cs(")
                .And.Contain("the constructor of Doubling does more than store its parameters")
        );
    }

    [Test]
    public void Types_without_a_layout_name_the_member_in_the_way()
    {
        Assert.That(
            Assert.Throws<UnsupportedExpressionException>(() => Jit.Compile((Hidden h) => h.Open))!.Message,
            Does.Contain("the field '_secret' of Hidden is neither public nor behind a public auto-property")
        );
        Assert.That(
            Assert.Throws<UnsupportedExpressionException>(() => Jit.Compile((Outer o) => o.Inner.Id))!.Message,
            Does.Contain("'Inner' of Outer: 'Things' of Owner: List<int> is neither a scalar")
        );
        Assert.That(
            Assert.Throws<UnsupportedExpressionException>(() => Jit.Compile((int? n) => n == null))!.Message,
            Does.Contain("int? may be null")
        );
        Assert.That(
            Assert
                .Throws<UnsupportedExpressionException>(() => Jit.Compile((Point p) => p.ToString()!.Length))!
                .Message,
            Does.Contain("has no compiled form")
        );
    }
}
