using Mlir.Runtime;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>Elementwise work whose inputs run fastest along another loop than its outputs.</summary>
[NonParallelizable]
public sealed class TransposeTests
{
    /// <summary>xᵀ · y + zᵀ with a value for each row, so that two inputs go through shared memory and two do not.</summary>
    private static string Matrices(string type) =>
        $$"""
            func.func @f(%x: tensor<?x?x{{type}}>, %y: tensor<?x?x{{type}}>, %z: tensor<?x?x{{type}}>, %r: tensor<?x{{type}}>) -> tensor<?x?x{{type}}> {
              %c0 = arith.constant 0 : index
              %c1 = arith.constant 1 : index
              %n = tensor.dim %y, %c0 : tensor<?x?x{{type}}>
              %m = tensor.dim %y, %c1 : tensor<?x?x{{type}}>
              %e = tensor.empty(%n, %m) : tensor<?x?x{{type}}>
              %s = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1, d0)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1, d0)>, affine_map<(d0, d1) -> (d0)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]}
                  ins(%x, %y, %z, %r : tensor<?x?x{{type}}>, tensor<?x?x{{type}}>, tensor<?x?x{{type}}>, tensor<?x{{type}}>) outs(%e : tensor<?x?x{{type}}>) {
              ^bb0(%a: {{type}}, %b: {{type}}, %c: {{type}}, %d: {{type}}, %o: {{type}}):
                %0 = arith.mulf %a, %b : {{type}}
                %1 = arith.addf %0, %c : {{type}}
                %2 = arith.subf %1, %d : {{type}}
                linalg.yield %2 : {{type}}
              } -> tensor<?x?x{{type}}>
              return %s : tensor<?x?x{{type}}>
            }
            """;

    /// <summary>The last dimension of four becomes the first, that of a known size, with its number added.</summary>
    private const string Stacks = """
        func.func @f(%x: tensor<?x3x?x20xf32>) -> tensor<20x?x3x?xf32> {
          %c0 = arith.constant 0 : index
          %c2 = arith.constant 2 : index
          %a = tensor.dim %x, %c0 : tensor<?x3x?x20xf32>
          %b = tensor.dim %x, %c2 : tensor<?x3x?x20xf32>
          %e = tensor.empty(%a, %b) : tensor<20x?x3x?xf32>
          %s = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d1, d2, d3, d0)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
              ins(%x : tensor<?x3x?x20xf32>) outs(%e : tensor<20x?x3x?xf32>) {
          ^bb0(%v: f32, %o: f32):
            %i = linalg.index 0 : index
            %j = arith.index_cast %i : index to i32
            %k = arith.sitofp %j : i32 to f32
            %w = arith.addf %v, %k : f32
            linalg.yield %w : f32
          } -> tensor<20x?x3x?xf32>
          return %s : tensor<20x?x3x?xf32>
        }
        """;

    [TestCase("ptx", 1, 1)]
    [TestCase("ptx", 32, 32)]
    [TestCase("ptx", 33, 100)]
    [TestCase("ptx", 200, 31)]
    [TestCase("ptx", 0, 5)]
    [TestCase("opencl", 33, 100)]
    [TestCase("opencl", 200, 31)]
    public void Both_sides_in_one_pass(string device, int rows, int columns)
    {
        var backend = ProgramCheck.BackendOf(device);
        float[] Single(int count) => RowTests.Numbers(count);
        double[] Double(int count) => [.. Single(count).Select(x => (double)x)];
        var count = rows * columns;
        ProgramCheck.HasBitsOfTheCpu(
            backend,
            Matrices("f32"),
            new HostBuffer(Single(count), columns, rows),
            new HostBuffer(Single(count), rows, columns),
            new HostBuffer(Single(count), columns, rows),
            new HostBuffer(Single(rows), rows)
        );
        ProgramCheck.HasBitsOfTheCpu(
            backend,
            Matrices("f64"),
            new HostBuffer(Double(count), columns, rows),
            new HostBuffer(Double(count), rows, columns),
            new HostBuffer(Double(count), columns, rows),
            new HostBuffer(Double(rows), rows)
        );
    }

    [TestCase("ptx")]
    [TestCase("opencl")]
    public void Stacks_of_matrices(string device) =>
        ProgramCheck.HasBitsOfTheCpu(
            ProgramCheck.BackendOf(device),
            Stacks,
            new HostBuffer(RowTests.Numbers(2 * 3 * 45 * 20), 2, 3, 45, 20)
        );
}
