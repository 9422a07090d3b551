namespace Mlir.Tests.Dialects;

/// <summary>Wrong IR is refused at the right line: the <c>invalid.mlir</c> of each dialect's folder.</summary>
public sealed class InvalidTests
{
    private static IEnumerable<TestCaseData> Cases =>
        from file in IrFile.Find("invalid.mlir")
        from c in IrFile.Cases(file)
        select new TestCaseData(file, c.Line, c.Text).SetArgDisplayNames(file, c.Line.ToString());

    /// <summary>Each case has the errors that its comments announce, and none on another line.</summary>
    [TestCaseSource(nameof(Cases))]
    public void Is_refused(string file, int line, string text)
    {
        var expected = IrFile.ExpectedErrors(text, line).ToList();
        var actual = IrFile.Errors(text, file, line);
        Assert.That(expected, Is.Not.Empty, "the case announces no error");
        Assert.That(
            actual.Select(d => d.Location.File?.Line).Distinct(),
            Is.EquivalentTo(expected.Select(e => (int?)e.Line).Distinct()),
            () => string.Join("\n", actual)
        );
        foreach (var (at, message) in expected)
        {
            Assert.That(
                actual.Where(d => d.Location.File?.Line == at).Select(d => d.Message),
                Has.Some.Contains(message)
            );
        }
    }
}
