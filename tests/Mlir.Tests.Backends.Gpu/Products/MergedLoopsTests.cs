using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;
using Mlir.Lowering;
using Mlir.Lowering.Gpu;
using Mlir.Runtime;

namespace Mlir.Tests.Backends.Gpu.Products;

/// <summary>Products whose rows or columns are several loops: they are one matrix, and what follows them is computed in their kernels.</summary>
[NonParallelizable]
public sealed class MergedLoopsTests
{
    /// <summary>A layer: stacks of rows times one matrix, a value for each column, one for each place and column, an activation, what came before.</summary>
    /// <param name="factor">The type of the factors.</param>
    /// <param name="sizes">Stacks, rows, inner size, columns; ? for those that the caller says.</param>
    private static string Layer(string factor, params string[] sizes)
    {
        var (b, t, c, n) = (sizes[0], sizes[1], sizes[2], sizes[3]);
        var (x, w, y) = ($"tensor<{b}x{t}x{c}x{factor}>", $"tensor<{c}x{n}x{factor}>", $"tensor<{b}x{t}x{n}xf32>");
        var open = string.Join(
            ", ",
            new[] { (b, "%b"), (t, "%t"), (n, "%n") }.Where(s => s.Item1 == "?").Select(s => s.Item2)
        );
        var product =
            factor == "f32"
                ? "%m = arith.mulf %p, %q : f32"
                : $"""
                    %pw = arith.extf %p : {factor} to f32
                    %qw = arith.extf %q : {factor} to f32
                    %m = arith.mulf %pw, %qw : f32
                    """;
        return $$"""
            func.func @f(%x: {{x}}, %w: {{w}}, %bias: tensor<{{n}}xf32>, %place: tensor<{{t}}x{{n}}xf32>, %rest: {{y}}) -> {{y}} {
              %c0 = arith.constant 0 : index
              %c1 = arith.constant 1 : index
              %b = tensor.dim %x, %c0 : {{x}}
              %t = tensor.dim %x, %c1 : {{x}}
              %n = tensor.dim %w, %c1 : {{w}}
              %z = arith.constant 0.0 : f32
              %e = tensor.empty({{open}}) : {{y}}
              %i = linalg.fill ins(%z : f32) outs(%e : {{y}}) -> {{y}}
              %r = linalg.generic {indexing_maps = [affine_map<(s, i, j, k) -> (s, i, k)>, affine_map<(s, i, j, k) -> (k, j)>, affine_map<(s, i, j, k) -> (s, i, j)>],
                                   iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
                  ins(%x, %w : {{x}}, {{w}}) outs(%i : {{y}}) {
              ^bb0(%p: {{factor}}, %q: {{factor}}, %s: f32):
                {{product}}
                %v = arith.addf %s, %m : f32
                linalg.yield %v : f32
              } -> {{y}}
              %o = linalg.generic {indexing_maps = [affine_map<(s, i, j) -> (s, i, j)>, affine_map<(s, i, j) -> (j)>, affine_map<(s, i, j) -> (i, j)>,
                                                    affine_map<(s, i, j) -> (s, i, j)>, affine_map<(s, i, j) -> (s, i, j)>],
                                   iterator_types = ["parallel", "parallel", "parallel"]}
                  ins(%r, %bias, %place, %rest : {{y}}, tensor<{{n}}xf32>, tensor<{{t}}x{{n}}xf32>, {{y}}) outs(%e : {{y}}) {
              ^bb0(%p: f32, %q: f32, %d: f32, %a: f32, %s: f32):
                %0 = arith.addf %p, %q : f32
                %1 = arith.addf %0, %d : f32
                %2 = arith.maximumf %1, %z : f32
                %3 = arith.subf %2, %a : f32
                linalg.yield %3 : f32
              } -> {{y}}
              return %o : {{y}}
            }
            """;
    }

    /// <summary>The same without what belongs to a place: everything behind the product has its two loops.</summary>
    private static string Plain(string layer) =>
        layer
            .Replace("affine_map<(s, i, j) -> (i, j)>,", "affine_map<(s, i, j) -> (j)>,", StringComparison.Ordinal)
            .Replace("%bias, %place, %rest", "%bias, %bias, %rest", StringComparison.Ordinal)
            .Replace(
                "tensor<?xf32>, tensor<?x?xf32>, tensor<?x?x?xf32>) outs",
                "tensor<?xf32>, tensor<?xf32>, tensor<?x?x?xf32>) outs",
                StringComparison.Ordinal
            );

