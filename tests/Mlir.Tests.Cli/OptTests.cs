namespace Mlir.Tests.Cli;

public sealed class OptTests
{
    private const string Add = """
        func.func @f(%arg0: i32) -> i32 {
          %c0 = arith.constant 0 : i32
          %0 = arith.addi %arg0, %c0 : i32
          return %0 : i32
        }

        """;

    private const string Folded = """
        module {
          func.func @f(%arg0: i32) -> i32 {
            return %arg0 : i32
          }
        }

        """;

    [Test]
    public void Without_passes_the_text_comes_back()
    {
        var run = Cli.RunWithInput(Add, "opt");
        Assert.That(run.ExitCode, Is.Zero, run.Errors);
        Assert.That(Cli.RunWithInput(run.Output, "opt").Output, Is.EqualTo(run.Output), "printing is stable");
    }

    [TestCase("--canonicalize")]
    [TestCase("-canonicalize")]
    [TestCase("--pass=canonicalize")]
    [TestCase("--cse", "--canonicalize")]
    [TestCase("--pass-pipeline=builtin.module(canonicalize)")]
    [TestCase("--pass-pipeline", "builtin.module(func.func(canonicalize))")]
    [TestCase("-pass-pipeline=canonicalize")]
    public void A_pass_is_a_flag_or_part_of_a_pipeline(params string[] flags)
    {
        var run = Cli.RunWithInput(Add, ["opt", .. flags]);
        Assert.That(run, Is.EqualTo((0, Folded, "")));
    }

    [Test]
    public void A_file_and_an_output_file_work_before_and_after_flags()
    {
        var folder = Directory.CreateTempSubdirectory("opt").FullName;
        try
        {
            var (input, output) = (Path.Combine(folder, "in.mlir"), Path.Combine(folder, "out.mlir"));
            File.WriteAllText(input, Add);
            var run = Cli.Run("opt", "--canonicalize", input, "-o", output);
            Assert.That(run, Is.EqualTo((0, "", "")));
            Assert.That(File.ReadAllText(output), Is.EqualTo(Folded));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void Parts_of_a_file_are_processed_one_by_one_and_errors_know_their_line()
    {
        var text = $"{Add}// -----\nfunc.func @g(\n// -----\n{Add}";
        var run = Cli.RunWithInput(text, "opt", "--split-input-file", "--canonicalize");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Is.EqualTo($"{Folded}// -----\n// -----\n{Folded}"));
        Assert.That(run.Errors, Does.Match(@"^<stdin>\([78],\d+\): error MLIR\d+: "));
    }

    [Test]
    public void Expected_diagnostics_pass_and_others_fail()
    {
        const string Bad = """
            func.func @f(%a: i32) -> f32 {
              // expected-error@+1 {{type}}
              return %a : i32
            }
            """;
        Assert.That(Cli.RunWithInput(Bad, "opt", "--verify-diagnostics").ExitCode, Is.Zero);
        var wrong = Cli.RunWithInput(Bad.Replace("{{type}}", "{{weather}}"), "opt", "--verify-diagnostics");
        Assert.That(wrong.ExitCode, Is.EqualTo(1));
        Assert.That(
            wrong.Errors,
            Does.Contain("expected error \"weather\" was not produced").And.Contains("unexpected error")
        );
    }

    [Test]
    public void The_generic_form_is_printed_on_request()
    {
        var run = Cli.RunWithInput(Add, "opt", "--mlir-print-op-generic");
        Assert.That(run.Output, Does.Contain("\"arith.addi\"(").And.Contains("\"func.return\"("));
    }

    [Test]
    public void Unknown_dialects_are_refused_unless_allowed()
    {
        const string Text = "\"their.op\"() : () -> ()\n";
        var refused = Cli.RunWithInput(Text, "opt");
        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Errors, Does.Contain("<stdin>(1,1): error"));
        var allowed = Cli.RunWithInput(Text, "opt", "--allow-unregistered-dialect");
        Assert.That(allowed.ExitCode, Is.Zero, allowed.Errors);
        Assert.That(allowed.Output, Does.Contain("\"their.op\"() : () -> ()"));
    }

    [Test]
    public void Dumps_and_timing_go_to_standard_error()
    {
        var run = Cli.RunWithInput(Add, "opt", "--canonicalize", "--cse", "--mlir-print-ir-after-all", "--mlir-timing");
        Assert.That(run.Output, Is.EqualTo(Folded));
        Assert.That(
            run.Errors,
            Does.Contain("IR Dump After canonicalize").And.Contains("IR Dump After cse").And.Match(@"total")
        );
        var one = Cli.RunWithInput(Add, "opt", "--canonicalize", "--cse", "--mlir-print-ir-before=cse");
        Assert.That(one.Errors, Does.Contain("IR Dump Before cse").And.Not.Contains("canonicalize"));
    }

    [Test]
    public void An_unknown_pass_is_an_error_with_a_suggestion()
    {
        var run = Cli.RunWithInput(Add, "opt", "--pass-pipeline=builtin.module(canonicalise)");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Errors, Does.Contain("canonicalise").And.Contains("did you mean 'canonicalize'"));
        Assert.That(Cli.RunWithInput(Add, "opt", "--canonicalise").ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void Passes_and_dialects_are_listed()
    {
        Assert.That(
            Cli.Run("opt", "--list-passes").Output.Split('\n'),
            Does.Contain("canonicalize").And.Contain("cse")
        );
        Assert.That(Cli.Run("opt", "--show-dialects").Output.Split('\n'), Does.Contain("arith").And.Contain("linalg"));
    }
}
