using Mlir.Dialects;
using Mlir.IR.Text;

namespace Mlir.Tests.Dialects;

/// <summary>
/// Constant folding and identities: the <c>fold.mlir</c> of each dialect's folder. In every function each result must fold to what the
/// function's attribute <c>test.expect</c> lists: a constant, or the number of a parameter as a string.
/// </summary>
public sealed class FoldTests
{
    private static IEnumerable<TestCaseData> Functions =>
        from file in IrFile.Find("fold.mlir")
        from function in IrFile
            .Cases(file)
            .SelectMany(c => IrFile.Parse(c.Text, file, c.Line).Walk())
            .OfType<IFunctionLike>()
        select new TestCaseData(function).SetArgDisplayNames(file, function.SymbolName ?? "");

    /// <summary>Folding alone, without patterns, reaches the expected results.</summary>
    [TestCaseSource(nameof(Functions))]
    public void Folds_to_what_is_expected(IFunctionLike function)
    {
        var expected = (ArrayAttr)((Operation)function).Discardable["test.expect"]!;
        GreedyRewriter.Apply(((Operation)function).ParentOp!, new PatternSet([]), AllDialects.Registry);
        var results = function.Body.First!.Last!.Operands;
        Assert.That(results.Count, Is.EqualTo(expected.Items.Count));
        for (var i = 0; i < results.Count; i++)
        {
            var actual = results[i] is BlockArgument argument
                ? StringAttr.Get($"{argument.Index}")
                : results[i].ConstAttr;
            Assert.That(
                actual,
                Is.EqualTo(expected.Items[i]),
                () => $"result #{i} of\n{MlirText.Print((Operation)function)}"
            );
        }
    }
}
