using Mlir.Backends;
using Mlir.Backends.Cpu;
using Mlir.Backends.Llvm;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;
using Mlir.Lowering;
using Mlir.Runtime;

namespace Mlir.Tests.Backends.Cpu;

/// <summary>One object for several processors.</summary>
public sealed class DispatchedObjectTests
{
    private const string Triple = "x86_64-pc-linux-gnu";

    private const string Twice = """
        func.func @twice(%x: tensor<?xf64>) -> tensor<?xf64> {
          %0 = arith.addf %x, %x : tensor<?xf64>
          return %0 : tensor<?xf64>
        }
        func.func @gcd(%a: i64, %b: i64) -> i64 {
          %r = arith.remui %a, %b : i64
          return %r : i64
        }
        """;

    [Test, Platform("Linux")]
    public void The_processor_at_hand_decides_which_variant_runs()
    {
        // The levels differ in the widths of vectors that their loops are written with.
        var lowered = Lower("x86-64");
        var bytes = LlvmJit.EmitObject([Variant("x86-64-v4"), Variant("x86-64"), Variant("x86-64-v3")], Triple);
        var module = LlvmJit.Load(bytes, lowered.Functions, lowered.Errors);
        var x = Enumerable.Range(0, 1003).Select(i => i * 0.5).ToArray();
        var y = (HostBuffer)module.Invoke("twice", new HostBuffer(x, x.Length))[0];
        Assert.That(y.Data, Is.EqualTo(x.Select(v => v + v).ToArray()));
        Assert.That(module.Invoke("gcd", 17L, 5L), Is.EqualTo(new object[] { 2L }));
    }

    [Test]
    public void Each_variant_is_in_the_object_under_its_own_name()
    {
        var text = System.Text.Encoding.Latin1.GetString(
            LlvmJit.EmitObject([Variant("x86-64-v2"), Variant("x86-64-v3"), Variant("x86-64-v4")], Triple)
        );
        foreach (var cpu in new[] { "x86-64-v2", "x86-64-v3", "x86-64-v4" })
        {
            Assert.That(text, Does.Contain($"twice__packed.{cpu}\0"));
        }
    }

    [Test]
    public void What_is_no_level_or_no_such_target_is_refused()
    {
        Assert.That(
            () => LlvmJit.EmitObject([new TargetVariant(Lower("x86-64").Module, "znver4")], Triple),
            Throws.TypeOf<LlvmException>().With.Message.Contains("znver4")
        );
        Assert.That(
            () => LlvmJit.EmitObject([Variant("x86-64")], "aarch64-linux-gnu"),
            Throws.TypeOf<LlvmException>().With.Message.Contains("aarch64")
        );
    }

    private static TargetVariant Variant(string cpu) => new(Lower(cpu).Module, cpu);

    private static LoweredModule Lower(string cpu) =>
        Compiler.Lower(
            (ModuleOp)MlirText.Parse(Twice, AllDialects.Registry).Value!,
            CpuBackend.Create(new CpuOptions { Target = new LlvmTarget(Triple, cpu) }),
            PassManagerOptions.Default
        );
}
