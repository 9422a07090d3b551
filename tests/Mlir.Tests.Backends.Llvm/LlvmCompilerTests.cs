using System.Runtime.InteropServices;
using Mlir.Backends.Llvm;

namespace Mlir.Tests.Backends.Llvm;

/// <summary>The JIT and the emitters on hand-written LLVM IR.</summary>
public sealed unsafe class LlvmCompilerTests
{
    private const string Add = """
        define double @add(double %a, double %b) nounwind {
          %c = fadd double %a, %b
          ret double %c
        }
        """;

    private static NativeCode Load(string text, LlvmOptions? options = null) =>
        LlvmCompiler.Load(options ?? new LlvmOptions(), context => LlvmModule.Parse(context, text));

    [TestCase(LlvmOptimization.None)]
    [TestCase(LlvmOptimization.Full)]
    public void Compiled_code_runs(LlvmOptimization optimization)
    {
        using var code = Load(Add, new LlvmOptions { Optimization = optimization });
        var add = (delegate* unmanaged<double, double, double>)code.Find("add");
        Assert.That(add(1.5, 2.25), Is.EqualTo(3.75));
    }

    [Test]
    public void Only_external_definitions_are_entry_points()
    {
        using var code = Load(
            """
            define internal i32 @hidden(i32 %x) noinline {
              ret i32 %x
            }
            define i32 @one(i32 %x) {
              %y = call i32 @hidden(i32 %x)
              ret i32 %y
            }
            define i32 @two(i32 %x) {
              ret i32 2
            }
            """
        );
        Assert.That(code.Functions, Is.EqualTo(["one", "two"]));
        Assert.That(code.Find("hidden"), Is.EqualTo(nint.Zero));
        Assert.That(((delegate* unmanaged<int, int>)code.Find("one"))(42), Is.EqualTo(42));
    }

    [Test]
    public void Kernels_with_equal_names_do_not_see_each_other()
    {
        using var one = Load("define i32 @f() {\n ret i32 1\n}");
        using var two = Load("define i32 @f() {\n ret i32 2\n}");
        Assert.That(((delegate* unmanaged<int>)one.Find("f"))(), Is.EqualTo(1));
        Assert.That(((delegate* unmanaged<int>)two.Find("f"))(), Is.EqualTo(2));
    }

    [Test]
    public void Text_that_is_not_LLVM_IR_is_an_exception()
    {
        var error = Assert.Throws<LlvmException>(() => Load("define double @f( {"));
        Assert.That(error!.Message, Does.StartWith("reading LLVM IR:").And.Contain("expected type"));
    }

    [Test]
    public void What_the_verifier_rejects_never_reaches_the_code_generator()
    {
        // An immediate argument of an intrinsic that is no constant: the code generator would crash on it.
        var error = Assert.Throws<LlvmException>(() =>
            Load(
                """
                declare i32 @llvm.ctlz.i32(i32, i1 immarg)
                define i32 @f(i32 %x, i1 %p) {
                  %y = call i32 @llvm.ctlz.i32(i32 %x, i1 %p)
                  ret i32 %y
                }
                """
            )
        );
        Assert.That(error!.Message, Does.Contain("verifier").And.Contain("immarg"));
    }

    [Test]
    public void A_symbol_that_is_nowhere_is_an_exception_and_the_next_compilation_works()
    {
        var error = Assert.Throws<LlvmException>(() =>
            Load("declare i32 @nowhere()\ndefine i32 @f() {\n %x = call i32 @nowhere()\n ret i32 %x\n}")
        );
        Assert.That(error!.Message, Does.Contain("nowhere"));
        using var code = Load(Add);
        Assert.That(code.Find("add"), Is.Not.EqualTo(nint.Zero));
    }

    [Test]
    public void An_unknown_pass_is_an_exception()
    {
        var error = Assert.Throws<LlvmException>(() => Load(Add, new LlvmOptions { Passes = "no-such-pass" }));
        Assert.That(error!.Message, Does.Contain("no-such-pass"));
    }

    [Test]
    public void Float_remainder_needs_no_math_library()
    {
        using var code = Load("define double @f(double %x, double %y) {\n %r = frem double %x, %y\n ret double %r\n}");
        var f = (delegate* unmanaged<double, double, double>)code.Find("f");
        foreach (var (x, y) in new[] { (5.5, 2.0), (-5.5, 2.0), (1e300, 3.7), (double.NaN, 1), (1, 0), (-0.0, 1) })
        {
            Assert.That(BitConverter.DoubleToInt64Bits(f(x, y)), Is.EqualTo(BitConverter.DoubleToInt64Bits(x % y)));
        }
    }

    [Test]
    public void Half_precision_converts_without_hardware_support()
    {
        var target = LlvmTarget.Host;
        using var code = Load(
            """
            define float @f(double %x) {
              %h = fptrunc double %x to half
              %f = fpext half %h to float
              ret float %f
            }
            """,
            new LlvmOptions { Target = target with { Cpu = "", Features = "" } }
        );
        var f = (delegate* unmanaged<double, float>)code.Find("f");
        foreach (
            var x in new[] { 0.1, -1.0 / 3, 65504.0, 65520.0, 5.96e-8, double.NegativeInfinity, 1 + 1.0 / 2048 + 1e-12 }
        )
        {
            Assert.That(f(x), Is.EqualTo((float)(Half)x));
        }
    }

