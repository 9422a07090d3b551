using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Registry;

/// <summary>Which implementation is chosen: fewest translations, then least cost, then registration order, then id.</summary>
public sealed class DispatchTests
{
    public sealed record A(string Log);

    public sealed record B(string Log);

    public sealed record C(string Log);

    public delegate string Name(A x);

    [Test]
    public void Fewest_translations_come_first()
    {
        var resolver = Translators().AddPlugin("one", p => p.Implement("name", (A x) => "a:" + x.Log, "OnA"));
        resolver.AddPlugin("two", p => p.Implement("name", (B x) => "b:" + x.Log, "OnB"));
        Assert.Multiple(() =>
        {
            Assert.That(resolver.Run("name", new A("")), Is.EqualTo("a:"));
            Assert.That(resolver.Run("name", new B("")), Is.EqualTo("b:"));
            Assert.That(resolver.Run("name", new C("")), Is.EqualTo("b:cb"), "C → B is one step, C → B → A two");
        });
    }

    [Test]
    public void Among_as_many_translations_the_cheapest_come_first()
    {
        var resolver = new Resolver().AddPlugin(
            "p",
            p =>
                p.Declare<Name>("name")
                    .Translate((C x) => new A(x.Log + "ca"), cost: 3)
                    .Translate((C x) => new B(x.Log + "cb"), cost: 2)
                    .Translate((B x) => new A(x.Log + "ba"), cost: 5)
                    .Implement("name", (A x) => "a:" + x.Log, "OnA")
                    .Implement("name", (B x) => "b:" + x.Log, "OnB")
        );
        Assert.That(resolver.Run("name", new C("")), Is.EqualTo("b:cb"));
    }

    [Test]
    public void Among_equals_the_first_registration_and_then_the_first_id_counts()
    {
        var resolver = new Resolver().AddPlugin("p", p => p.Declare<Name>("name"));
        resolver.AddPlugin("late", p => p.Implement("name", (A x) => "z", "Z").Implement("name", (A x) => "y", "Y"));
        resolver.AddPlugin("early", p => p.Implement("name", (A x) => "a", "A"));
        var plan = resolver.PlanCall("name", new A(""));
        Assert.That(plan.Candidates.Select(c => c.Algorithm.Id), Is.EqualTo(new[] { "late.Y", "late.Z", "early.A" }));
        Assert.That(resolver.Run("name", new A("")), Is.EqualTo("y"));
    }

    [Test]
    public void The_order_of_plugins_within_one_call_does_not_matter()
    {
        var one = new Resolver().AddPlugins(typeof(PluginOne), typeof(PluginTwo));
        var two = new Resolver().AddPlugins(typeof(PluginTwo), typeof(PluginOne));
        Assert.That(
            one.PlanCall("order.name", new A("")).ToString(),
            Is.EqualTo(two.PlanCall("order.name", new A("")).ToString())
        );
        Assert.That(one.Run("order.name", new A("")), Is.EqualTo("one"));
    }

    public static class PluginOne
    {
        [ConcreteAlgorithm("order.name")]
        public static string One(A x) => "one";
    }

    public static class PluginTwo
    {
        [AbstractAlgorithm("order.name")]
        public delegate string Name(A x);

        [ConcreteAlgorithm("order.name")]
        public static string Two(A x) => "two";
    }

    [Test]
    public void Exact_dispatch_uses_one_plugin_only()
    {
        var resolver = Translators().AddPlugin("one", p => p.Implement("name", (A x) => "a:" + x.Log, "OnA"));
        resolver.AddPlugin("two", p => p.Implement("name", (B x) => "b:" + x.Log, "OnB"));
        Assert.Multiple(() =>
        {
            Assert.That(resolver.Only("one").Run("name", new A("")), Is.EqualTo("a:"));
            Assert.That(resolver.Only("one").Run<string>("name", new C("")), Is.EqualTo("a:cbba"));
            Assert.That(resolver.Only("two").Call((Name name) => name(new A(""))), Is.EqualTo("b:ab"));
            Assert.That(
                () => resolver.Only("tw"),
                Throws.TypeOf<DispatchException>().With.Message.EqualTo("there is no plugin tw; did you mean two?")
            );
            Assert.That(
                () => resolver.Only("types").Run("name", new A("")),
                Throws.TypeOf<DispatchException>().With.Message.Contains("impossible  one.OnA: it is of the plugin one")
            );
        });
    }

