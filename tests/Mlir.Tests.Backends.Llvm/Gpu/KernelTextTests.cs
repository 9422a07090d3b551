using Mlir.Backends.Llvm;
using Mlir.Backends.Llvm.Gpu;
using Mlir.Dialects.Builtin;
using Mlir.Lowering;
using Mlir.Lowering.Gpu;

namespace Mlir.Tests.Backends.Llvm.Gpu;

/// <summary>What makes kernels fast, and what makes them load everywhere, in the text of the PTX.</summary>
public sealed class KernelTextTests
{
    /// <summary>Kernels are made by the version that the project is built against; older ones have no SPIR-V.</summary>
    [SetUp]
    public void Newest() => Assume.That(LlvmLibrary.Version.Major, Is.EqualTo(22));

    private const string Chain = """
        func.func @f(%x: tensor<?xf32>, %y: tensor<?xf32>, %r: f32) -> tensor<?xf32> {
          %0 = math.exp %x : tensor<?xf32>
          %1 = arith.mulf %0, %y : tensor<?xf32>
          %2 = arith.addf %1, %x : tensor<?xf32>
          return %2 : tensor<?xf32>
        }
        """;

    private const string Sum = """
        func.func @f(%x: tensor<?xf32>) -> f32 {
          %z = arith.constant 0.0 : f32
          %e = tensor.empty() : tensor<f32>
          %i = linalg.fill ins(%z : f32) outs(%e : tensor<f32>) -> tensor<f32>
          %s = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]}
              ins(%x : tensor<?xf32>) outs(%i : tensor<f32>) {
          ^bb0(%a: f32, %acc: f32):
            %n = arith.addf %acc, %a : f32
            linalg.yield %n : f32
          } -> tensor<f32>
          %r = tensor.extract %s[] : tensor<f32>
          return %r : f32
        }
        """;

    private static ModuleOp Lowered(string text, GpuTarget target)
    {
        var module = (ModuleOp)TranslationTests.Parse(text);
        new PassManager().RunOrThrow(GpuLowering.PipelineFor(target), module);
        return module;
    }

    /// <summary>One kernel, four elements at once, through the read-only cache, all in registers, with the target's promises.</summary>
    [Test]
    public void A_fused_chain_reads_and_writes_sixteen_bytes_at_once()
    {
        var ptx = GpuCompiler.ToPtx(Lowered(Chain, GpuTarget.Ptx));
        Assert.That(ptx.Split(".visible .entry"), Has.Length.EqualTo(2));
        Assert.That(ptx, Does.Contain("ld.global.nc.v4.b32").And.Contain("st.global.v4.b32"));
        Assert.That(ptx, Does.Contain(".target sm_80").And.Contain(".maxntid 256"));
        Assert.That(
            ptx,
            Does.Not.Contain(".local").And.Not.Contain("call").And.Not.Contain(".approx").And.Not.Contain(".ftz")
        );
    }

    [Test]
    public void Sums_are_added_by_warps_without_atomics()
    {
        var ptx = GpuCompiler.ToPtx(Lowered(Sum, GpuTarget.Ptx));
        Assert.That(ptx, Does.Contain("shfl.sync.down.b32").And.Contain("bar.sync"));
        Assert.That(ptx, Does.Not.Contain(".local").And.Not.Contain("atom").And.Not.Contain("red."));
    }

    [TestCase(Chain)]
    [TestCase(Sum)]
    public void Text_is_the_same_every_time(string program) =>
        Assert.That(
            GpuCompiler.ToPtx(Lowered(program, GpuTarget.Ptx)),
            Is.EqualTo(GpuCompiler.ToPtx(Lowered(program, GpuTarget.Ptx)))
        );

    /// <summary>SPIR-V: its magic number and version 1.2, and kernels by name.</summary>
    [TestCase(Chain)]
    [TestCase(Sum)]
    public void Kernels_become_a_module_of_Spirv(string program)
    {
        var module = Lowered(program, GpuTarget.Spirv);
        Assert.That(GpuCompiler.ToSpirvText(module), Does.Contain("OpEntryPoint Kernel").And.Contain("f_kernel"));
        var words = Words(GpuCompiler.ToSpirv(module));
        Assert.That(words[0], Is.EqualTo(0x07230203));
        Assert.That(words[1], Is.EqualTo(0x00010200));
    }

    /// <summary>The plan of a sum: memory, the start value, leaves, pairs; the scalar stays in its buffer.</summary>
    [Test]
    public void The_host_launches_and_waits_for_nothing()
    {
        var program = LaunchPlanner.Plan(Lowered(Sum, GpuTarget.Ptx));
        var plan = program.Functions.Single();
        Assert.That(plan.Steps.OfType<LaunchStep>().Count(), Is.EqualTo(3));
        Assert.That(plan.HasControlFlow, Is.False);
        Assert.That(plan.Results.Single(), Has.Property(nameof(PlanResult.IsArray)).False);
        Assert.That(plan.Results.Single().Buffer, Is.Not.Negative);
        foreach (var launch in plan.Steps.OfType<LaunchStep>())
        {
            Assert.That(launch.Arguments, Has.Length.EqualTo(program.Kernels[launch.Kernel].Parameters.Length));
        }
    }

    private static uint[] Words(byte[] bytes) =>
        [.. Enumerable.Range(0, bytes.Length / 4).Select(i => BitConverter.ToUInt32(bytes, 4 * i))];
}