    [Test]
    public void Block_copies_that_LLVM_recognises_work()
    {
        using var code = Load(
            """
            declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
            declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
            define void @f(ptr %to, ptr %from, i64 %n) {
              call void @llvm.memset.p0.i64(ptr %to, i8 7, i64 %n, i1 false)
              %half = lshr i64 %n, 1
              call void @llvm.memcpy.p0.p0.i64(ptr %to, ptr %from, i64 %half, i1 false)
              ret void
            }
            """
        );
        var from = new byte[1000];
        var to = new byte[1000];
        new Random(1).NextBytes(from);
        fixed (
            byte* source = from,
                target = to
        )
        {
            ((delegate* unmanaged<byte*, byte*, long, void>)code.Find("f"))(target, source, 1000);
        }

        Assert.That(to, Is.EqualTo(from.Take(500).Concat(Enumerable.Repeat((byte)7, 500))));
    }

    [Test]
    public void Constants_and_jump_tables_are_linked()
    {
        using var code = Load(
            """
            @table = private constant [4 x double] [double 1.0, double 2.0, double 3.0, double 5.5]
            define double @f(i64 %i) {
              %p = getelementptr [4 x double], ptr @table, i64 0, i64 %i
              %v = load double, ptr %p
              ret double %v
            }
            """
        );
        Assert.That(((delegate* unmanaged<long, double>)code.Find("f"))(3), Is.EqualTo(5.5));
    }

    [Test]
    public void Many_threads_compile_at_once() =>
        Assert.That(
            ParallelEnumerable
                .Range(0, 64)
                .WithDegreeOfParallelism(8)
                .Select(i =>
                {
                    using var code = Load($"define i32 @f(i32 %x) {{\n %y = mul i32 %x, {i}\n ret i32 %y\n}}");
                    return ((delegate* unmanaged<int, int>)code.Find("f"))(3) == 3 * i;
                }),
            Is.All.True
        );

    // One thread may link what another one looks up, which must wait for the answer then.
    [Test]
    public void Threads_that_link_at_once_each_get_their_own_code()
    {
        var options = new LlvmOptions { Passes = "verify" };
        var wrong = 0;
        var threads = Enumerable.Range(0, 8).Select(t => new Thread(() => Cycle(t))).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        Assert.That(wrong, Is.Zero);

        void Cycle(int thread)
        {
            for (var i = 0; i < 500; i++)
            {
                var factor = (thread * 1000) + i;
                using var code = Load(
                    $"define i32 @f(i32 %x) {{\n %y = mul i32 %x, {factor}\n ret i32 %y\n}}",
                    options
                );
                var address = code.Find("f");
                if (address == 0 || ((delegate* unmanaged<int, int>)address)(3) != 3 * factor)
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        }
    }

    [Test]
    public void Dropped_kernels_leave_nothing_behind()
    {
        // The allocators and LLVM's own tables grow for the first thousands, then no more.
        Cycle(10_000);
        var dylibs = OrcJit.DylibCount;
        var before = Resident();
        Cycle(5_000);
        Assert.That(OrcJit.DylibCount, Is.EqualTo(dylibs));

        // 5,000 kernels hold at least a page of code each; what is left is noise of the allocators.
        Assert.That(Resident() - before, Is.LessThan(5_000 * 4096 / 4));

        static void Cycle(int count)
        {
            // No optimisation: the cycle is what is tested.
            var options = new LlvmOptions { Passes = "verify" };
            for (var i = 0; i < count; i++)
            {
                Load(Add, options).Dispose();
            }
        }

        static long Resident()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            return process.WorkingSet64;
        }
    }

    [Test]
    public void A_kernel_that_nobody_holds_is_collected()
    {
        Load(Add).Dispose();
        var dylibs = OrcJit.DylibCount;
        for (var i = 0; i < 20; i++)
        {
            Drop();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(OrcJit.DylibCount, Is.LessThanOrEqualTo(dylibs + 1));

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void Drop() => Assert.That(Load(Add).Find("add"), Is.Not.EqualTo(nint.Zero));
    }

    [Test]
    public void A_disposed_kernel_has_no_entry_points()
    {
        var code = Load(Add);
        code.Dispose();
        Assert.Throws<ObjectDisposedException>(() => code.Find("add"));
    }

    [Test]
    public void Text_assembly_and_objects_come_out()
    {
        var options = new LlvmOptions { Target = new LlvmTarget("x86_64-pc-linux-gnu", "znver4") };
        Assert.That(LlvmCompiler.Text(options, Build), Does.Contain("define").And.Contain("fadd double"));
        Assert.That(LlvmCompiler.Assembly(options, Build), Does.Contain("vaddsd"));
        Assert.That(LlvmCompiler.Object(options, Build).AsSpan(0, 4).ToArray(), Is.EqualTo("\u007fELF"u8.ToArray()));

        static LlvmModule Build(LlvmContext context) => LlvmModule.Parse(context, Add);
    }

    [Test]
    public void Another_architecture_can_be_the_target()
    {
        var options = new LlvmOptions { Target = new LlvmTarget("aarch64-linux-gnu") };
        Assert.That(
            LlvmCompiler.Assembly(options, context => LlvmModule.Parse(context, Add)),
            Does.Contain("fadd\td0, d0, d1")
        );
    }

    [Test]
    public void An_unknown_architecture_is_an_exception()
    {
        var error = Assert.Throws<LlvmException>(() =>
            Load(Add, new LlvmOptions { Target = new LlvmTarget("abacus-unknown-none") })
        );
        Assert.That(error!.Message, Does.Contain("abacus-unknown-none"));
    }

    [Test]
    public void The_host_is_described() =>
        Assert.That(
            LlvmTarget.Host.Triple,
            Does.StartWith(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "a" : "x86_64")
        );
}
