using System.Linq.Expressions;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Registry;

/// <summary>What does not fit is refused, with both sides named, and nothing of it is registered.</summary>
public sealed class RegistrationTests
{
    private const string Here = "Mlir.Tests.Dataflow.Registry.RegistrationTests.";

    public static class Declaring
    {
        [AbstractAlgorithm("area")]
        public delegate double Area(double width, double height);

        [ConcreteAlgorithm("area")]
        public static double Rectangle(double width, double height, double scale = 2) => width * height * scale;
    }

    public static class TooFew
    {
        [ConcreteAlgorithm("area")]
        public static double Square(double width) => width * width;
    }

    public static class OtherNames
    {
        [ConcreteAlgorithm("area")]
        public static double Rectangle(double height, double width) => width * height;
    }

    public static class OtherTypes
    {
        [ConcreteAlgorithm("area")]
        public static string Rectangle(double width, string height) => width + height;
    }

    public static class Extra
    {
        [ConcreteAlgorithm("area")]
        public static double Rectangle(double width, double height, double scale) => width * height * scale;
    }

    public static class OwnDefault
    {
        [ConcreteAlgorithm("area")]
        public static double Rectangle(double width, double height = 1) => width * height;
    }

    [TestCase(typeof(TooFew), "TooFew.Square(double width) → double", "it lacks the parameter 'height'")]
    [TestCase(
        typeof(OtherNames),
        "OtherNames.Rectangle(double height, double width) → double",
        "its parameter 1 is 'height' but must be 'width'; its parameter 2 is 'width' but must be 'height'"
    )]
    [TestCase(
        typeof(OtherTypes),
        "OtherTypes.Rectangle(double width, string height) → string",
        "its parameter 'height' is string but must be a form of double; it gives string but must give a form of double"
    )]
    [TestCase(
        typeof(Extra),
        "Extra.Rectangle(double width, double height, double scale) → double",
        "its parameter 'scale' is not one of the algorithm's and has no default"
    )]
    [TestCase(
        typeof(OwnDefault),
        "OwnDefault.Rectangle(double width, double height = 1) → double",
        "its parameter 'height' has a default, but only those of the algorithm count: leave it out"
    )]
    public void A_signature_that_does_not_fit_is_refused(Type plugin, string implementation, string problem)
    {
        var resolver = new Resolver().AddPlugin(typeof(Declaring));
        Refuses(
            () => resolver.AddPlugin(plugin),
            $"{Here}{implementation} cannot implement area(double width, double height) → double of {Here}Declaring.Area: {problem}"
        );
        Assert.That(resolver.Plugins, Is.EqualTo(new[] { "Declaring" }));
    }

    [Test]
    public void Extra_parameters_take_their_defaults() =>
        Assert.That(new Resolver().AddPlugin(typeof(Declaring)).Run("area", 3.0, 4.0), Is.EqualTo(24.0));

    [Test]
    public void An_implementation_of_an_unknown_algorithm_or_version_is_refused()
    {
        Refuses(
            () => new Resolver().AddPlugin(typeof(TooFew)),
            $"{Here}TooFew.Square implements the algorithm area, which nobody declares"
        );
        Refuses(
            () =>
                new Resolver()
                    .AddPlugin(typeof(Declaring))
                    .AddPlugin("p", p => p.Implement("aera", (double width, double height) => 0.0)),
            "p.aera implements the algorithm aera, which nobody declares"
        );
        Refuses(
            () =>
                new Resolver()
                    .AddPlugin(typeof(Declaring))
                    .AddPlugin("p", p => p.Implement("area", (double width, double height) => 0.0, version: 3)),
            $"p.area implements version 3 of the algorithm area, of which there are the versions 0 ({Here}Declaring.Area)"
        );
    }

    [Test]
    public void An_algorithm_declared_twice_is_refused() =>
        Refuses(
            () =>
                new Resolver()
                    .AddPlugin(typeof(Declaring))
                    .AddPlugin("p", p => p.Declare<Func<double, double, double>>("area")),
            $"p (System.Func<double, double, double>) declares the algorithm area, but {Here}Declaring.Area declares it already"
        );

