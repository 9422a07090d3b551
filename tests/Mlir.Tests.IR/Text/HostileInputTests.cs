using System.Diagnostics;
using System.Text;
using Mlir.IR.Text;

namespace Mlir.Tests.IR.Text;

/// <summary>Bad input yields located errors: no exception, no hang, no crash.</summary>
[TestFixture]
public sealed class HostileInputTests
{
    private static readonly string[] Corpus =
    [
        """
            #map = affine_map<(d0, d1)[s0] -> (d1 floordiv 4, d0 + s0 * 2 - 3, -d0)>
            !t = tensor<?x4xf32>
            "t.c"() {a = dense<[true,false,true]> : tensor<3xi1>, b = dense<"0x05"> : tensor<3xi1>, d = 1, e = [1, 1.0, 2:i32], g=3.1415,
              h = -0.0 : f16, i = array<i1: true>, k = @"a-b"::@c, l = dense<(1.0,2.0)> : tensor<2xcomplex<f32>>, m = #map} : () -> ()
            %x, %y:2 = "t.d"() : () -> (i32, !t, memref<4x?xf32, strided<[?, 1], offset: ?>, 3>)
            "t.use"(%x, %y#1, %z) ({
            ^bb0(%a: i32, %b: f32):
              "t.br"(%a)[^bb2, ^bb1] : (i32) -> ()
            ^bb1:
              "t.x"() : () -> ()
            ^bb2(%c : i1):
              "t.br"()[^bb1] {u, "weird name" = {x = 1 : i3}} : () -> ()
            }, {}) : (i32, memref<4x?xf32, strided<[?, 1], offset: ?>, 3>, f64) -> () loc(#loc1)
            %z = "t.z"() {s = #foo.bar<a -> {b}>, q = !foo.t<"x", [1]>, aff = affine_set<(d0)[s0] : (d0 >= 0)>, str="a\0A\\\"b"} : () -> f64
            #loc1 = loc(callsite("a" at fused<"m">["b.c":1:2, unknown]))
            """,
        """
            // A comment.
            test.func @f(%a: i32 {x = 1}, %b: i32) -> (i32, i32) attributes {k = 1 : i64} {
              %0 = test.add %a, %b {x} : i32
              test.loop %i to %0 : i32 {
                %1 = test.add %i, %a : i32 loc("here":1:2)
              }
              test.br ^bb1(%0, %a : i32, i32)
            ^bb1(%1: i32, %2: i32):
              %c = test.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi8>
              test.yield
            }
            """,
    ];

    private static readonly string[] Fragments =
    [
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "<",
        ">",
        "->",
        "::",
        ",",
        "=",
        "%",
        "%x",
        "%x#1",
        "^bb1",
        "!t",
        "#map",
        "@f",
        "\"",
        "\\",
        "0x",
        "-1",
        "1.0e",
        "99999999999999999999",
        "tensor<",
        "dense<",
        "loc(",
        "\0",
        "\u00e9",
        "\ud800",
        "?x",
        "*",
        "affine_map<",
        "i32",
        ":",
        "{-#",
    ];

