using FsCheck;
using FsCheck.Fluent;
using Mlir.Dialects;
using Mlir.IR;
using Mlir.IR.Text;

namespace Mlir.Tests.IR.Text;

/// <summary>parse(print(m)) = m for modules that were built, not parsed.</summary>
[TestFixture]
public sealed class RandomModuleTests
{
    private static readonly Gen<int[]> Choices = Gen.Choose(0, int.MaxValue - 1).ArrayOf();

    private static void Check(AsmPrinterOptions options, int count) =>
        Prop.ForAll(
                Choices.ToArbitrary(),
                choices =>
                {
                    var module = RandomModule.Build(choices);
                    Assert.That(Verifier.Verify(module), Is.Empty, "the generator makes valid modules");
                    var first = MlirText.Print(module, options);
                    var parsed = MlirText.Parse(first, AllDialects.Registry, Texts.Lenient);
                    Assert.That(parsed.Succeeded, Is.True, () => parsed.Diagnostics[0].Render(first) + "\n" + first);
                    Assert.That(MlirText.Print(parsed.Value!, options), Is.EqualTo(first));
                    Assert.That(Verifier.Verify(parsed.Value!), Is.Empty);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithEndSize(120));

    [Test]
    public void CustomForm() => Check(AsmPrinterOptions.Default, 400);

    [Test]
    public void GenericFormWithLocations() =>
        Check(new AsmPrinterOptions { Generic = true, PrintLocations = true }, 300);

    [Test]
    public void CustomFormWithLocationsAndNumbers() =>
        Check(
            new AsmPrinterOptions
            {
                PrintLocations = true,
                UseNameHints = false,
                UseAliases = false,
            },
            300
        );

    /// <summary>Cloning keeps everything that prints.</summary>
    [Test]
    public void CloneEqualsOriginal() =>
        Prop.ForAll(
                Choices.ToArbitrary(),
                choices =>
                {
                    var module = RandomModule.Build(choices);
                    Assert.That(MlirText.Print(module.Clone()), Is.EqualTo(MlirText.Print(module)));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(120));
}
