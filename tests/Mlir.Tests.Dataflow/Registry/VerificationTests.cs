using System.Linq.Expressions;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Registry;

/// <summary>The helpers for the tests of plugin authors.</summary>
public sealed class VerificationTests
{
    public static class Sums
    {
        [AbstractAlgorithm("sums.sum")]
        public delegate double Sum(double[] x, double start = 0);

        [AbstractAlgorithm("sums.minmax")]
        public delegate (double Least, double Most) MinMax(double[] x);

        [AbstractAlgorithm("sums.twice")]
        public delegate double Twice(double x);

        [AbstractAlgorithm("sums.none")]
        public delegate double None(double x);

        [ConcreteAlgorithm("sums.sum")]
        public static double Forward(double[] x, double start) => start + x.Sum();

        [ConcreteAlgorithm("sums.sum")]
        public static double Backward(List<double> x, double start) => Enumerable.Reverse(x).Sum() + start;

        [ConcreteAlgorithm("sums.minmax")]
        public static (double, double) OfArray(double[] x) => (x.Min(), x.Max());

        [ConcreteAlgorithm("sums.minmax")]
        public static (double, double) OfList(List<double> x) => (x.Min(), x.Max());

        [ConcreteAlgorithm("sums.twice", Compiler = "interpreter")]
        public static readonly Expression<Twice> Compiled = x => x + x;

        [Translator]
        public static List<double> ToList(double[] x) => [.. x];

        [Translator]
        public static double[] ToArray(List<double> x) => [.. x];
    }

    private static readonly Resolver Resolver = new Resolver().AddPlugin(typeof(Sums));
    private static readonly MultiVerify Verify = new(Resolver);
    private static readonly double[] Data = [0.1, 0.2, 0.3];

    [Test]
    public void Every_implementation_runs_and_is_compared()
    {
        var results = Verify.Compute("sums.sum", Data, new Named("start", 1.0));
        results.AssertEqual(1.6).AssertAgree().AssertEach<double>(s => Assert.That(s, Is.EqualTo(1.6).Within(1e-9)));
        Assert.That(results.Results.Select(r => r.Name), Is.EqualTo(new[] { "Sums.Forward", "Sums.Backward" }));
    }

    [Test]
    public void What_can_be_compiled_runs_twice()
    {
        var results = Verify.Compute("sums.twice", 21.0).AssertEqual(42.0);
        Assert.That(
            results.Results.Select(r => r.Name),
            Is.EqualTo(new[] { "Sums.Compiled", "Sums.Compiled on interpreter" })
        );
        Assert.That(Resolver.Diagnostics, Is.Empty);
    }

    [Test]
    public void A_wrong_result_is_reported_with_all_others()
    {
        Fails(
            "2 of 2 implementations of sums.sum did not give what is expected\n  expected: double 7\n  wrong  Sums.Forward: double 6\n  wrong  Sums.Backward: double 6",
            () => Verify.Compute("sums.sum", new[] { 1.0, 2, 3 }).AssertEqual(7.0)
        );
        Fails(
            "Sums.Forward gives double 6: no",
            () =>
                Verify
                    .Compute("sums.sum", new[] { 1.0, 2, 3 })
                    .AssertEach<double>(_ => throw new InvalidOperationException("no"))
        );
    }

    [Test]
    public void Items_of_tuples_are_compared_one_by_one()
    {
        var results = Verify.Compute("sums.minmax", Data).AssertEqual((0.1, 0.3));
        results[0].AssertEqual(0.1);
        results[1].AssertEqual(0.3);
        Fails("which has no item 2", () => _ = results[2]);
        Fails("which has no item 0", () => _ = results[1][0]);
    }

