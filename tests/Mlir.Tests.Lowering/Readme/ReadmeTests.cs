using System.Runtime.CompilerServices;
using Example;
using Mlir.Dialects;
using Mlir.IR.Text;
using Mlir.Lowering;

namespace Mlir.Tests.Lowering.Readme;

/// <summary>The pass that the README shows is this one, and it does what the README says.</summary>
public sealed class ReadmeTests
{
    private const string Input = """
        func.func @area(%x: i32) -> i32 {
          %c8 = arith.constant 8 : i32
          %0 = arith.muli %x, %c8 : i32
          return %0 : i32
        }
        """;

    [Test]
    public void The_example_pass_rewrites()
    {
        var module = MlirText.Parse(Input, AllDialects.Registry).ValueOrThrow();
        new PassManager().RunOrThrow([new MultiplyToShift()], module);
        Assert.That(module.ToString(), Does.Contain("arith.shli %x, %c3_i32 : i32").And.Not.Contain("muli"));
    }

    [Test]
    public void Its_options_are_its_parameters()
    {
        var module = MlirText.Parse(Input, AllDialects.Registry).ValueOrThrow();
        var passes = PassRegistry.Default.WithAssemblyPasses();
        var pipeline = PassPipeline.Parse("builtin.module(multiply-to-shift{max-shift=2})", passes);
        Assert.That(pipeline.ToString(), Is.EqualTo("builtin.module(multiply-to-shift{max-shift=2})"));
        new PassManager().RunOrThrow(pipeline, module);
        Assert.That(module.ToString(), Does.Contain("arith.muli"));
    }

    [Test]
    public void The_readme_shows_the_pass_as_it_is_compiled_here()
    {
        var folder = SourceFolder();
        var source = File.ReadAllText(Path.Combine(folder, "MultiplyToShift.cs")).ReplaceLineEndings("\n").Trim();
        var readme = File.ReadAllText(Path.Combine(folder, "../../../README.md")).ReplaceLineEndings("\n");
        Assert.That(readme, Does.Contain(source));
    }

    private static string SourceFolder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
