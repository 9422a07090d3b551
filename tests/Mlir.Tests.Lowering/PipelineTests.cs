using Mlir.Dialects;
using Mlir.Dialects.Arith;
using Mlir.IR;
using Mlir.IR.Text;
using Mlir.Lowering;

namespace Mlir.Tests.Lowering;

public sealed class PipelineTests
{
    private const string Program = "func.func @f(%a: i32) -> i32 { %0 = arith.addi %a, %a : i32 return %0 : i32 }";

    [TestCase("builtin.module(canonicalize,func.func(cse),fuse-elementwise{max-inputs=4})")]
    [TestCase("builtin.module()")]
    [TestCase("any(dce)")]
    [TestCase(
        "builtin.module(linalg-to-loops{vector-bits=256 parallel=false non-temporal-bytes=0},check-level{level=blocks})"
    )]
    public void A_pipeline_reads_back_as_it_prints(string text) =>
        Assert.That(PassPipeline.Parse(text).ToString(), Is.EqualTo(text));

    [Test]
    public void Options_at_their_defaults_are_not_printed() =>
        Assert.That(
            PassPipeline.Parse("fuse-elementwise{max-inputs=16}").ToString(),
            Is.EqualTo("builtin.module(fuse-elementwise)")
        );

    [Test]
    public void Every_pass_is_made_by_its_name()
    {
        foreach (var name in PassRegistry.Default.PassNames)
        {
            var pass = PassRegistry.Default.Create(name, new PassOptions(name, [], Location.Unknown));
            Assert.That(pass?.Name, Is.EqualTo(name));
        }
    }

    [Test]
    public void Flags_are_read_as_mlir_opt_reads_them() =>
        Assert.That(
            PassPipeline
                .FromFlags(["--canonicalize", "--fuse-elementwise=max-inputs=4 max-recompute=0", "-cse"])
                .ToString(),
            Is.EqualTo("builtin.module(canonicalize,fuse-elementwise{max-inputs=4 max-recompute=0},cse)")
        );

    [TestCase("canonicalise", "no pass is named 'canonicalise'; did you mean 'canonicalize'?")]
    [TestCase("fuse-elementwise{max-input=4}", "pass 'fuse-elementwise' has no option 'max-input'")]
    [TestCase(
        "fuse-elementwise{max-inputs=many}",
        "pass 'fuse-elementwise': option max-inputs must be an integer, got 'many'"
    )]
    [TestCase(
        "check-level{level=heaven}",
        "pass 'check-level': option level must be one of Tensors, Loops, Blocks, Target, got 'heaven'"
    )]
    [TestCase("cse,", "malformed pipeline: expected a pass at the end")]
    [TestCase("func.func(cse", "malformed pipeline: 'func.func(' is not closed")]
    [TestCase("cse{a=1", "malformed pipeline: the options of 'cse' are not closed")]
    [TestCase("cse)", "malformed pipeline: unexpected ')'")]
    public void A_wrong_pipeline_is_refused_with_the_reason(string text, string reason)
    {
        var exception = Assert.Throws<DiagnosticException>(() => PassPipeline.Parse(text))!;
        Assert.That(exception.Diagnostics.Single().Message, Is.EqualTo(reason));
        Assert.That(exception.Diagnostics.Single().Location, Is.InstanceOf<FileLineColLoc>());
    }

    [Test]
    public void Nesting_is_limited() =>
        Assert.Throws<DiagnosticException>(() => PassPipeline.Parse(string.Concat(Enumerable.Repeat("any(", 100_000))));

    [Test]
    public void The_pass_that_broke_the_ir_is_named()
    {
        var result = Run([new Canonicalize(), new BreakTypes(), new Cse()], new PassManagerOptions { Verify = true });
        Assert.That(result.Succeeded, Is.False);
        Assert.That(result.Diagnostics.Single().Message, Is.EqualTo("pass 'break-types' made invalid IR"));
        Assert.That(result.Diagnostics.Single().Notes, Is.Not.Empty);
        Assert.That(result.Timings.Select(t => t.Pass), Is.EqualTo(new[] { "canonicalize", "break-types" }));
    }

    [Test]
    public void A_nested_pipeline_runs_on_the_operations_of_its_name()
    {
        var seen = new List<string>();
        Run([new PassPipeline("func.func", [new Note(seen)]), new Note(seen)], PassManagerOptions.Default);
        Assert.That(seen, Is.EqualTo(new[] { "func.func", "builtin.module" }));
    }

    [Test]
    public void Ir_is_printed_around_the_passes_that_are_asked_for()
    {
        var output = new StringWriter();
        Run(
            [new Cse(), new Dce()],
            new PassManagerOptions
            {
                PrintAfter = p => p == "dce",
                PrintBefore = p => p == "cse",
                Output = output,
            }
        );
        Assert.That(
            output.ToString(),
            Does.Contain("IR Dump Before cse").And.Contain("IR Dump After dce").And.Not.Contain("After cse")
        );
    }

    [Test]
    public void The_time_of_each_pass_is_reported()
    {
        var report = Run([new Cse(), new Dce(), new Cse()], PassManagerOptions.Default).TimingReport();
        Assert.That(report, Does.Contain("cse (× 2)").And.Contain("dce").And.Contain("total"));
    }

    [Test]
    public void A_cancelled_run_stops() =>
        Assert.Throws<OperationCanceledException>(() =>
            Run([new Cse()], new PassManagerOptions { Cancellation = new CancellationToken(canceled: true) })
        );

    [Test]
    public void A_pipeline_for_another_operation_is_refused() =>
        Assert.That(Run(new PassPipeline("func.func", []), PassManagerOptions.Default).Succeeded, Is.False);

    [TestCase(IrLevel.Tensors, true)]
    [TestCase(IrLevel.Loops, true)]
    [TestCase(IrLevel.Target, false)]
    public void A_level_says_what_may_be_left(IrLevel level, bool holds) =>
        Assert.That(Run([new CheckLevel(level)], PassManagerOptions.Default).Succeeded, Is.EqualTo(holds));

    private static PassResult Run(PassPipeline pipeline, PassManagerOptions options) =>
        new PassManager(options).Run(pipeline, MlirText.Parse(Program, AllDialects.Registry).Value!);

    private sealed record BreakTypes : Pass
    {
        public override string Name => "break-types";

        public override void Run(Operation op, PassContext context) =>
            op.Walk().OfType<AddIOp>().Single().Result.Type = IntegerType.I64;
    }

    private sealed record Note(List<string> Seen) : Pass
    {
        public override string Name => "note";

        public override void Run(Operation op, PassContext context) => Seen.Add(op.Name);
    }
}
