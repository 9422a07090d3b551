using Mlir.Backends.Llvm.Gpu;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;
using Mlir.Lowering;
using Mlir.Lowering.Gpu;
using Mlir.Runtime;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>Elementwise work and windows that read an array at several places near each other.</summary>
[NonParallelizable]
public sealed class StencilTests
{
    /// <summary>The square of differences in time of a grid with a wall: five places of one array, one of another.</summary>
    private static string Cross(string type) =>
        $$"""
            func.func @f(%u: tensor<?x?x{{type}}>, %w: tensor<?x?x{{type}}>) -> tensor<?x?x{{type}}> {
              %c0 = arith.constant 0 : index
              %c1 = arith.constant 1 : index
              %c2 = arith.constant 2 : index
              %n = tensor.dim %u, %c0 : tensor<?x?x{{type}}>
              %m = tensor.dim %u, %c1 : tensor<?x?x{{type}}>
              %a = arith.subi %n, %c2 : index
              %b = arith.subi %m, %c2 : index
              %mid = tensor.extract_slice %u[1, 1] [%a, %b] [1, 1] : tensor<?x?x{{type}}> to tensor<?x?x{{type}}>
              %up = tensor.extract_slice %u[0, 1] [%a, %b] [1, 1] : tensor<?x?x{{type}}> to tensor<?x?x{{type}}>
              %down = tensor.extract_slice %u[2, 1] [%a, %b] [1, 1] : tensor<?x?x{{type}}> to tensor<?x?x{{type}}>
              %left = tensor.extract_slice %u[1, 0] [%a, %b] [1, 1] : tensor<?x?x{{type}}> to tensor<?x?x{{type}}>
              %right = tensor.extract_slice %u[1, 2] [%a, %b] [1, 1] : tensor<?x?x{{type}}> to tensor<?x?x{{type}}>
              %0 = arith.addf %up, %down : tensor<?x?x{{type}}>
              %1 = arith.subf %left, %right : tensor<?x?x{{type}}>
              %2 = arith.mulf %0, %mid : tensor<?x?x{{type}}>
              %3 = arith.addf %1, %2 : tensor<?x?x{{type}}>
              %4 = arith.mulf %3, %w : tensor<?x?x{{type}}>
              return %4 : tensor<?x?x{{type}}>
            }
            """;

    /// <summary>Three neighbours in a row, of two arrays; the second begins where the caller says.</summary>
    private const string Line = """
        func.func @f(%x: tensor<?xf64>, %y: tensor<?xf64>, %s: index) -> tensor<?xf64> {
          %c0 = arith.constant 0 : index
          %c1 = arith.constant 1 : index
          %c2 = arith.constant 2 : index
          %n = tensor.dim %x, %c0 : tensor<?xf64>
          %m = arith.subi %n, %c2 : index
          %a = tensor.extract_slice %x[0] [%m] [1] : tensor<?xf64> to tensor<?xf64>
          %b = tensor.extract_slice %x[1] [%m] [1] : tensor<?xf64> to tensor<?xf64>
          %c = tensor.extract_slice %x[2] [%m] [1] : tensor<?xf64> to tensor<?xf64>
          %p = tensor.extract_slice %y[%s] [%n] [1] : tensor<?xf64> to tensor<?xf64>
          %d = tensor.extract_slice %p[0] [%m] [1] : tensor<?xf64> to tensor<?xf64>
          %e = tensor.extract_slice %p[1] [%m] [1] : tensor<?xf64> to tensor<?xf64>
          %f = tensor.extract_slice %p[2] [%m] [1] : tensor<?xf64> to tensor<?xf64>
          %0 = arith.mulf %a, %d : tensor<?xf64>
          %1 = arith.mulf %b, %e : tensor<?xf64>
          %2 = arith.mulf %c, %f : tensor<?xf64>
          %3 = arith.addf %0, %1 : tensor<?xf64>
          %4 = arith.addf %3, %2 : tensor<?xf64>
          return %4 : tensor<?xf64>
        }
        """;

