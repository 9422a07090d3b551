using Mlir.Dataflow;
using static Mlir.Tests.Dataflow.Registry.Graphs;

namespace Mlir.Tests.Dataflow.Registry;

public sealed class PropertyTests
{
    private const string Here = "Mlir.Tests.Dataflow.Registry.";

    [Test]
    public void The_type_of_a_value_has_all_its_properties()
    {
        var type = Graphs.Resolver.TypeOf(Unsorted);
        Assert.Multiple(() =>
        {
            Assert.That(
                type.ToString(),
                Is.EqualTo($"{Here}Graphs.Edges, a form of IGraph, is_directed = true, sorted = false, weights = none")
            );
            Assert.That(type.AbstractType.Marker, Is.EqualTo(typeof(IGraph)));
            Assert.That(Graphs.Resolver.TypeOf(4).ToString(), Is.EqualTo("int"));
            Assert.That(Numbers.Resolver.TypeOf(4).AbstractType.IsImplicit, Is.True);
            Assert.That(
                Numbers.Resolver.TypeOf(4).AbstractType,
                Is.SameAs(Numbers.Resolver.AbstractTypeOf(typeof(Numbers.Strokes)))
            );
        });
    }

    [Test]
    public void A_property_that_has_one_possible_value_is_not_computed()
    {
        var type = Graphs.Resolver.TypeOf(new Successors([]));
        Assert.That(type.Properties["is_directed"], Is.True);
    }

