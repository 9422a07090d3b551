using Mlir.Dialects;
using Mlir.IR.Text;

namespace Mlir.Tests.Dialects;

/// <summary>Every operation in every variant of its syntax: the <c>ops.mlir</c> of each dialect's folder.</summary>
public sealed class OpsTests
{
    private static IEnumerable<string> Files => IrFile.Find("ops.mlir");

    /// <summary>What is printed parses back to the same, in the custom and in the generic form.</summary>
    [TestCaseSource(nameof(Files))]
    public void Text_and_IR_are_the_same(string file)
    {
        foreach (var (line, text) in IrFile.Cases(file))
        {
            var module = IrFile.Parse(text, file, line);
            var printed = MlirText.Print(module);
            Assert.That(MlirText.Print(IrFile.Parse(printed)), Is.EqualTo(printed));
            var generic = MlirText.Print(module, new AsmPrinterOptions { Generic = true });
            Assert.That(
                MlirText.Print(IrFile.Parse(generic), new AsmPrinterOptions { Generic = true, UseNameHints = true }),
                Is.EqualTo(generic)
            );
        }
    }

    /// <summary>The real mlir-opt reads what we print as the same IR that we meant: in both forms what it knows, in the generic form dialects of our own.</summary>
    [TestCaseSource(nameof(Files))]
    public void Mlir_opt_understands_what_we_print(string file)
    {
        var printed = new List<string>();
        foreach (var (line, text) in IrFile.Cases(file))
        {
            var module = IrFile.Parse(text, file, line);
            if (!IsOurOwn(file))
            {
                printed.Add(MlirText.Print(module));
            }

            printed.Add(MlirText.Print(module, new AsmPrinterOptions { Generic = true }));
        }

        var answers = MlirOpt.Run(printed);
        Assert.Multiple(() =>
        {
            for (var i = 0; i < printed.Count; i++)
            {
                Assert.That(Nameless(answers[i]), Is.EqualTo(Nameless(printed[i])));
            }
        });
    }

    /// <summary>No operation is forgotten.</summary>
    [Test]
    public void Every_operation_has_a_case()
    {
        var seen = Files
            .SelectMany(IrFile.Cases)
            .SelectMany(c => IrFile.Parse(c.Text).Walk())
            .Select(o => o.Name)
            .ToHashSet();
        var missing = AllDialects
            .Registry.Dialects.SelectMany(d => d.Ops)
            .Select(o => o.Name)
            .Where(n => !seen.Contains(n));
        Assert.That(missing, Is.Empty);
    }

    /// <summary>Whether the dialect is our own: no other tool knows its syntax.</summary>
    private static bool IsOurOwn(string file) => Path.GetDirectoryName(file) == "Flow";

    /// <summary>The IR in our generic form with numbers for names, so that only meaning counts.</summary>
    private static string Nameless(string text) =>
        MlirText.Print(IrFile.Parse(text, keepNames: false), new AsmPrinterOptions { Generic = true });
}
