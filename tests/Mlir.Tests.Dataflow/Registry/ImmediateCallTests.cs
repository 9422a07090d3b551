using Mlir.Dataflow;
using static Mlir.Tests.Dataflow.Registry.Numbers;

namespace Mlir.Tests.Dataflow.Registry;

public sealed class ImmediateCallTests
{
    [Test]
    public void Arguments_are_given_by_position_and_by_name()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Numbers.Resolver.Run<int>("power", 2, 3), Is.EqualTo(8));
            Assert.That(Numbers.Resolver.Run<int>("power", new Named("p", 2), new Named("x", 3)), Is.EqualTo(9));
            Assert.That(Numbers.Resolver.Run<int>("power", 2, new Named("p", 3)), Is.EqualTo(8));
            Assert.That(Numbers.Resolver.Call((Power power) => power(2, power(2, 2))), Is.EqualTo(16));
        });
    }

    [Test]
    public void Arguments_and_results_are_translated_over_several_steps()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Numbers.Resolver.Run<int>("power", 2, new Text("3")), Is.EqualTo(8));
            Assert.That(Numbers.Resolver.Run<int>("power", new Strokes("II"), new Text("3")), Is.EqualTo(8));
            Assert.That(Numbers.Resolver.Run<Strokes>("power", new Strokes("II"), 2), Is.EqualTo(new Strokes("IIII")));
        });
    }

    [Test]
    public void Defaults_are_the_algorithms()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Numbers.Resolver.Run<string>("echo", 14), Is.EqualTo("14!"));
            Assert.That(Numbers.Resolver.Run<string>("echo", 14, "?"), Is.EqualTo("14?"));
            Assert.That(Numbers.Resolver.Run<string>("echo", new object?[] { null }), Is.EqualTo("!"));
            Assert.That(Numbers.Resolver.Run<string>("echo", null!), Is.EqualTo("!"));
        });
    }

    [Test]
    public void An_array_of_strings_is_one_argument()
    {
        string[] words = ["a", "b"];
        Assert.That(Numbers.Resolver.Run<string>("echo", words), Is.EqualTo("System.String[]!"));
    }

    [Test]
    public void An_int_is_given_where_a_double_is_taken()
    {
        var resolver = new Resolver().AddPlugin(
            "halves",
            p =>
                p.Declare<Func<double, double>>("half", 0).Implement<Func<double, double>>("half", arg => arg / 2, null)
        );
        Assert.Multiple(() =>
        {
            Assert.That(resolver.Run<double>("half", 3), Is.EqualTo(1.5));
            Assert.That(resolver.Run<double>("half", 3f), Is.EqualTo(1.5));
            Assert.That(() => resolver.Run<double>("half", 3m), Throws.TypeOf<DispatchException>());
        });
    }

    [Test]
    public void Exceptions_of_an_implementation_come_through_unchanged()
    {
        var resolver = new Resolver().AddPlugin(
            "failing",
            p => p.Declare<Func<int, int>>("fail").Implement("fail", (int arg) => 1 / (arg - arg))
        );
        Assert.That(() => resolver.Run("fail", 1), Throws.TypeOf<DivideByZeroException>());
    }

    [Test]
    public void A_result_that_is_null_where_a_number_is_wanted_is_an_error()
    {
        var resolver = new Resolver().AddPlugin(
            "p",
            p => p.Declare<Func<int, object?>>("nothing").Implement("nothing", (int arg) => (object?)null)
        );
        Assert.That(resolver.Run<string?>("nothing", 1), Is.Null);
        Fails("nothing gives null, which is no int", () => resolver.Run<int>("nothing", 1));
    }

    [Test]
    public void Calls_that_do_not_fit_say_why()
    {
        Assert.Multiple(() =>
        {
            Fails("there is no algorithm powr; did you mean power?", () => Numbers.Resolver.Run("powr", 1, 2));
            Fails(
                "power(int x, int p) → int takes at most 2 arguments, not 3",
                () => Numbers.Resolver.Run("power", 1, 2, 3)
            );
            Fails(
                "a call of echo(object x, string suffix = \"!\") → object lacks the argument 'x'",
                () => Numbers.Resolver.Run("echo")
            );
            Fails("lacks the argument 'p'", () => Numbers.Resolver.Run("power", 1));
            Fails("has no parameter 'q'", () => Numbers.Resolver.Run("power", 1, new Named("q", 2)));
            Fails(
                "gives the parameter 'x' twice",
                () => Numbers.Resolver.Run("power", 1, new Named("x", 2), new Named("p", 2))
            );
            Fails(
                "has an argument without a name behind one with a name",
                () => Numbers.Resolver.Run("power", new Named("x", 2), 2)
            );
            Fails("p: no translation from string to int", () => Numbers.Resolver.Run("power", 1, "4"));
            Fails("p cannot be null: it is int", () => Numbers.Resolver.Run("power", 1, null));
            Fails(
                "the result: no translation from int to Mlir.Tests.Dataflow.Registry.Numbers.Other",
                () => Numbers.Resolver.Run<Other>("power", 1, 2)
            );
        });
    }

    [Test]
    public void Translations_can_be_switched_off()
    {
        var resolver = new Resolver { TranslatesAutomatically = false }.AddPlugin(typeof(Numbers));
        Assert.That(resolver.Run("power", 2, 3), Is.EqualTo(8));
        Fails(
            "p would have to be translated from Mlir.Tests.Dataflow.Registry.Numbers.Text to int",
            () => resolver.Run("power", 2, new Text("3"))
        );
        Assert.That(resolver.Translate<int>(new Text("3")), Is.EqualTo(3));
    }

    private static void Fails(string message, Action call) =>
        Assert.That(call, Throws.TypeOf<DispatchException>().With.Message.Contains(message));
}