    [Test]
    public void An_argument_without_a_required_property_is_refused()
    {
        Assert.That(Graphs.Resolver.Run("graph.order", Sorted), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(
            () => Graphs.Resolver.Run("graph.order", Undirected),
            Throws
                .TypeOf<DispatchException>()
                .With.Message.Contains("impossible: graph must have is_directed = true but has false")
        );
    }

    [Test]
    public void An_implementation_with_requirements_is_chosen_for_values_that_meet_them_only()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Graphs.Resolver.Run("graph.edges", Sorted), Is.EqualTo(-2), "sorted: no translation");
            Assert.That(Graphs.Resolver.Run("graph.edges", Unsorted), Is.EqualTo(2), "not sorted: translated");
            Assert.That(
                Graphs.Resolver.PlanCall("graph.edges", Unsorted).ToString(),
                Does.Contain("impossible  Graphs.CountSorted: graph must have sorted = true but has false")
            );
        });
    }

    [Test]
    public void A_value_is_not_translated_to_a_form_that_cannot_have_its_properties()
    {
        Assert.That(
            () => Graphs.Resolver.Run("graph.edges", Undirected),
            Throws
                .TypeOf<DispatchException>()
                .With.Message.Contains($"a {Here}Graphs.Successors can only have is_directed = true, but it is false")
        );
        Assert.That(
            () => Graphs.Resolver.Translate<Successors>(Undirected),
            Throws
                .TypeOf<DispatchException>()
                .With.Message.EqualTo(
                    $"there is no translation from {Here}Graphs.Edges to {Here}Graphs.Successors: a {Here}Graphs.Successors can only have is_directed = true, but it is false"
                )
        );
    }

    [Test]
    public void A_translator_called_on_its_own_checks_what_its_target_can_hold() =>
        Assert.That(
            () => Graphs.Resolver.GetFunction("Graphs.ToSuccessors").Invoke([Undirected]),
            Throws
                .TypeOf<DispatchException>()
                .With.Message.EqualTo(
                    $"Graphs.ToSuccessors: a {Here}Graphs.Successors can only have is_directed = true, but it is false"
                )
        );

    [Test]
    public void Without_values_implementations_whose_requirements_are_certain_go_first()
    {
        var algorithm = Graphs.Resolver.GetAlgorithm("graph.edges");
        var plan = Graphs.Resolver.Plan(algorithm, [typeof(Edges)]);
        Assert.Multiple(() =>
        {
            Assert.That(plan.Chosen!.Id, Is.EqualTo("Graphs.CountSuccessors"));
            Assert.That(plan.ToString(), Does.Contain("has requirements that show only when it is called"));
        });
    }

    [Test]
    public void A_requirement_that_shows_only_when_a_function_is_called_is_checked_then()
    {
        var function = Graphs.Resolver.GetFunction("Graphs.OrderOfEdges");
        Assert.Multiple(() =>
        {
            Assert.That(function.Invoke([Sorted]), Is.EqualTo(new[] { 0, 1 }));
            Assert.That(
                () => function.Invoke([Undirected]),
                Throws
                    .TypeOf<DispatchException>()
                    .With.Message.EqualTo("Graphs.OrderOfEdges: graph must have is_directed = true but has false")
            );
        });
    }

    [Test]
    public void A_promise_about_the_result_is_checked()
    {
        Assert.That(Graphs.Resolver.Run<Edges>("graph.reverse", Sorted).Items, Is.EqualTo(new[] { (1, 0), (2, 1) }));
        Assert.That(
            () => Graphs.Resolver.Run("graph.reverse", Undirected),
            Throws
                .TypeOf<DispatchException>()
                .With.Message.EqualTo("the result of Graphs.ReverseEdges must have is_directed = true but has false")
        );
    }

    [Test]
    public void A_result_can_be_asked_for_as_any_form_of_its_abstract_type()
    {
        var successors = Graphs.Resolver.Run<Successors>("graph.reverse", Sorted);
        Assert.That(successors.Items, Is.EqualTo(new int[][] { [], [0], [1] }));
        Assert.That(
            () => Graphs.Resolver.Run<IGraph>("graph.reverse", Sorted),
            Throws.TypeOf<DispatchException>().With.Message.Contains("ask for one of its forms")
        );
    }

    public sealed class FailingForm : ConcreteType<int>
    {
        public override object? ComputeProperty(int value, string property) =>
            value switch
            {
                0 => throw new InvalidOperationException("not of 0"),
                1 => null,
                2 => "purple",
                _ => "red",
            };
    }

    [TestCase(0, "FailingForm cannot say what 'colour' is of a int: not of 0")]
    [TestCase(1, "FailingForm does not say what 'colour' is of a int: override ComputeProperty")]
    [TestCase(2, "FailingForm says that 'colour' is purple, but a int can only have red or green")]
    public void A_form_that_does_not_do_its_part_is_named(int value, string problem)
    {
        var resolver = new Resolver().AddPlugin(
            "p",
            p => p.DeclareType<IWhole>(("colour", ["red", "green"])).DeclareForm<IWhole>(new FailingForm())
        );
        Assert.Multiple(() =>
        {
            Assert.That(resolver.TypeOf(3).Properties["colour"], Is.EqualTo("red"));
            Assert.That(
                () => resolver.TypeOf(value),
                Throws.TypeOf<DispatchException>().With.Message.EqualTo($"{Here}PropertyTests.{problem}")
            );
        });
    }

    [Test]
    public void Values_are_compared_as_their_form_says_and_translated_if_need_be()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Graphs.Resolver.AreEqual(Sorted, Unsorted), Is.True);
            Assert.That(Graphs.Resolver.AreEqual(Sorted, Undirected), Is.False);
            Assert.That(Graphs.Resolver.AreEqual(Sorted, ToSuccessors(Unsorted)), Is.True);
            Assert.That(Graphs.Resolver.AreEqual((1, Sorted), (1, Unsorted)), Is.True);
            Assert.That(Graphs.Resolver.AreEqual(Sorted, "graph"), Is.False);
            Assert.That(Graphs.Resolver.AreEqual(null, null), Is.True);
            Assert.That(Graphs.Resolver.AreEqual(null, 1), Is.False);
        });
    }

    [TestCase(1.0, 1.0 + 1e-10, true)]
    [TestCase(1.0, 1.0 + 1e-8, false)]
    [TestCase(double.NaN, double.NaN, true)]
    [TestCase(0.0, -0.0, true)]
    [TestCase(double.PositiveInfinity, double.MaxValue, false)]
    [TestCase(1f, 1f, true)]
    [TestCase("a", "a", true)]
    [TestCase(new[] { 1.0, 2 }, new[] { 1.0, 2 + 1e-12 }, true)]
    [TestCase(new[] { 1.0, 2 }, new[] { 1.0 }, false)]
    [TestCase(1, 1L, true)]
    public void Other_values_are_compared_up_to_rounding(object left, object right, bool equal) =>
        Assert.That(new Resolver().AreEqual(left, right), Is.EqualTo(equal));

    [Test]
    public void Wider_tolerances_accept_more()
    {
        var resolver = new Resolver();
        Assert.Multiple(() =>
        {
            Assert.That(resolver.AreEqual(100.0, 101.0, new Tolerance(Relative: 0.01)), Is.True);
            Assert.That(resolver.AreEqual(0.0, 0.5, new Tolerance(Absolute: 0.5)), Is.True);
            Assert.That(resolver.AreEqual(1.0, double.BitIncrement(1.0), Tolerance.Exact), Is.False);
        });
    }

    [Test]
    public void Types_that_do_not_fit_are_refused()
    {
        Refuses(
            () => new Resolver().AddPlugin(typeof(Unknown)),
            $"{Here}PropertyTests.Unknown.Form is a form of {Here}Graphs.IGraph, which is not a registered abstract type: mark it with [AbstractType] and add its plugin"
        );
        Refuses(
            () => new Resolver().AddPlugins(typeof(Graphs), typeof(Unknown)),
            $"{Here}PropertyTests.Unknown.Form allows is_directed = maybe, but IGraph has is_directed = true or false"
        );
        Refuses(
            () => new Resolver().AddPlugin(typeof(Graphs)).AddPlugin("p", p => p.DeclareForm<IGraph, Edges>()),
            $"p (Mlir.Dataflow.ConcreteType<{Here}Graphs.Edges>) declares {Here}Graphs.Edges a form of IGraph, but {Here}Graphs.EdgesForm has declared it already"
        );
        Refuses(
            () => new Resolver().AddPlugin(typeof(Graphs)).AddPlugin("p", p => p.DeclareType<IOther.IGraph>()),
            $"{Here}PropertyTests.IOther.IGraph declares the abstract type IGraph, but {Here}Graphs.IGraph declares one of that name already"
        );
        Refuses(
            () => new Resolver().AddPlugin(typeof(BadRequirements)),
            $"{Here}PropertyTests.BadRequirements.First declares bad.first({Here}Graphs.IGraph graph) → int: 'graph' cannot require 'colour': {Here}Graphs.IGraph has no such property",
            typeof(Graphs)
        );
    }

    public static class Unknown
    {
        [ConcreteType(typeof(IGraph)), TypeProperty("is_directed", "maybe")]
        public sealed class Form : ConcreteType<string>;
    }

    public interface IOther
    {
        interface IGraph;
    }

    public static class BadRequirements
    {
        [AbstractAlgorithm("bad.first")]
        public delegate int First([Requires("colour", "red")] IGraph graph);
    }

    [Test]
    public void A_translator_between_different_abstract_types_is_refused_unless_one_is_a_component()
    {
        Refuses(
            () =>
                new Resolver().AddPlugin(
                    "p",
                    p =>
                        p.DeclareType<IWhole>()
                            .DeclareType<IPart>()
                            .DeclareForm<IWhole, int[]>()
                            .DeclareForm<IPart, int>()
                            .Translate((int[] x) => x[0], id: "First")
                ),
            "the translator p.First(int[] value) → int takes a form of IWhole and gives a form of IPart: both must be forms of the same abstract type, or IPart a component of IWhole"
        );
        var resolver = new Resolver().AddPlugin(typeof(Components));
        Assert.Multiple(() =>
        {
            Assert.That(resolver.Translate<int>(new[] { 3, 4 }), Is.EqualTo(3));
            Assert.That(
                resolver.PlanTranslation<int[]>(3).ToString(),
                Is.EqualTo(
                    "there is no translation from int to int[]: the one is a form of IPart, the other one of IWhole"
                )
            );
            RoundTrip.CheckOneWay(resolver, new[] { 3, 4 }, 3).ThrowIfFailed();
        });
    }

    public interface IWhole;

    public interface IPart;

    public static class Components
    {
        [AbstractType(Components = [typeof(ISmall)])]
        public interface IBig;

        [AbstractType("IPart")]
        public interface ISmall;

        [AbstractType("IWhole", Components = [typeof(ISmall)])]
        public interface IWhole;

        [ConcreteType(typeof(IWhole))]
        public sealed class WholeForm : ConcreteType<int[]>;

        [ConcreteType(typeof(ISmall))]
        public sealed class PartForm : ConcreteType<int>;

        [Translator]
        public static int First(int[] x) => x[0];
    }

    private static void Refuses(Action add, string problem) =>
        Assert.That(
            add,
            Throws
                .TypeOf<RegistrationException>()
                .With.Property(nameof(RegistrationException.Problems))
                .EqualTo(new[] { problem })
        );

    private static void Refuses(Action add, string problem, Type first)
    {
        Assert.That(add, Throws.TypeOf<RegistrationException>());
        var resolver = new Resolver().AddPlugin(first);
        Refuses(() => resolver.AddPlugin(typeof(BadRequirements)), problem);
    }
}