    /// <summary>Columns that are heads of several numbers each, of whole numbers.</summary>
    private const string Heads = """
        func.func @f(%x: tensor<?x?xi32>, %w: tensor<?x3x?xi32>, %bias: tensor<3x?xi32>) -> tensor<?x3x?xi32> {
          %c0 = arith.constant 0 : index
          %c2 = arith.constant 2 : index
          %t = tensor.dim %x, %c0 : tensor<?x?xi32>
          %n = tensor.dim %w, %c2 : tensor<?x3x?xi32>
          %z = arith.constant 5 : i32
          %e = tensor.empty(%t, %n) : tensor<?x3x?xi32>
          %i = linalg.fill ins(%z : i32) outs(%e : tensor<?x3x?xi32>) -> tensor<?x3x?xi32>
          %r = linalg.generic {indexing_maps = [affine_map<(i, h, j, k) -> (i, k)>, affine_map<(i, h, j, k) -> (k, h, j)>, affine_map<(i, h, j, k) -> (i, h, j)>],
                               iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
              ins(%x, %w : tensor<?x?xi32>, tensor<?x3x?xi32>) outs(%i : tensor<?x3x?xi32>) {
          ^bb0(%p: i32, %q: i32, %s: i32):
            %m = arith.muli %p, %q : i32
            %v = arith.addi %s, %m : i32
            linalg.yield %v : i32
          } -> tensor<?x3x?xi32>
          %o = linalg.generic {indexing_maps = [affine_map<(i, h, j) -> (i, h, j)>, affine_map<(i, h, j) -> (h, j)>, affine_map<(i, h, j) -> (i, h, j)>],
                               iterator_types = ["parallel", "parallel", "parallel"]}
              ins(%r, %bias : tensor<?x3x?xi32>, tensor<3x?xi32>) outs(%e : tensor<?x3x?xi32>) {
          ^bb0(%p: i32, %q: i32, %s: i32):
            %0 = arith.xori %p, %q : i32
            linalg.yield %0 : i32
          } -> tensor<?x3x?xi32>
          return %o : tensor<?x3x?xi32>
        }
        """;

    [TestCase("ptx", 1, 1, 1, 1)]
    [TestCase("ptx", 2, 33, 17, 70)]
    [TestCase("ptx", 3, 50, 64, 128)]
    [TestCase("ptx", 0, 4, 4, 4)]
    [TestCase("ptx", 4, 256, 3, 1024)]
    [TestCase("opencl", 3, 50, 64, 130)]
    public void A_layer_has_the_bits_of_the_cpu(string device, int b, int t, int c, int n)
    {
        var backend = ProgramCheck.BackendOf(device);
        object[] arguments =
        [
            Whole(b, t, c),
            Whole(c, n),
            new HostBuffer(RowTests.Numbers(n), n),
            new HostBuffer(RowTests.Numbers(t * n), t, n),
            new HostBuffer(RowTests.Numbers(b * t * n), b, t, n),
        ];
        var layer = Layer("f32", "?", "?", "?", "?");
        ProgramCheck.HasBitsOfTheCpu(backend, layer, arguments);
        ProgramCheck.HasBitsOfTheCpu(backend, Plain(layer), arguments);
    }

    /// <summary>Whole numbers, whose sums are the same in every order.</summary>
    [TestCase(2, 33, 17, 70)]
    [TestCase(3, 50, 64, 128)]
    [TestCase(8, 128, 8, 1024)]
    public void A_layer_on_tensor_cores(int b, int t, int c, int n)
    {
        HostBuffer Half(params long[] sizes) =>
            new(((float[])Whole(sizes).Data).Select(v => (System.Half)v).ToArray(), sizes);
        ProgramCheck.HasBitsOfTheCpu(
            ProgramCheck.BackendOf("ptx"),
            Layer("f16", "?", "?", "?", "?"),
            Half(b, t, c),
            Half(c, n),
            new HostBuffer(RowTests.Numbers(n), n),
            new HostBuffer(RowTests.Numbers(t * n), t, n),
            new HostBuffer(RowTests.Numbers(b * t * n), b, t, n)
        );
    }

    [TestCase("ptx", 5, 7, 9)]
    [TestCase("ptx", 70, 40, 33)]
    [TestCase("opencl", 70, 40, 33)]
    public void Heads_are_columns(string device, int t, int c, int n)
    {
        HostBuffer Numbers(params long[] sizes) =>
            new(
                Enumerable.Range(7, (int)sizes.Aggregate(1L, (a, s) => a * s)).Select(i => i * 40_503).ToArray(),
                sizes
            );
        ProgramCheck.HasBitsOfTheCpu(
            ProgramCheck.BackendOf(device),
            Heads,
            Numbers(t, c),
            Numbers(c, 3, n),
            Numbers(3, n)
        );
    }

    /// <summary>Of known sizes one kernel, and no array but the result.</summary>
    [TestCase("f32")]
    [TestCase("f16")]
    public void What_follows_is_no_kernel_of_its_own(string factor)
    {
        var module = (ModuleOp)
            MlirText.Parse(Layer(factor, "8", "256", "512", "1024"), AllDialects.Registry).ValueOrThrow();
        new PassManager().RunOrThrow(GpuLowering.PipelineFor(GpuTarget.Ptx), module);
        var program = LaunchPlanner.Plan(module);
        Assert.That(program.Kernels, Has.Length.EqualTo(1));
        Assert.That(program.Functions.Single().Steps.OfType<AllocateStep>().Count(), Is.EqualTo(1));
    }

    private static HostBuffer Whole(params long[] sizes)
    {
        var random = new Random(sizes.Length);
        return new(
            Enumerable
                .Range(0, (int)sizes.Aggregate(1L, (a, s) => a * s))
                .Select(_ => (float)random.Next(-9, 10))
                .ToArray(),
            sizes
        );
    }
}