    /// <summary>Four neighbours in each of three rows.</summary>
    private const string Rows = """
        func.func @f(%x: tensor<3x?xf32>) -> tensor<3x?xf32> {
          %c1 = arith.constant 1 : index
          %c4 = arith.constant 4 : index
          %n = tensor.dim %x, %c1 : tensor<3x?xf32>
          %m = arith.subi %n, %c4 : index
          %a = tensor.extract_slice %x[0, 0] [3, %m] [1, 1] : tensor<3x?xf32> to tensor<3x?xf32>
          %b = tensor.extract_slice %x[0, 1] [3, %m] [1, 1] : tensor<3x?xf32> to tensor<3x?xf32>
          %c = tensor.extract_slice %x[0, 3] [3, %m] [1, 1] : tensor<3x?xf32> to tensor<3x?xf32>
          %d = tensor.extract_slice %x[0, 4] [3, %m] [1, 1] : tensor<3x?xf32> to tensor<3x?xf32>
          %0 = arith.subf %a, %b : tensor<3x?xf32>
          %1 = arith.mulf %0, %c : tensor<3x?xf32>
          %2 = arith.addf %1, %d : tensor<3x?xf32>
          return %2 : tensor<3x?xf32>
        }
        """;

    /// <summary>Seven places of a grid of three dimensions, five of them in one plane.</summary>
    private const string Space = """
        func.func @f(%u: tensor<7x?x?xi32>) -> tensor<5x?x?xi32> {
          %c1 = arith.constant 1 : index
          %c2 = arith.constant 2 : index
          %n = tensor.dim %u, %c1 : tensor<7x?x?xi32>
          %m = tensor.dim %u, %c2 : tensor<7x?x?xi32>
          %a = arith.subi %n, %c2 : index
          %b = arith.subi %m, %c2 : index
          %mid = tensor.extract_slice %u[1, 1, 1] [5, %a, %b] [1, 1, 1] : tensor<7x?x?xi32> to tensor<5x?x?xi32>
          %before = tensor.extract_slice %u[0, 1, 1] [5, %a, %b] [1, 1, 1] : tensor<7x?x?xi32> to tensor<5x?x?xi32>
          %behind = tensor.extract_slice %u[2, 1, 1] [5, %a, %b] [1, 1, 1] : tensor<7x?x?xi32> to tensor<5x?x?xi32>
          %up = tensor.extract_slice %u[1, 0, 1] [5, %a, %b] [1, 1, 1] : tensor<7x?x?xi32> to tensor<5x?x?xi32>
          %down = tensor.extract_slice %u[1, 2, 1] [5, %a, %b] [1, 1, 1] : tensor<7x?x?xi32> to tensor<5x?x?xi32>
          %left = tensor.extract_slice %u[1, 1, 0] [5, %a, %b] [1, 1, 1] : tensor<7x?x?xi32> to tensor<5x?x?xi32>
          %right = tensor.extract_slice %u[1, 1, 2] [5, %a, %b] [1, 1, 1] : tensor<7x?x?xi32> to tensor<5x?x?xi32>
          %0 = arith.muli %before, %behind : tensor<5x?x?xi32>
          %1 = arith.muli %up, %down : tensor<5x?x?xi32>
          %2 = arith.muli %left, %right : tensor<5x?x?xi32>
          %3 = arith.subi %0, %1 : tensor<5x?x?xi32>
          %4 = arith.subi %3, %2 : tensor<5x?x?xi32>
          %5 = arith.addi %4, %mid : tensor<5x?x?xi32>
          return %5 : tensor<5x?x?xi32>
        }
        """;