    [TestCase(1)]
    [TestCase(2)]
    public void MutatedTextsAreRefusedWithAPlaceOrAccepted(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 5000; i++)
        {
            var text = Mutate(Corpus[random.Next(Corpus.Length)], random);
            var result = Texts.Parse(text);
            if (result.Succeeded)
            {
                var printed = MlirText.Print(result.Value);
                var again = Texts.Parse(printed);
                Assert.That(
                    again.Succeeded,
                    Is.True,
                    () => $"printed text must parse: {again.Diagnostics[0].Render(printed)}\nfrom\n{text}"
                );
                Assert.That(MlirText.Print(again.Value!), Is.EqualTo(printed));
            }
            else
            {
                Assert.That(result.Diagnostics, Is.Not.Empty);
                Assert.That(
                    result.Diagnostics.Select(d => d.Code),
                    Has.None.EqualTo("MLIR1099"),
                    () => result.Diagnostics[0].Render(text)
                );
                Assert.That(result.Diagnostics.Select(d => d.Location.File), Has.None.Null);
            }
        }
    }

    private static string Mutate(string text, Random random)
    {
        var result = new StringBuilder(text);
        for (var n = random.Next(1, 4); n > 0 && result.Length > 0; n--)
        {
            var at = random.Next(result.Length);
            var length = Math.Min(random.Next(1, 12), result.Length - at);
            switch (random.Next(6))
            {
                case 0:
                    result.Remove(at, length);
                    break;
                case 1:
                    result.Insert(at, Fragments[random.Next(Fragments.Length)]);
                    break;
                case 2:
                    result[at] = (char)random.Next(1, 256);
                    break;
                case 3:
                    result.Length = at;
                    break;
                case 4:
                    result.Insert(random.Next(result.Length), result.ToString(at, length));
                    break;
                default:
                    result.Remove(at, length).Insert(at, Fragments[random.Next(Fragments.Length)]);
                    break;
            }
        }

        return result.ToString();
    }

    [Test]
    public void EveryPrefixIsHandled()
    {
        foreach (var text in Corpus)
        {
            for (var length = 0; length < text.Length; length++)
            {
                var result = Texts.Parse(text[..length]);
                Assert.That(result.Diagnostics.Select(d => d.Code), Has.None.EqualTo("MLIR1099"));
            }
        }
    }

    [TestCase("tensor<", "xf32", "regions or shapes")]
    [TestCase("tuple<", "", "types and attributes nested deeper than 256 levels")]
    [TestCase("[", "", "types and attributes nested deeper than 256 levels")]
    [TestCase("{a=", "", "types and attributes nested deeper than 256 levels")]
    [TestCase("affine_map<()->(((", "", "nested deeper than 256 levels")]
    [TestCase("dense<[", "", "nested deeper than 256 levels")]
    [TestCase("loc(callsite(", "", "nested deeper than 256 levels")]
    [TestCase("() -> (", "", "nested deeper than 256 levels")]
    public void DeepValuesAreRefused(string opening, string between, string message)
    {
        var repeated =
            opening[^1] is '(' or '[' && opening.Length > 1 && !opening.StartsWith("() ->", StringComparison.Ordinal)
                ? opening
                    + string.Concat(
                        Enumerable.Repeat(opening.Contains("callsite") ? "callsite(" : opening[^1].ToString(), 100_000)
                    )
                : string.Concat(Enumerable.Repeat(opening + between, 100_000));
        var errors = Texts.Errors("\"t.a\"() {a = " + repeated);
        Assert.That(errors, between.Length > 0 ? Does.Contain("expected") : Does.Contain(message));
    }

    [Test]
    public void LongAffineSumIsRefused()
    {
        var sum = string.Join(" + ", Enumerable.Repeat("d0", 50_000));
        Assert.That(
            Texts.Errors($"\"t.a\"() {{m = affine_map<(d0) -> ({sum})>}} : () -> ()"),
            Does.Contain("affine expressions nested deeper than")
        );
    }

    [Test]
    public void DeepRegionsParseAndPrintOnASmallStack()
    {
        const int Depth = 4000;
        var text =
            string.Concat(Enumerable.Repeat("\"t.a\"() ({\n", Depth))
            + string.Concat(Enumerable.Repeat("}) : () -> ()\n", Depth));
        string? printed = null;
        var thread = new Thread(() => printed = MlirText.Print(Texts.Parse(text).ValueOrThrow()), 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.That(printed, Is.Not.Null);
        Assert.That(printed!.Split("t.a").Length - 1, Is.EqualTo(Depth));
    }

    [Test]
    public void DeepCustomFormsParseAndPrint()
    {
        const int Depth = 1000;
        var text =
            "test.func @f(%n: i32) {\n"
            + string.Concat(Enumerable.Range(0, Depth).Select(i => $"test.loop %i{i} to %n : i32 {{\n"))
            + string.Concat(Enumerable.Repeat("}\n", Depth + 1));
        var printed = Texts.RoundTrip(text);
        Assert.That(printed.Split("test.loop").Length - 1, Is.EqualTo(Depth));
    }

    [Test]
    public void RegionsBeyondTheLimitAreRefused()
    {
        var text = string.Concat(Enumerable.Repeat("\"t.a\"() ({\n", 100_000));
        Assert.That(
            Texts.Errors(text),
            Is.EqualTo("t.mlir(4097,10): error MLIR1015: regions nested deeper than 4096 levels")
        );
    }

    [Test]
    public void MillionOperationsInOneBlock()
    {
        const int Count = 1_000_000;
        var text = new StringBuilder("%0 = \"t.a\"() : () -> i32\n");
        for (var i = 1; i < Count; i++)
        {
            text.Append('%').Append(i).Append(" = \"t.a\"(%").Append(i - 1).Append(") : (i32) -> i32\n");
        }

        var module = Texts.ParseOrFail(text.ToString());
        Assert.That(Texts.Body(MlirText.Print(module)), Is.EqualTo(text.ToString().TrimEnd('\n')));
    }

    /// <summary>Names that are used first and defined last, and one group number far out, cost no more than their text.</summary>
    [Test]
    public void ManyForwardReferencesAreCheap()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 50_000; i++)
        {
            text.Append("\"t.a\"(%n").Append(i).Append("#2000000000) : (i32) -> ()\n");
        }

        var watch = Stopwatch.StartNew();
        var result = Texts.Parse(text.ToString());
        Assert.That(result.Diagnostics.Count, Is.EqualTo(50_000));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public void ManyAttributesAreCheap()
    {
        var text =
            "\"t.a\"() {" + string.Join(", ", Enumerable.Range(0, 50_000).Select(i => $"a{i} = {i}")) + "} : () -> ()";
        var op = Texts.ParseOrFail(text).Walk().Last();
        Assert.That(op.Discardable.Items.Count, Is.EqualTo(50_000));
    }
}
