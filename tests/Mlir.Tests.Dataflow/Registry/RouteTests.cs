using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Registry;

public sealed class RouteTests
{
    public record A;

    public sealed record Special : A;

    public sealed record B;

    public sealed record C;

    public sealed record D;

    [Test]
    public void The_cheapest_route_is_taken_even_if_it_has_more_steps()
    {
        var resolver = new Resolver().AddPlugin(
            "p",
            p =>
                p.Translate((A x) => new C(), cost: 5, id: "AC")
                    .Translate((A x) => new B(), id: "AB")
                    .Translate((B x) => new C(), id: "BC")
                    .Translate((C x) => new D(), id: "CD")
        );
        Assert.Multiple(() =>
        {
            Assert.That(Route(resolver, typeof(A), typeof(D)), Is.EqualTo("p.AB p.BC p.CD"));
            Assert.That(Route(resolver, typeof(A), typeof(A)), Is.Empty);
        });
    }

    [Test]
    public void Among_routes_of_one_cost_the_shorter_one_is_taken()
    {
        var resolver = new Resolver().AddPlugin(
            "p",
            p =>
                p.Translate((A x) => new B(), id: "AB")
                    .Translate((B x) => new C(), id: "BC")
                    .Translate((A x) => new C(), cost: 2, id: "AC")
        );
        Assert.That(Route(resolver, typeof(A), typeof(C)), Is.EqualTo("p.AC"));
    }

    [Test]
    public void Among_equals_the_translators_registered_first_count_and_then_the_first_ids()
    {
        var first = new Resolver()
            .AddPlugin("z", p => p.Translate((A x) => new C(), id: "AC").Translate((C x) => new D(), id: "CD"))
            .AddPlugin("a", p => p.Translate((A x) => new B(), id: "AB").Translate((B x) => new D(), id: "BD"));
        var together = new Resolver().AddPlugin(
            "p",
            p =>
                p.Translate((A x) => new C(), id: "AC")
                    .Translate((C x) => new D(), id: "CD")
                    .Translate((A x) => new B(), id: "AB")
                    .Translate((B x) => new D(), id: "BD")
        );
        Assert.Multiple(() =>
        {
            Assert.That(Route(first, typeof(A), typeof(D)), Is.EqualTo("z.AC z.CD"));
            Assert.That(Route(together, typeof(A), typeof(D)), Is.EqualTo("p.AB p.BD"));
        });
    }

    [Test]
    public void A_derived_type_is_translated_as_its_base_type()
    {
        var resolver = new Resolver().AddPlugin(
            "p",
            p => p.Translate((A x) => new B(), id: "AB").Translate((C x) => new Special(), id: "CS")
        );
        Assert.Multiple(() =>
        {
            Assert.That(Route(resolver, typeof(Special), typeof(B)), Is.EqualTo("p.AB"));
            Assert.That(Route(resolver, typeof(C), typeof(A)), Is.EqualTo("p.CS"));
            Assert.That(Route(resolver, typeof(Special), typeof(A)), Is.Empty);
            Assert.That(resolver.Translate<B>(new Special()), Is.EqualTo(new B()));
        });
    }

    [Test]
    public void A_plan_of_a_translation_prints_its_steps_or_why_there_is_none()
    {
        var resolver = Numbers.Resolver;
        var direct = resolver.PlanTranslation<Numbers.Text>(4);
        var far = resolver.PlanTranslation(typeof(int), typeof(Numbers.Strokes));
        var none = resolver.PlanTranslation<Numbers.Other>(4);
        const string prefix = "Mlir.Tests.Dataflow.Registry.Numbers.";
        Assert.Multiple(() =>
        {
            Assert.That(direct.Steps.Single().Id, Is.EqualTo("Numbers.ToText"));
            Assert.That(
                far.ToString().Replace(prefix, "", StringComparison.Ordinal),
                Is.EqualTo("int\n  → Text by Numbers.ToText of cost 1\n  → Strokes by Numbers.ToStrokes of cost 1")
            );
            Assert.That(far.Cost, Is.EqualTo(2));
            Assert.That(none.IsPossible, Is.False);
            Assert.That(
                none.ToString(),
                Is.EqualTo($"there is no translation from int to {prefix}Other: no translators lead there")
            );
            Assert.That(
                resolver.PlanTranslation(typeof(int), typeof(int)).ToString(),
                Is.EqualTo("int to int needs no translation")
            );
            Assert.That(() => resolver.Translate<Numbers.Other>(4), Throws.TypeOf<DispatchException>());
            Assert.That(resolver.Translate<Numbers.Strokes>(4), Is.EqualTo(new Numbers.Strokes("IIII")));
        });
    }

    [Test]
    public void Tuples_are_translated_item_by_item()
    {
        var resolver = Numbers.Resolver;
        var route = resolver.GetRoute(typeof((int, Numbers.Text)), typeof((Numbers.Text, double)));
        Assert.Multiple(() =>
        {
            Assert.That(
                resolver.Translate<(Numbers.Text, double)>((4, new Numbers.Text("5"))),
                Is.EqualTo((new Numbers.Text("4"), 5.0))
            );
            Assert.That(resolver.GetFunction(route.Single().Id), Is.SameAs(route.Single()));
            Assert.That(resolver.PlanTranslation(typeof((int, int)), typeof((int, string))).IsPossible, Is.False);
        });
    }

    [Test]
    public void Conversions_of_numbers_are_found_by_id_in_another_process()
    {
        var function = new Resolver().GetFunction("implicit.int-to-double");
        Assert.That(function.Invoke([3]), Is.EqualTo(3.0));
    }

    [Test]
    public void Long_routes_through_many_types_are_found()
    {
        var resolver = new Resolver().AddPlugin(
            "p",
            p =>
            {
                var translate = typeof(RouteTests).GetMethod(nameof(AddStep))!;
                var type = typeof(int);
                for (var i = 0; i < 60; i++)
                {
                    translate.MakeGenericMethod(type).Invoke(null, [p]);
                    type = typeof(Box<>).MakeGenericType(type);
                }
            }
        );
        var target = typeof(int);
        for (var i = 0; i < 60; i++)
        {
            target = typeof(Box<>).MakeGenericType(target);
        }

        Assert.That(resolver.GetRoute(typeof(int), target), Has.Length.EqualTo(60));
    }

    public sealed record Box<T>(T Item);

    public static void AddStep<T>(PluginBuilder plugin) => plugin.Translate((T x) => new Box<T>(x));

    private static string Route(Resolver resolver, Type from, Type to) => string.Join(' ', resolver.GetRoute(from, to));
}