    /// <summary>The largest of three by three elements, every element or every second one.</summary>
    private static string Largest(int stride, string type) =>
        $$"""
            func.func @f(%x: tensor<?x?x?x{{type}}>, %n: index, %h: index, %w: index) -> tensor<?x?x?x{{type}}> {
              %low = arith.constant -7.0 : {{type}}
              %e = tensor.empty(%n, %h, %w) : tensor<?x?x?x{{type}}>
              %i = linalg.fill ins(%low : {{type}}) outs(%e : tensor<?x?x?x{{type}}>) -> tensor<?x?x?x{{type}}>
              %k = tensor.empty() : tensor<3x3x{{type}}>
              %r = linalg.generic {indexing_maps = [affine_map<(n, y, i, j, x) -> (n, y * {{stride}} + i, x * {{stride}} + j)>, affine_map<(n, y, i, j, x) -> (i, j)>, affine_map<(n, y, i, j, x) -> (n, y, x)>],
                                   iterator_types = ["parallel", "parallel", "reduction", "reduction", "parallel"]}
                  ins(%x, %k : tensor<?x?x?x{{type}}>, tensor<3x3x{{type}}>) outs(%i : tensor<?x?x?x{{type}}>) {
              ^bb0(%a: {{type}}, %b: {{type}}, %s: {{type}}):
                %t = arith.maximumf %s, %a : {{type}}
                linalg.yield %t : {{type}}
              } -> tensor<?x?x?x{{type}}>
              return %r : tensor<?x?x?x{{type}}>
            }
            """;

    /// <summary>A sum of five by five elements times weights, which begin where a row of the weights' array does.</summary>
    private const string Weighted = """
        func.func @f(%x: tensor<?x?xf32>, %k: tensor<5x5xf32>, %h: index, %w: index) -> tensor<?x?xf32> {
          %zero = arith.constant 0.0 : f32
          %e = tensor.empty(%h, %w) : tensor<?x?xf32>
          %i = linalg.fill ins(%zero : f32) outs(%e : tensor<?x?xf32>) -> tensor<?x?xf32>
          %r = linalg.generic {indexing_maps = [affine_map<(y, i, j, x) -> (y + i, x + j)>, affine_map<(y, i, j, x) -> (i, j)>, affine_map<(y, i, j, x) -> (y, x)>],
                               iterator_types = ["parallel", "reduction", "reduction", "parallel"]}
              ins(%x, %k : tensor<?x?xf32>, tensor<5x5xf32>) outs(%i : tensor<?x?xf32>) {
          ^bb0(%a: f32, %b: f32, %s: f32):
            %p = arith.mulf %a, %b : f32
            %t = arith.addf %s, %p : f32
            linalg.yield %t : f32
          } -> tensor<?x?xf32>
          return %r : tensor<?x?xf32>
        }
        """;

    /// <summary>Fewer rows and columns than a tile, whole tiles, and a little more.</summary>
    [TestCase("ptx", 2, 2)]
    [TestCase("ptx", 3, 3)]
    [TestCase("ptx", 18, 128)]
    [TestCase("ptx", 19, 129)]
    [TestCase("ptx", 50, 300)]
    [TestCase("ptx", 3, 700)]
    [TestCase("opencl", 19, 129)]
    [TestCase("opencl", 50, 300)]
    public void Neighbours_of_a_grid(string device, int rows, int columns)
    {
        var backend = ProgramCheck.BackendOf(device);
        var (u, w) = (RowTests.Numbers(rows * columns), RowTests.Numbers((rows - 2) * (columns - 2)));
        ProgramCheck.HasBitsOfTheCpu(
            backend,
            Cross("f32"),
            new HostBuffer(u, rows, columns),
            new HostBuffer(w, rows - 2, columns - 2)
        );
        ProgramCheck.HasBitsOfTheCpu(
            backend,
            Cross("f64"),
            new HostBuffer(u.Select(x => (double)x).ToArray(), rows, columns),
            new HostBuffer(w.Select(x => (double)x).ToArray(), rows - 2, columns - 2)
        );
    }

