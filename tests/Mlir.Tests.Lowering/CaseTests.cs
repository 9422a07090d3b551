namespace Mlir.Tests.Lowering;

public sealed class CaseTests
{
    private static IEnumerable<CaseFile> Files() => CaseFile.All();

    [TestCaseSource(nameof(Files))]
    public void Passes_make_what_the_file_says(CaseFile file)
    {
        var actual = file.Actual();
        if (CaseFile.Update)
        {
            File.WriteAllText(file.Path, actual);
        }

        Assert.That(actual, Is.EqualTo(File.ReadAllText(file.Path)));
    }

    [TestCaseSource(nameof(Files))]
    public void The_real_mlir_opt_accepts_input_and_result(CaseFile file)
    {
        if (MlirOpt.Find() is not { } tool)
        {
            Assert.That(MlirOpt.IsRequired, Is.False, "mlir-opt is required here, and was not found");
            return;
        }

        var (exitCode, errors) = MlirOpt.Run(tool, file.ForMlirOpt());
        Assert.That(exitCode, Is.Zero, errors);
    }
}