    [Test]
    public void A_plan_says_of_each_implementation_why_it_was_chosen_or_not()
    {
        var resolver = Translators();
        resolver.AddPlugin("one", p => p.Implement("name", (A x) => "a", "OnA"));
        resolver.AddPlugin(
            "two",
            p => p.Implement("name", (B x) => "b", "OnB").Implement("name", (B x) => "b", "OnB2")
        );
        resolver.AddPlugin(
            "three",
            p => p.Translate((A x) => 'x', id: "ToChar").Implement("name", (char x) => "c", "OnChar")
        );
        var plan = resolver.PlanCall("name", new C(""));
        const string prefix = "Mlir.Tests.Dataflow.Registry.DispatchTests.";
        Assert.That(
            plan.ToString().Replace(prefix, "", StringComparison.Ordinal),
            Is.EqualTo(
                """
                name(A x) → string
                called with (C)
                  chosen  two.OnB: 1 translation of cost 1
                    x: C → B by types.CB
                  possible  two.OnB2: 1 translation of cost 1, its id comes later
                    x: C → B by types.CB
                  possible  one.OnA: 2 translations of cost 2, needs more translations
                    x: C → B by types.CB → A by types.BA
                  possible  three.OnChar: 3 translations of cost 3, needs more translations
                    x: C → B by types.CB → A by types.BA → char by three.ToChar
                """
            )
        );
    }

    [Test]
    public void A_plan_without_an_implementation_says_why_of_each()
    {
        var resolver = new Resolver().AddPlugin(
            "p",
            p => p.Declare<Func<int, int>>("twice").Implement("twice", (int arg) => 2 * arg)
        );
        var plan = resolver.PlanCall("twice", "two");
        Assert.Multiple(() =>
        {
            Assert.That(plan.Chosen, Is.Null);
            Assert.That(
                plan.ToString(),
                Is.EqualTo(
                    """
                    twice(int arg) → int
                    called with (string): no implementation can be used
                      impossible  p.twice: arg: no translation from string to int
                    """
                )
            );
            Assert.That(() => plan.OrThrow(), Throws.TypeOf<DispatchException>().With.Message.EqualTo(plan.ToString()));
        });
    }

    [Test]
    public void A_call_means_the_newest_version()
    {
        var resolver = new Resolver().AddPlugin(
            "p",
            p =>
                p.Declare<Func<int, int>>("v")
                    .Declare<Func<int, int>>("v", 1)
                    .Implement("v", (int arg) => 0, "Old")
                    .Implement("v", (int arg) => 1, "New", version: 1)
        );
        Assert.Multiple(() =>
        {
            Assert.That(resolver.Run("v", 5), Is.EqualTo(1));
            Assert.That(resolver.Run(resolver.GetAlgorithm("v", 0), 5), Is.Zero);
            Assert.That(resolver.GetAlgorithm("v").ToString(), Is.EqualTo("v (version 1)"));
            Assert.That(
                () => resolver.GetAlgorithm("v", 2),
                Throws
                    .TypeOf<DispatchException>()
                    .With.Message.EqualTo("there is no version 2 of the algorithm v; there is 0, 1")
            );
        });
    }

    [Test]
    public void A_version_that_nobody_implements_names_those_that_are_implemented()
    {
        var resolver = new Resolver().AddPlugin(
            "p",
            p => p.Declare<Func<int, int>>("v").Declare<Func<int, int>>("v", 1).Implement("v", (int arg) => 0, "Old")
        );
        Assert.That(
            () => resolver.Run("v", 5),
            Throws.TypeOf<DispatchException>().With.Message.Contains("p.Old implements version 0 only")
        );
    }

    [Test]
    public void A_plan_is_found_again_without_allocating()
    {
        var resolver = Numbers.Resolver;
        var algorithm = resolver.GetAlgorithm("power");
        Type[] types = [typeof(int), typeof(Numbers.Text)];
        var first = resolver.Plan(algorithm, types, typeof(int));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var second = resolver.Plan(algorithm, types, typeof(int));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Multiple(() =>
        {
            Assert.That(second, Is.SameAs(first));
            Assert.That(allocated, Is.Zero);
            Assert.That(resolver.Plan(algorithm, types), Is.Not.SameAs(first));
        });
    }

    [Test]
    public void Plans_need_an_argument_type_for_each_parameter_and_an_algorithm_of_this_resolver()
    {
        var algorithm = Numbers.Resolver.GetAlgorithm("power");
        Assert.Multiple(() =>
        {
            Assert.That(
                () => Numbers.Resolver.Plan(algorithm, [typeof(int)]),
                Throws.TypeOf<DispatchException>().With.Message.Contains("takes 2 arguments, not 1")
            );
            Assert.That(
                () => new Resolver().Plan(algorithm, [typeof(int), typeof(int)]),
                Throws.TypeOf<DispatchException>().With.Message.Contains("is not registered in this resolver")
            );
        });
    }

    private static Resolver Translators() =>
        new Resolver().AddPlugin(
            "types",
            p =>
                p.Declare<Name>("name")
                    .Translate((A x) => new B(x.Log + "ab"), id: "AB")
                    .Translate((B x) => new A(x.Log + "ba"), id: "BA")
                    .Translate((C x) => new B(x.Log + "cb"), id: "CB")
        );
}
