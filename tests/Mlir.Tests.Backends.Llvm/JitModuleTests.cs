using System.Collections.Immutable;
using Mlir.Backends;
using Mlir.Backends.Llvm;
using Mlir.Dialects.Builtin;
using Mlir.Runtime;

namespace Mlir.Tests.Backends.Llvm;

/// <summary>The kernel ABI, on a module written by hand at the level of the target.</summary>
public sealed unsafe class JitModuleTests
{
    private const string Module = """
        llvm.func @add(%a: f64, %b: f64) -> f64 {
          %0 = llvm.fadd %a, %b : f64
          llvm.return %0 : f64
        }
        llvm.func @add__packed(%args: !llvm.ptr, %frame: !llvm.ptr) {
          %0 = llvm.load %args : !llvm.ptr -> f64
          %1 = llvm.getelementptr %args[8] : (!llvm.ptr) -> !llvm.ptr, i8
          %2 = llvm.load %1 : !llvm.ptr -> f64
          %3 = llvm.call @add(%0, %2) : (f64, f64) -> f64
          %4 = llvm.getelementptr %args[16] : (!llvm.ptr) -> !llvm.ptr, i8
          llvm.store %3, %4 : f64, !llvm.ptr
          llvm.return
        }
        llvm.func @fail__packed(%args: !llvm.ptr, %frame: !llvm.ptr) {
          %0 = llvm.mlir.constant(2 : i32) : i32
          llvm.store %0, %frame : i32, !llvm.ptr
          llvm.return
        }
        llvm.func @copy__packed(%args: !llvm.ptr, %frame: !llvm.ptr) {
          %in = llvm.load %args : !llvm.ptr -> !llvm.ptr
          %0 = llvm.getelementptr %args[8] : (!llvm.ptr) -> !llvm.ptr, i8
          %n = llvm.load %0 : !llvm.ptr -> i64
          %1 = llvm.getelementptr %frame[16] : (!llvm.ptr) -> !llvm.ptr, i8
          %allocate = llvm.load %1 : !llvm.ptr -> !llvm.ptr
          %zero = llvm.mlir.constant(0 : i32) : i32
          %eight = llvm.mlir.constant(8 : i32) : i32
          %out = llvm.call %allocate(%frame, %zero, %n, %eight) : !llvm.ptr, (!llvm.ptr, i32, i64, i32) -> !llvm.ptr
          %eight64 = llvm.mlir.constant(8 : i64) : i64
          %bytes = llvm.mul %n, %eight64 : i64
          "llvm.intr.memcpy"(%out, %in, %bytes) <{isVolatile = false}> : (!llvm.ptr, !llvm.ptr, i64) -> ()
          %2 = llvm.getelementptr %args[16] : (!llvm.ptr) -> !llvm.ptr, i8
          llvm.store %out, %2 : !llvm.ptr, !llvm.ptr
          %3 = llvm.getelementptr %args[24] : (!llvm.ptr) -> !llvm.ptr, i8
          llvm.store %n, %3 : i64, !llvm.ptr
          llvm.return
        }
        """;

    private static readonly KernelParameter Double = new(ElementType.Float64);
    private static readonly KernelParameter Vector = new(ElementType.Float64, 1);

    private static CompiledModule Compile() =>
        LlvmJit.Compile(
            new LoweredModule(
                (ModuleOp)TranslationTests.Parse(Module),
                [
                    new FunctionInterface("add", new KernelSignature([Double, Double], [Double])),
                    new FunctionInterface("fail", new KernelSignature([], [])),
                    new FunctionInterface("copy", new KernelSignature([Vector], [Vector])),
                ],
                [
                    new KernelError("System.OverflowException", "too much"),
                    new KernelError(
                        "System.DivideByZeroException",
                        "Attempted to divide by zero.",
                        "Program.cs(7): x / y"
                    ),
                ]
            )
        );

    [Test]
    public void A_function_is_called_with_boxed_arguments()
    {
        using var module = Compile();
        Assert.That(module.Invoke("add", 1.5, 2.0), Is.EqualTo(new object[] { 3.5 }));
    }

    [Test]
    public void An_array_goes_in_and_another_comes_out()
    {
        using var module = Compile();
        var data = new[] { 1.0, 2.0, 4.5 };
        var result = (HostBuffer)module.Invoke("copy", new HostBuffer(data, 3))[0];
        Assert.That(result.Data, Is.EqualTo(data).And.Not.SameAs(data));
    }

    [Test]
    public void A_status_becomes_the_exception_of_its_table_entry()
    {
        using var module = Compile();
        var error = Assert.Throws<DivideByZeroException>(() => module.Invoke("fail"));
        Assert.That(error!.Message, Does.Contain("Program.cs(7): x / y"));
    }

    [Test]
    public void Scalars_have_a_direct_entry()
    {
        using var module = Compile();
        var native = module.FindNative("add")!;
        Assert.That(((delegate* unmanaged<double, double, double>)native.Direct)(1, 2), Is.EqualTo(3));
        Assert.That(module.FindNative("copy")!.Direct, Is.EqualTo(nint.Zero));
        Assert.That(module.FindNative("nothing"), Is.Null);
    }

    [Test]
    public void An_unknown_function_is_named_beside_those_that_there_are()
    {
        using var module = Compile();
        var error = Assert.Throws<ArgumentException>(() => module.Invoke("main"));
        Assert.That(error!.Message, Does.Contain("'main'").And.Contain("'add', 'fail', 'copy'"));
    }

    [Test]
    public void A_kernel_outlives_the_module_that_was_disposed_of()
    {
        var module = Compile();
        var kernel = module.FindNative("add")!.Kernel;
        module.Dispose();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.That(kernel.Invoke(2.0, 3.0)[0], Is.EqualTo(5.0));
        Assert.Throws<ObjectDisposedException>(() => module.Invoke("add", 1.0, 2.0));
    }

    [Test]
    public void A_missing_entry_point_is_an_exception()
    {
        using var module = LlvmJit.Compile(
            new LoweredModule(
                (ModuleOp)TranslationTests.Parse("llvm.func @f() {\n  llvm.return\n}"),
                [new FunctionInterface("f", new KernelSignature([], []))],
                ImmutableArray<KernelError>.Empty
            )
        );
        Assert.That(
            Assert.Throws<InvalidOperationException>(() => module.Invoke("f"))!.Message,
            Does.Contain("'f__packed'")
        );
    }

    [Test]
    public void Warming_up_twice_is_harmless()
    {
        LlvmJit.WarmUp();
        LlvmJit.WarmUp();
        using var module = Compile();
        Assert.That(module.Functions, Has.Length.EqualTo(3));
    }
}