    [TestCase("ptx", 2)]
    [TestCase("ptx", 1023)]
    [TestCase("ptx", 1024)]
    [TestCase("ptx", 1025)]
    [TestCase("ptx", 5000)]
    [TestCase("opencl", 5000)]
    public void Neighbours_in_a_row(string device, int length)
    {
        double[] Numbers(int count) => [.. RowTests.Numbers(count).Select(x => (double)x)];
        ProgramCheck.HasBitsOfTheCpu(
            ProgramCheck.BackendOf(device),
            Line,
            new HostBuffer(Numbers(length), length),
            new HostBuffer(Numbers(length + 3), length + 3),
            3L
        );
    }

    /// <summary>Fewer rows than a tile would have, which the program says.</summary>
    [TestCase("ptx", 130)]
    [TestCase("ptx", 131)]
    [TestCase("opencl", 300)]
    public void Neighbours_in_few_rows(string device, int length) =>
        ProgramCheck.HasBitsOfTheCpu(
            ProgramCheck.BackendOf(device),
            Rows,
            new HostBuffer(RowTests.Numbers(3 * length), 3, length)
        );

    [TestCase("ptx")]
    [TestCase("opencl")]
    public void Neighbours_in_space(string device) =>
        ProgramCheck.HasBitsOfTheCpu(
            ProgramCheck.BackendOf(device),
            Space,
            new HostBuffer(Enumerable.Range(0, 7 * 21 * 140).Select(i => i * 77_777_777).ToArray(), 7, 21, 140)
        );

    [TestCase("ptx", 1)]
    [TestCase("ptx", 2)]
    [TestCase("opencl", 1)]
    [TestCase("opencl", 2)]
    public void Windows_that_slide(string device, int stride)
    {
        var (n, h, w) = (2, 37, 301);
        var (down, across) = (((h - 3) / stride) + 1, ((w - 3) / stride) + 1);
        var numbers = RowTests.Numbers(n * h * w);
        ProgramCheck.HasBitsOfTheCpu(
            ProgramCheck.BackendOf(device),
            Largest(stride, "f32"),
            new HostBuffer(numbers, n, h, w),
            (long)n,
            (long)down,
            (long)across
        );
        ProgramCheck.HasBitsOfTheCpu(
            ProgramCheck.BackendOf(device),
            Largest(stride, "f16"),
            new HostBuffer(numbers.Select(x => (Half)x).ToArray(), n, h, w),
            (long)n,
            (long)down,
            (long)across
        );
    }

    [TestCase("ptx")]
    [TestCase("opencl")]
    public void Weighted_windows(string device) =>
        ProgramCheck.HasBitsOfTheCpu(
            ProgramCheck.BackendOf(device),
            Weighted,
            new HostBuffer(RowTests.Numbers(41 * 205), 41, 205),
            new HostBuffer(RowTests.Numbers(25), 5, 5),
            37L,
            201L
        );

    /// <summary>What reads several near places is one kernel with one array in shared memory; what reads two, or every place once, shares nothing.</summary>
    [Test]
    public void Only_what_pays_is_shared()
    {
        Assert.That(Shared(Cross("f32")), Is.EqualTo(1));
        Assert.That(Shared(Line), Is.EqualTo(2));
        Assert.That(Shared(Rows), Is.EqualTo(1));
        Assert.That(Shared(Space), Is.EqualTo(1));
        Assert.That(Shared(Largest(1, "f32")), Is.EqualTo(1));
        Assert.That(Shared(Largest(2, "f16")), Is.EqualTo(1));
        Assert.That(Shared(Largest(3, "f32")), Is.Zero);
        Assert.That(
            Shared(Line.Replace("%1 = arith.mulf %b, %e", "%1 = arith.mulf %a, %d", StringComparison.Ordinal)),
            Is.Zero
        );
    }

    private static int Shared(string text)
    {
        var module = (ModuleOp)MlirText.Parse(text, AllDialects.Registry).ValueOrThrow();
        new PassManager().RunOrThrow(GpuLowering.PipelineFor(GpuTarget.Ptx), module);
        return GpuCompiler.ToPtx(module).Split(".shared .align").Length - 1;
    }
}