    [Test]
    public void Results_of_other_forms_are_translated_before_they_are_compared()
    {
        var resolver = new Resolver()
            .AddPlugin(typeof(Sums))
            .AddPlugin(
                "p",
                p =>
                    p.Declare<Func<double[], double[]>>("sums.same")
                        .Implement("sums.same", (double[] arg) => arg, "Array")
                        .Implement("sums.same", (List<double> arg) => arg, "List")
            );
        var results = new MultiVerify(resolver).Compute("sums.same", Data);
        results.AssertEqual(Data).AssertEqual(Data.ToList());
        Assert.That(results.As<List<double>>().Results.Select(r => r.Value), Is.All.TypeOf<List<double>>());
        Fails("cannot be compared", () => results.AssertEqual("text"));
    }

    [Test]
    public void Results_go_on_to_another_algorithm_in_all_combinations()
    {
        var starts = Verify.Compute("sums.twice", 2.0);
        var minima = Verify.Compute("sums.minmax", Data)[0];
        var results = Verify.Transform("sums.sum", "Sums", Data, starts).AssertEqual(4.6);
        Assert.Multiple(() =>
        {
            Assert.That(results.Results, Has.Length.EqualTo(2));
            Assert.That(Verify.Transform("sums.twice", "Sums", minima).AssertEqual(0.2).Results, Has.Length.EqualTo(2));
        });
        Fails("use Compute", () => Verify.Transform("sums.sum", "Sums", Data));
        Fails("use Transform", () => Verify.Compute("sums.sum", Data, starts));
    }

    [Test]
    public void Implementations_that_cannot_be_called_fail_the_check()
    {
        Fails("nobody implements sums.none(double x) → double", () => Verify.Compute("sums.none", 1.0));
        Fails("not every implementation can be called", () => Verify.Compute("sums.sum", "text"));
        var failing = new Resolver().AddPlugin(
            "p",
            p => p.Declare<Func<int, int>>("fail").Implement("fail", (int arg) => 1 / (arg - arg))
        );
        Fails("p.fail failed: Attempted to divide by zero.", () => new MultiVerify(failing).Compute("fail", 1));
        Assert.That(() => Verify.Compute("sums.smu", Data), Throws.TypeOf<DispatchException>());
    }

    [Test]
    public void Results_of_different_lengths_cannot_be_compared()
    {
        var resolver = new Resolver().AddPlugin(
            "p",
            p =>
                p.Declare<Func<int, object>>("any")
                    .Implement("any", (int arg) => (object)(arg, arg), "Pair")
                    .Implement("any", (int arg) => (object)arg, "Single")
        );
        Fails(
            "p.Pair gives (int, int) (1, 1), but p.Single gives int 1",
            () => new MultiVerify(resolver).Compute("any", 1)
        );
    }

    [Test]
    public void Round_trips_go_through_every_translator()
    {
        var report = RoundTrip.Check(Numbers.Resolver, 4);
        report.ThrowIfFailed();
        Assert.That(
            report.Trips.Select(t =>
                (
                    t.Translator.Id,
                    Path: t.Path.Replace("Mlir.Tests.Dataflow.Registry.Numbers.", "", StringComparison.Ordinal)
                )
            ),
            Is.EqualTo(
                new[]
                {
                    ("Numbers.FromStrokes", "int → Text → Strokes → Text → int"),
                    ("Numbers.FromText", "int → Text → int"),
                    ("Numbers.ToStrokes", "int → Text → Strokes → Text → int"),
                    ("Numbers.ToText", "int → Text → int"),
                }
            )
        );
        RoundTrip.Check(Graphs.Resolver, Graphs.Sorted).ThrowIfFailed();
    }

    [Test]
    public void A_value_that_a_form_cannot_hold_is_not_taken_there()
    {
        var report = RoundTrip.Check(Graphs.Resolver, Graphs.Undirected);
        Assert.Multiple(() =>
        {
            Assert.That(report.Trips.Select(t => t.Outcome), Is.All.EqualTo(TripOutcome.NoWay));
            Assert.That(report.ToString(), Does.Contain("can only have is_directed = true, but it is false"));
        });
        RoundTrip.Check(Graphs.Resolver, Graphs.Undirected, Graphs.Sorted).ThrowIfFailed();
    }

