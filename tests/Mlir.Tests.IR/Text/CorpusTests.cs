using System.Runtime.CompilerServices;
using System.Text;
using Mlir.Dialects;
using Mlir.IR;
using Mlir.IR.Text;

namespace Mlir.Tests.IR.Text;

/// <summary>All textual cases of this repository, as they are and damaged.</summary>
[TestFixture]
public sealed class CorpusTests
{
    private static readonly string TestsFolder = Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..")
    );

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private static readonly Lazy<string[]> Chunks = new(() =>
        [
            .. Directory
                .EnumerateFiles(TestsFolder, "*.mlir", SearchOption.AllDirectories)
                .Where(f =>
                    !f.Contains(
                        $"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}",
                        StringComparison.Ordinal
                    )
                )
                .Order(StringComparer.Ordinal)
                .SelectMany(f => TextChunk.Split(File.ReadAllText(f)))
                .Select(c => c.Text),
        ]
    );

    private static ParseResult<Operation> Parse(string text) =>
        MlirText.Parse(text, AllDialects.Registry, Texts.Lenient);

    [Test]
    public void ValidTextsAreStable()
    {
        var valid = 0;
        foreach (var text in Chunks.Value)
        {
            valid += CheckOne(text) ? 1 : 0;
        }

        Assert.That(valid, Is.GreaterThan(20));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void DamagedTextsAreRefusedWithAPlaceOrAccepted(int seed)
    {
        var random = new Random(seed);
        var texts = Chunks.Value.Where(t => t.Length is > 0 and < 8000).ToArray();
        for (var i = 0; i < 2500; i++)
        {
            CheckOne(Damage(texts, random));
        }
    }

    /// <returns>Whether the text was accepted.</returns>
    private static bool CheckOne(string text)
    {
        var result = Parse(text);
        if (!result.Succeeded)
        {
            Assert.That(
                result.Diagnostics.Select(d => d.Code),
                Has.None.EqualTo("MLIR1099"),
                () => result.Diagnostics[0].Render(text) + "\n" + text
            );
            Assert.That(result.Diagnostics.Select(d => d.Location.File), Has.None.Null);
            return false;
        }

        if (Guarded(() => Verifier.Verify(result.Value, AllDialects.Registry), text).Count > 0)
        {
            return false;
        }

        var printed = Guarded(() => MlirText.Print(result.Value), text);
        var again = Parse(printed);
        Assert.That(again.Succeeded, Is.True, () => again.Diagnostics[0].Render(printed) + "\nfrom\n" + text);
        Assert.That(MlirText.Print(again.Value!), Is.EqualTo(printed), () => "from\n" + text);
        return true;
    }

    private static T Guarded<T>(Func<T> action, string text)
    {
        try
        {
            return action();
        }
        catch (Exception e)
        {
            throw new AssertionException($"{e}\nfor\n{text}", e);
        }
    }

    /// <summary>Removes, repeats or exchanges a few pieces, some of them taken from other texts.</summary>
    private static string Damage(string[] texts, Random random)
    {
        var result = new StringBuilder(texts[random.Next(texts.Length)]);
        for (var n = random.Next(1, 4); n > 0 && result.Length > 0; n--)
        {
            var at = random.Next(result.Length);
            var length = Math.Min(random.Next(1, 20), result.Length - at);
            switch (random.Next(7))
            {
                case 0:
                    result.Remove(at, length);
                    break;
                case 1:
                    result[at] = (char)random.Next(1, 128);
                    break;
                case 2:
                    result.Length = at;
                    break;
                case 3:
                    result.Insert(random.Next(result.Length), result.ToString(at, length));
                    break;
                case 4:
                    Exchange(result, random);
                    break;
                default:
                    var other = texts[random.Next(texts.Length)];
                    var from = random.Next(other.Length);
                    result
                        .Remove(at, length)
                        .Insert(at, other.AsSpan(from, Math.Min(random.Next(1, 30), other.Length - from)));
                    break;
            }
        }

        return result.ToString();
    }

    private static readonly string[] Words =
    [
        "i32",
        "f64",
        "index",
        "i1",
        "tensor<4xf32>",
        "tensor<?xi8>",
        "memref<2xf32>",
        "vector<4xi32>",
        "0",
        "-1",
        "1.0",
        "true",
        "%arg0",
        "%0",
        "[]",
        "{}",
        "()",
        "none",
    ];

    /// <summary>Exchanges one word for another: the text mostly stays well-formed, what it says does not.</summary>
    private static void Exchange(StringBuilder text, Random random)
    {
        var all = text.ToString();
        var word = Words[random.Next(Words.Length)];
        var at = all.IndexOf(word, random.Next(all.Length), StringComparison.Ordinal);
        if (at >= 0)
        {
            text.Remove(at, word.Length).Insert(at, Words[random.Next(Words.Length)]);
        }
    }
}
