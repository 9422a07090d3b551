using Mlir.Frontend;

namespace Mlir.Tests.Frontend;

/// <summary>Strings in, out, captured and constant; joined, cut, compared and indexed as .NET does.</summary>
public sealed class StringTests
{
    private static readonly string[] Samples = ["", "a", "abc", "abd", "żółw 🐢", "abcabc"];
    private static readonly string Fixed = "fixed";

    private static IEnumerable<object[]> Pairs => Samples.SelectMany(a => Samples.Select(b => new object[] { a, b }));

    private static IEnumerable<object[]> Cuts =>
        Samples.SelectMany(s =>
            new[] { -1, 0, 1, 2, 3, 6, 7 }.SelectMany(i =>
                new[] { -1, 0, 1, 3, 9 }.Select(n => new object[] { s, i, n })
            )
        );

    [Test]
    public void Length_and_elements()
    {
        Differential.Check((string s) => s.Length, Samples.Select(s => new object[] { s }));
        Differential.Check((string s, int i) => s[i], Cuts.Select(c => c[..2]));
    }

    [Test]
    public void Strings_are_joined()
    {
        Differential.Check((string a, string b) => a + b, Pairs);
        Differential.Check((string a, string b) => "<" + a + ", " + b + '>', Pairs);
        Differential.Check((string a, string b) => string.Concat(b, a, b), Pairs);
        Differential.Check((string a, string b) => a + "" + Fixed + string.Empty + b, Pairs);
    }

    [Test]
    public void Strings_are_compared()
    {
        Differential.Check((string a, string b) => a == b, Pairs);
        Differential.Check((string a, string b) => a != b, Pairs);
        Differential.Check((string a, string b) => string.Equals(a, b) | a.Equals("abc") | b == "a", Pairs);
        Differential.Check((string a, string b) => a == null || string.IsNullOrEmpty(b), Pairs);
    }

    [Test]
    public void Strings_are_cut()
    {
        Differential.Check((string s, int i) => s.Substring(i), Cuts.Select(c => c[..2]));
        Differential.Check((string s, int i, int n) => s.Substring(i, n), Cuts);
    }

    [Test]
    public void The_errors_of_cutting_are_those_of_NET()
    {
        foreach (var target in Targets.All)
        {
            var cut = Jit.Compile((string s, int i, int n) => s.Substring(i, n), new() { Target = target });
            foreach (var c in new[] { (-1, 0), (4, 0), (0, -1), (2, 2), (int.MinValue, 1), (1, int.MaxValue) })
            {
                var expected = Assert.Throws<ArgumentOutOfRangeException>(() => _ = "abc".Substring(c.Item1, c.Item2))!;
                var actual = Assert.Throws<ArgumentOutOfRangeException>(() => cut.Invoke("abc", c.Item1, c.Item2))!;
                Assert.That(
                    actual.Message,
                    Does.Contain($"(Parameter '{expected.ParamName}') at")
                        .And.Contain("StringTests.cs(")
                        .And.Contain("s.Substring(i, n)")
                );
            }
        }
    }

    [Test]
    public void A_choice_between_strings() =>
        Differential.Check(
            (string a, string b) =>
                a.Length > b.Length ? a
                : b == "abc" ? "three"
                : b,
            Pairs
        );

    [Test]
    public void A_captured_string_is_read_at_every_call()
    {
        foreach (var target in Targets.All)
        {
            var name = "Ada";
            var greet = Jit.Compile((string greeting) => greeting + ", " + name + "!", new() { Target = target });
            Assert.That(greet.Invoke("Hello"), Is.EqualTo("Hello, Ada!"), target);
            name = "Grace";
            Assert.That(greet.Invoke("Hello"), Is.EqualTo("Hello, Grace!"), target);
            name = null!;
            Assert.That(
                Assert.Throws<ArgumentNullException>(() => greet.Invoke("Hello"))!.ParamName,
                Is.EqualTo("name"),
                target
            );
        }
    }

    [Test]
    public void Large_strings()
    {
        var large = new string('x', 300_000) + "y";
        Differential.Check(
            (string s) => (s + s).Substring(300_000, 2) + (s == s + "" ? "same" : "different"),
            [
                [large],
            ]
        );
    }

    [Test]
    public void What_strings_cannot_do_is_refused()
    {
        Assert.That(
            Assert
                .Throws<UnsupportedExpressionException>(() => Jit.Compile((string s) => s.ToUpperInvariant()))!
                .Message,
            Does.Contain("string.ToUpperInvariant has no compiled form").And.Contain("StringTests.cs(")
        );
        Assert.That(
            Assert.Throws<UnsupportedExpressionException>(() => Jit.Compile((string s, int i) => s + i))!.Message,
            Does.Contain("a int is not turned into text").Or.Contain("no compiled form")
        );
    }
}