    [Test]
    public void A_translator_that_does_not_fit_is_refused()
    {
        Refuses(
            () => new Resolver().AddPlugin("p", p => p.Translate((int x) => x, id: "Same")),
            "the translator p.Same(int value) → int gives the type that it takes"
        );
        Refuses(
            () =>
                new Resolver().AddPlugin(
                    "p",
                    p => p.Translate((int x) => $"{x}", id: "A").Translate((int x) => $"{x}", id: "B")
                ),
            "the translator p.B(int value) → string does what p.A(int value) → string does already: one is enough for a pair of types"
        );
        Refuses(
            () => new Resolver().AddPlugin("p", p => p.Translate((int x) => $"{x}", cost: -1, id: "A")),
            "the translator p.A(int value) → string costs -1: a cost is a number from 0"
        );
        Refuses(
            () => new Resolver().AddPlugin("p", p => p.Translate((int x) => (object)x, id: "A")),
            "the translator p.A(int value) → object cannot take or give object, which every type would be a form of"
        );
        Refuses(
            () => new Resolver().AddPlugin(typeof(TwoParameters)),
            $"the translator {Here}TwoParameters.Translate(int x, int y) → string must have exactly one parameter"
        );
    }

    public static class TwoParameters
    {
        [Translator]
        public static string Translate(int x, int y) => $"{x}{y}";
    }

    [Test]
    public void Two_functions_of_one_id_are_refused() =>
        Refuses(
            () =>
                new Resolver()
                    .AddPlugin(typeof(Declaring))
                    .AddPlugin(
                        "Declaring",
                        p => p.Implement("area", (double width, double height) => 0.0, id: "Rectangle")
                    ),
            $"Declaring.Rectangle(double width, double height) → double and {Here}Declaring.Rectangle(double width, double height, double scale = 2) → double would both be called Declaring.Rectangle: give one of the plugins another name"
        );

    public static class Overloads
    {
        [AbstractAlgorithm("size")]
        public delegate int Size(string x);

        [ConcreteAlgorithm("size")]
        public static int Of(string x) => x.Length;

        [ConcreteAlgorithm("size")]
        public static int Of(char[] x) => x.Length;

        [Translator]
        public static string Text(char[] x) => new(x);
    }

    [Test]
    public void Overloads_are_told_apart_by_their_parameters()
    {
        var resolver = new Resolver().AddPlugin(typeof(Overloads));
        Assert.Multiple(() =>
        {
            Assert.That(resolver.GetFunction("Overloads.Of(string)").Invoke(["abc"]), Is.EqualTo(3));
            Assert.That(resolver.GetFunction("Overloads.Of(char[])").Parameters[0].Type, Is.EqualTo(typeof(char[])));
            Assert.That(resolver.TryGetFunction("Overloads.Of", out _), Is.False);
            Assert.That(
                () => resolver.GetFunction("Overloads.Txt"),
                Throws
                    .TypeOf<DispatchException>()
                    .With.Message.EqualTo("there is no function Overloads.Txt; did you mean Overloads.Text?")
            );
        });
    }

    public class Wrong
    {
        [AbstractAlgorithm("wrong.void")]
        public delegate void Nothing(int x);

        [AbstractAlgorithm("wrong.ref")]
        public delegate int Reference(ref int x, Span<int> y);

        [AbstractAlgorithm("fine")]
        public delegate int Fine(int x);

        [ConcreteAlgorithm("fine")]
        public static T Generic<T>(T x) => x;

        [ConcreteAlgorithm("fine")]
        public int NotStatic(int x) => x;

        [ConcreteAlgorithm("fine")]
        public static Expression<Fine> Changeable = x => x;

        [ConcreteAlgorithm("fine")]
        public static readonly Expression<Fine>? Missing;

        [ConcreteAlgorithm("fine")]
        public static readonly Fine NoExpression = x => x;

        [ConcreteAlgorithm("fine"), Translator]
        public static int Both(int x) => x;

        [ConcreteAlgorithm("fine")]
        public static Expression<Fine> Throwing => throw new InvalidOperationException("not today");
    }

