using System.Text;
using Mlir.Remote.Worker.Compilation;
using Mlir.Remote.Worker.Execution;
using Mlir.Remote.Worker.Interop;
using Mlir.Remote.Worker.Ipc;

namespace Mlir.Tests.Remote.Worker.Execution;

/// <summary>Kernels run with counted memory, in this process.</summary>
[TestFixture("cpu")]
[TestFixture("interpreter")]
public sealed unsafe class KernelTests(string target)
{
    private const string Ones = """
        func.func @main(%n: index) -> tensor<?xi32> {
          %one = arith.constant 1 : i32
          %e = tensor.empty(%n) : tensor<?xi32>
          %r = linalg.fill ins(%one : i32) outs(%e : tensor<?xi32>) -> tensor<?xi32>
          return %r : tensor<?xi32>
        }
        """;

    private readonly SegmentTable segments = new();

    [TestCase(10, false)]
    [TestCase(16_384, false)]
    [TestCase(16_385, true)]
    public void ResultsAreInTheMessageUntilTheyAreLarge(long count, bool inFile)
    {
        var (unit, call) = Prepare(Ones, long.MaxValue);
        Run(unit, call, count);

        Assert.That(call.Result(0).File, inFile ? Is.Not.Null : Is.Null);
        Assert.That(call.ResultShape(0).ToArray(), Is.EqualTo([count]));
        Assert.That(new Span<int>(call.Result(0).Pointer, (int)count).ToArray(), Is.All.EqualTo(1));
        segments.DropPending();
    }

    [Test]
    public void LargeResultTakesTheSmallestSegmentThatWillDo()
    {
        var (unit, call) = Prepare(Ones, long.MaxValue);
        using var small = SharedFile.Create(4096);
        using var large = SharedFile.Create(10 << 20);
        using var right = SharedFile.Create(100_000 * sizeof(int));
        call.Offer(1, small);
        call.Offer(2, large);
        call.Offer(3, right);
        Run(unit, call, 100_000);

        Assert.That(call.Result(0).Segment, Is.EqualTo(3));
    }

    [Test]
    public void MemoryIsCountedAndLimited()
    {
        var (unit, call) = Prepare(Ones, 1_000_000);
        var refused = Assert.Throws<MemoryLimitException>(() => Run(unit, call, 300_000));

        Assert.That(refused!.Message, Does.Contain("1000000 bytes").And.Contain("max_call_memory_bytes"));
    }

    [Test]
    public void UnitThatWasShippedComputesTheSame()
    {
        var contents = ModuleCompiler.Compile(Encoding.UTF8.GetBytes(Ones), target, out var compiled);
        compiled.Dispose();
        using var loaded = ModuleCompiler.Load(contents);
        var call = new CallFrame(segments);
        call.Begin(loaded.Functions[0], long.MaxValue);
        Run(loaded, call, 5);

        Assert.That(contents.Target, Is.EqualTo(target));
        Assert.That(new Span<int>(call.Result(0).Pointer, 5).ToArray(), Is.All.EqualTo(1));
    }

    [Test]
    public void RefusalNamesThePlace()
    {
        var refused = Assert.Throws<CompilationFailure>(() =>
            ModuleCompiler.Compile("func.func @main() {\n  memref.alloc() : memref<4xi8>\n  return\n}"u8, target, out _)
        );

        Assert.That(refused!.Failure.Kind, Is.EqualTo(FailureKind.InvalidModule));
        Assert.That(refused.Failure.Diagnostics, Has.Some.Contains("(2,"));
    }

    private (LoadedUnit Unit, CallFrame Call) Prepare(string module, long limit)
    {
        ModuleCompiler.Compile(Encoding.UTF8.GetBytes(module), target, out var unit);
        var call = new CallFrame(segments);
        call.BeginRequest();
        call.Begin(unit.Functions[0], limit);
        return (unit, call);
    }

    private static void Run(LoadedUnit unit, CallFrame call, long argument)
    {
        call.Scalars = &argument;
        unit.Run(0, call);
    }
}
