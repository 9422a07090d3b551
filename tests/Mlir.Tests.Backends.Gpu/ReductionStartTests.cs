using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;
using Mlir.Lowering;
using Mlir.Lowering.Gpu;
using Mlir.Runtime;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>What reductions start with, which costs no launch unless somebody else reads it.</summary>
[NonParallelizable]
public sealed class ReductionStartTests
{
    private const string All = """
        func.func @f(%x: tensor<?x?xf32>, %v: f32) -> tensor<f32> {
          %e = tensor.empty() : tensor<f32>
          %i = linalg.fill ins(%v : f32) outs(%e : tensor<f32>) -> tensor<f32>
          %s = linalg.reduce { arith.addf } ins(%x : tensor<?x?xf32>) outs(%i : tensor<f32>) dimensions = [0, 1]
          return %s : tensor<f32>
        }
        """;

    /// <summary>A reduction whose last loop is parallel, a thread an element.</summary>
    private const string Columns = """
        func.func @f(%x: tensor<?x?xf32>, %v: f32) -> tensor<?xf32> {
          %c1 = arith.constant 1 : index
          %n = tensor.dim %x, %c1 : tensor<?x?xf32>
          %i = tensor.splat %v[%n] : tensor<?xf32>
          %s = linalg.reduce { arith.addf } ins(%x : tensor<?x?xf32>) outs(%i : tensor<?xf32>) dimensions = [0]
          return %s : tensor<?xf32>
        }
        """;

    /// <summary>Two dimensions at once, of four; the start value is written along one.</summary>
    private const string Planes = """
        func.func @f(%x: tensor<?x?x3x5xf32>, %v: f32) -> tensor<?x?xf32> {
          %c0 = arith.constant 0 : index
          %c1 = arith.constant 1 : index
          %n = tensor.dim %x, %c0 : tensor<?x?x3x5xf32>
          %m = tensor.dim %x, %c1 : tensor<?x?x3x5xf32>
          %i = tensor.splat %v[%n, %m] : tensor<?x?xf32>
          %s = linalg.reduce { arith.maximumf } ins(%x : tensor<?x?x3x5xf32>) outs(%i : tensor<?x?xf32>) dimensions = [2, 3]
          return %s : tensor<?x?xf32>
        }
        """;

    /// <summary>Starts that differ from column to column, that somebody else gets as well, or that are summed up to before.</summary>
    private const string Needed = """
        func.func @f(%x: tensor<?x?xf32>, %v: f32) -> (tensor<?xf32>, tensor<?xf32>, tensor<?xf32>) {
          %c1 = arith.constant 1 : index
          %n = tensor.dim %x, %c1 : tensor<?x?xf32>
          %e = tensor.empty(%n) : tensor<?xf32>
          %i = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} outs(%e : tensor<?xf32>) {
          ^bb0(%o: f32):
            %k = linalg.index 0 : index
            %k64 = arith.index_cast %k : index to i64
            %kf = arith.sitofp %k64 : i64 to f32
            linalg.yield %kf : f32
          } -> tensor<?xf32>
          %s = linalg.reduce { arith.addf } ins(%x : tensor<?x?xf32>) outs(%i : tensor<?xf32>) dimensions = [0]
          %j = tensor.splat %v[%n] : tensor<?xf32>
          %t = linalg.reduce { arith.addf } ins(%x : tensor<?x?xf32>) outs(%j : tensor<?xf32>) dimensions = [0]
          %u = linalg.reduce { arith.mulf } ins(%x : tensor<?x?xf32>) outs(%t : tensor<?xf32>) dimensions = [0]
          return %j, %s, %u : tensor<?xf32>, tensor<?xf32>, tensor<?xf32>
        }
        """;

    [TestCase("ptx")]
    [TestCase("opencl")]
    public void Sums_go_on_from_their_start(string device)
    {
        var backend = ProgramCheck.BackendOf(device);
        ReadOnlySpan<(int Rows, int Columns)> sizes = [(0, 3), (1, 1), (40, 33), (300, 70)];
        foreach (var (rows, columns) in sizes)
        {
            var x = new HostBuffer(RowTests.Numbers(rows * columns), rows, columns);
            ProgramCheck.HasBitsOfTheCpu(backend, All, x, 2.5f);
            ProgramCheck.HasBitsOfTheCpu(backend, Columns, x, 2.5f);
            ProgramCheck.HasBitsOfTheCpu(backend, Needed, x, 2.5f);
        }

        ProgramCheck.HasBitsOfTheCpu(
            backend,
            Planes,
            new HostBuffer(RowTests.Numbers(7 * 9 * 15), 7, 9, 3, 5),
            float.NegativeInfinity
        );
    }

    /// <summary>A sum of everything is leaves and pairs; the others are one kernel.</summary>
    [TestCase(All, GpuTarget.Ptx, 2)]
    [TestCase(All, GpuTarget.Spirv, 2)]
    [TestCase(Columns, GpuTarget.Ptx, 1)]
    [TestCase(Columns, GpuTarget.Spirv, 1)]
    [TestCase(Planes, GpuTarget.Ptx, 1)]
    [TestCase(Planes, GpuTarget.Spirv, 1)]
    public void Starts_are_no_launch(string text, GpuTarget target, int launches)
    {
        var module = (ModuleOp)MlirText.Parse(text, AllDialects.Registry).ValueOrThrow();
        new PassManager().RunOrThrow(GpuLowering.PipelineFor(target), module);
        var plan = LaunchPlanner.Plan(module).Functions.Single();
        Assert.That(plan.Steps.OfType<LaunchStep>().Count(), Is.EqualTo(launches));
    }
}