    [Test]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var problems = Assert.Throws<RegistrationException>(() => new Resolver().AddPlugin(typeof(Wrong)))!.Problems;
        Assert.That(
            problems.Select(p => p.Replace(Here, "", StringComparison.Ordinal)),
            Is.EquivalentTo(
                new[]
                {
                    "Wrong.Nothing gives no result",
                    "the parameter 'x' of Wrong.Reference cannot be System.Int32&: a task takes and gives values that can be kept",
                    "the parameter 'y' of Wrong.Reference cannot be System.Span<int>: a task takes and gives values that can be kept",
                    "Wrong.Generic is generic: a task needs to know its types",
                    "Wrong.NotStatic is not static: make it static, or add an instance of the plugin",
                    "Wrong.Changeable can be changed later: make it readonly",
                    "Wrong.Missing is null: it must hold a lambda",
                    "Wrong.NoExpression must be an Expression<TDelegate>",
                    "Wrong.Both cannot be an implementation of fine and a translator at once",
                    "Wrong.Throwing cannot be read: not today",
                }
            )
        );
    }

    public static class Generic<T>
    {
        [ConcreteAlgorithm("fine")]
        public static T Same(T x) => x;
    }

    [ConcreteType(typeof(string))]
    public sealed class FailingFormOf : ConcreteType<int>
    {
        public FailingFormOf() => throw new InvalidOperationException("no form today");
    }

    [Plugin("")]
    public static class Nameless
    {
        [AbstractAlgorithm("nameless"), ConcreteAlgorithm("nameless")]
        public static int Same(int x) => x;
    }

    [Test]
    public void Classes_that_cannot_be_plugins_are_refused()
    {
        Refuses(
            () => new Resolver().AddPlugin(typeof(Generic<>)),
            $"{Here}Generic<T>.Same is in a generic class: add the class for each type"
        );
        Refuses(
            () => new Resolver().AddPlugin(typeof(FailingFormOf)),
            $"{Here}FailingFormOf cannot be made: no form today"
        );
        Refuses(() => new Resolver().AddPlugin(typeof(Nameless)), $"the plugin {Here}Nameless has no name");
        Refuses(
            () => new Resolver().AddPlugin("implicit", p => p.Declare<Func<int, int>>("x")),
            "no plugin can be called implicit: C#'s own conversions are"
        );
    }

    public sealed class Nothing;

    [Test]
    public void A_class_that_declares_nothing_is_refused() =>
        Refuses(
            () => new Resolver().AddPlugin(typeof(Nothing)),
            $"{Here}Nothing declares nothing: mark its members with [AbstractAlgorithm], [ConcreteAlgorithm] or [Translator]"
        );

    [Test]
    public void A_refused_plugin_leaves_nothing_behind()
    {
        var resolver = new Resolver();
        Assert.That(
            () =>
                resolver.AddPlugin(
                    "p",
                    p =>
                        p.Declare<Func<int, int>>("good")
                            .Implement("good", (int arg) => arg)
                            .Implement("bad", (int arg) => arg)
                ),
            Throws.TypeOf<RegistrationException>()
        );
        Assert.Multiple(() =>
        {
            Assert.That(resolver.Algorithms, Is.Empty);
            Assert.That(resolver.TryGetFunction("p.good", out _), Is.False);
            Assert.That(resolver.Plugins, Is.Empty);
        });
    }

    [Test]
    public void A_class_added_twice_is_added_once()
    {
        var resolver = new Resolver().AddPlugin(typeof(Declaring)).AddPlugin(typeof(Declaring));
        Assert.That(resolver.GetImplementations(resolver.GetAlgorithm("area")), Has.Length.EqualTo(1));
    }

    [Test]
    public void An_unknown_compiler_is_no_error_until_it_is_needed_and_then_the_function_runs_as_it_is()
    {
        var resolver = new Resolver().AddPlugin(
            "p",
            p => p.Declare<Func<int, int>>("twice").Implement<Func<int, int>>("twice", arg => 2 * arg, "gpu2")
        );
        Assert.Multiple(() =>
        {
            Assert.That(resolver.Run("twice", 4), Is.EqualTo(8));
            Assert.That(resolver.Run("twice", 5), Is.EqualTo(10));
            Assert.That(resolver.Diagnostics, Has.Length.EqualTo(1));
            Assert.That(resolver.Diagnostics[0].Message, Does.StartWith("there is no compiler gpu2"));
        });
    }

    [Test]
    public void A_delegate_whose_plugin_is_missing_says_which()
    {
        var resolver = new Resolver();
        Assert.Multiple(() =>
        {
            Assert.That(
                () => resolver.GetAlgorithm(typeof(Declaring.Area)),
                Throws
                    .TypeOf<DispatchException>()
                    .With.Message.EqualTo(
                        $"the algorithm that {Here}Declaring.Area declares is not registered: add its plugin {Here}Declaring"
                    )
            );
            Assert.That(
                () => resolver.GetAlgorithm(typeof(Func<int>)),
                Throws
                    .TypeOf<DispatchException>()
                    .With.Message.EqualTo("System.Func<int> declares no algorithm: mark it with [AbstractAlgorithm(…)]")
            );
        });
    }

    [Test]
    public void The_source_line_of_a_function_is_known()
    {
        var site = Numbers.Resolver.GetFunction("Numbers.ToText").Site;
        Assert.Multiple(() =>
        {
            Assert.That(Path.GetFileName(site.File), Is.EqualTo("Numbers.cs"));
            Assert.That(site.Line, Is.GreaterThan(1));
        });
    }

    private static void Refuses(Action add, string problem) =>
        Assert.That(
            add,
            Throws
                .TypeOf<RegistrationException>()
                .With.Property(nameof(RegistrationException.Problems))
                .EqualTo(new[] { problem })
        );
}