    [Test]
    public void A_function_that_its_compiler_cannot_compile_fails_the_check()
    {
        var resolver = new Resolver().AddPlugin(
            "p",
            p =>
                p.Declare<Func<string, int>>("length")
                    .Implement<Func<string, int>>("length", arg => arg.GetHashCode() & 0, "cpu")
                    .Declare<Func<int, int>>("same")
                    .Implement<Func<int, int>>("same", arg => arg, "missing")
        );
        Fails("p.length on cpu failed:", () => new MultiVerify(resolver).Compute("length", "text"));
        Assert.That(
            new MultiVerify(resolver).Compute("same", 3).AssertEqual(3).Results.Select(r => r.Name),
            Is.EqualTo(new[] { "p.same" })
        );
    }

    [Test]
    public void A_translator_that_loses_something_fails()
    {
        var resolver = new Resolver().AddPlugin(
            "p",
            p => p.Translate((double x) => (int)x, id: "Cut").Translate((int x) => x + 0.0, id: "Widen")
        );
        RoundTrip.Check(resolver, 2.0, 3).ThrowIfFailed();
        var report = RoundTrip.Check(resolver, 2.5);
        Assert.Multiple(() =>
        {
            Assert.That(report.Passed, Is.False);
            Assert.That(report.Failures.Select(f => f.Translator.Id), Is.EqualTo(new[] { "p.Cut", "p.Widen" }));
        });
        Fails("wrong  p.Cut: double → int → double: expected 2.5 but 2 came out", report.ThrowIfFailed);
    }

    [Test]
    public void A_translator_that_throws_fails_and_one_without_a_way_back_is_not_checked()
    {
        var resolver = new Resolver().AddPlugin(
            "p",
            p =>
                p.Translate((double x) => 1 / (int)(x - x), id: "Throws")
                    .Translate((int x) => x + 0.0, id: "Back")
                    .Translate((int x) => $"{x}", id: "OneWay")
        );
        var report = RoundTrip.Check(resolver, 2.5);
        Assert.Multiple(() =>
        {
            Assert.That(report.Unchecked.Select(t => t.Id), Is.EqualTo(new[] { "p.OneWay" }));
            Assert.That(
                report.ToString(),
                Does.Contain("wrong  p.Throws: double → int → double: Attempted to divide by zero.")
            );
        });
        Fails("no translator was checked", RoundTrip.Check(resolver, DateTime.UnixEpoch).ThrowIfFailed);
    }

    [Test]
    public void A_translator_that_changes_a_property_fails()
    {
        var resolver = new Resolver().AddPlugin(
            "p",
            p =>
                p.DeclareType<IComparable>(("sign", ["+", "-"]))
                    .DeclareForm<IComparable>(new Signed())
                    .DeclareForm<IComparable>(new SignedLong())
                    .Translate((int x) => -(long)x, id: "There")
                    .Translate((long x) => -(int)x, id: "Back")
        );
        Fails("p.There changes sign from + to -", RoundTrip.Check(resolver, 3).ThrowIfFailed);
    }

    public sealed class Signed : ConcreteType<int>
    {
        public override object? ComputeProperty(int value, string property) => value < 0 ? "-" : "+";
    }

    public sealed class SignedLong : ConcreteType<long>
    {
        public override object? ComputeProperty(long value, string property) => value < 0 ? "-" : "+";
    }

    [Test]
    public void One_way_checks_are_for_different_abstract_types() =>
        Fails("both values are forms of", () => RoundTrip.CheckOneWay(Numbers.Resolver, 4, new Numbers.Text("4")));

    private static void Fails(string message, Action check) =>
        Assert.That(check, Throws.TypeOf<VerificationException>().With.Message.Contains(message));
}
