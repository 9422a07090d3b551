using Mlir.Backends.Interpreter;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;
using Mlir.Lowering;
using Mlir.Runtime;

namespace Mlir.Tests.Lowering;

/// <summary>Sums keep the documented order, bit for bit, whatever the width of vectors and the shape of the loops.</summary>
public sealed class ReductionOrderTests
{
    private static readonly PassPipeline[] Pipelines =
    [
        CpuLowering.PlainLoops,
        CpuLowering.LoopsFor(128),
        CpuLowering.LoopsFor(512),
    ];

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(31)]
    [TestCase(32)]
    [TestCase(33)]
    [TestCase(1000)]
    [TestCase(8191)]
    [TestCase(8192)]
    [TestCase(8193)]
    [TestCase(30000)]
    public void A_sum_of_doubles_is_the_tree_of_its_length(int n)
    {
        var x = Numbers(n);
        var leaves = x.Chunk((int)ReductionOrder.LeafElements)
            .Select(leaf => ReductionOrder.Leaf(-0.0, 32, [leaf], (a, b) => a + b))
            .ToArray();
        var expected = 0.0 + ReductionOrder.Pairwise(-0.0, leaves.AsSpan(), (a, b) => a + b);
        foreach (var pipeline in Pipelines)
        {
            Assert.That(Sum("?", "0", pipeline, new HostBuffer(x, [n])), Is.EqualTo(new[] { expected }));
        }
    }

    [TestCase(3, 5)]
    [TestCase(40, 70)]
    [TestCase(7, 9000)]
    [TestCase(9000, 3)]
    [TestCase(0, 4)]
    [TestCase(4, 0)]
    public void A_sum_over_two_loops_goes_row_by_row(int rows, int columns)
    {
        var x = Numbers(rows * columns);
        var rowsPerLeaf = (int)ReductionOrder.RowsPerLeaf(columns);
        var leaves = Enumerable
            .Range(0, rows)
            .Chunk(rowsPerLeaf)
            .Select(leaf =>
                ReductionOrder.Leaf(-0.0, 32, leaf.Select(r => x.Skip(r * columns).Take(columns)), (a, b) => a + b)
            )
            .ToArray();
        var expected = 0.0 + ReductionOrder.Pairwise(-0.0, leaves.AsSpan(), (a, b) => a + b);
        foreach (var pipeline in Pipelines)
        {
            Assert.That(
                Sum("?x?", "0, 1", pipeline, new HostBuffer(x, [rows, columns])),
                Is.EqualTo(new[] { expected })
            );
        }
    }

    [TestCase(3, 5)]
    [TestCase(7, 900)]
    [TestCase(40, 70)]
    public void A_sum_of_each_row_is_one_leaf(int rows, int columns)
    {
        var x = Numbers(rows * columns);
        var expected = Enumerable
            .Range(0, rows)
            .Select(r => 0.0 + ReductionOrder.Leaf(-0.0, 32, [x.Skip(r * columns).Take(columns)], (a, b) => a + b));
        foreach (var pipeline in Pipelines)
        {
            Assert.That(Sum("?x?", "1", pipeline, new HostBuffer(x, [rows, columns])), Is.EqualTo(expected));
        }
    }

    [TestCase(3, 5)]
    [TestCase(9, 700)]
    [TestCase(70, 40)]
    public void A_sum_of_each_column_adds_the_rows_in_order(int rows, int columns)
    {
        var x = Numbers(rows * columns);
        var expected = Enumerable
            .Range(0, columns)
            .Select(c => Enumerable.Range(0, rows).Aggregate(0.0, (sum, r) => sum + x[(r * columns) + c]));
        foreach (var pipeline in Pipelines)
        {
            Assert.That(Sum("?x?", "0", pipeline, new HostBuffer(x, [rows, columns])), Is.EqualTo(expected));
        }
    }

    [Test]
    public void A_body_that_cannot_work_on_vectors_keeps_the_order()
    {
        // Down the columns of a transposed array: the loop jumps in memory.
        const string text = """
            func.func @f(%x: tensor<?x?xf64>) -> f64 {
              %zero = arith.constant 0.0 : f64
              %e = tensor.empty() : tensor<f64>
              %i = linalg.fill ins(%zero : f64) outs(%e : tensor<f64>) -> tensor<f64>
              %s = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1, d0)>, affine_map<(d0, d1) -> ()>], iterator_types = ["reduction", "reduction"]}
                  ins(%x : tensor<?x?xf64>) outs(%i : tensor<f64>) {
              ^bb0(%a: f64, %b: f64):
                %0 = arith.addf %b, %a : f64
                linalg.yield %0 : f64
              } -> tensor<f64>
              %r = tensor.extract %s[] : tensor<f64>
              return %r : f64
            }
            """;
        const int rows = 50;
        const int columns = 40;
        var x = Numbers(rows * columns);
        var transposed = Enumerable
            .Range(0, columns)
            .Select(c => Enumerable.Range(0, rows).Select(r => x[(r * columns) + c]));
        var expected = 0.0 + ReductionOrder.Leaf(-0.0, 32, transposed, (a, b) => a + b);
        foreach (var pipeline in Pipelines)
        {
            Assert.That(Run(text, pipeline, new HostBuffer(x, [rows, columns]))[0], Is.EqualTo(expected));
        }
    }

    [TestCase(0)]
    [TestCase(63)]
    [TestCase(64)]
    [TestCase(97)]
    [TestCase(20000)]
    public void Sums_of_different_widths_keep_their_orders_in_one_loop(int n)
    {
        const string text = """
            func.func @f(%x: tensor<?xf64>) -> (f64, f32) {
              %a0 = arith.constant dense<0.0> : tensor<f64>
              %b0 = arith.constant dense<0.0> : tensor<f32>
              %a, %b = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]}
                  ins(%x : tensor<?xf64>) outs(%a0, %b0 : tensor<f64>, tensor<f32>) {
              ^bb0(%e: f64, %p: f64, %q: f32):
                %0 = arith.addf %p, %e : f64
                %1 = arith.truncf %e : f64 to f32
                %2 = arith.addf %q, %1 : f32
                linalg.yield %0, %2 : f64, f32
              } -> (tensor<f64>, tensor<f32>)
              %r = tensor.extract %a[] : tensor<f64>
              %s = tensor.extract %b[] : tensor<f32>
              return %r, %s : f64, f32
            }
            """;
        var x = Numbers(n);
        var narrow = x.Select(e => (float)e).ToArray();
        var doubles = x.Chunk((int)ReductionOrder.LeafElements)
            .Select(leaf => ReductionOrder.Leaf(-0.0, 32, [leaf], (a, b) => a + b))
            .ToArray();
        var singles = narrow
            .Chunk((int)ReductionOrder.LeafElements)
            .Select(leaf => ReductionOrder.Leaf(-0.0f, 64, [leaf], (a, b) => a + b))
            .ToArray();
        object[] expected =
        [
            0.0 + ReductionOrder.Pairwise(-0.0, doubles.AsSpan(), (a, b) => a + b),
            0.0f + ReductionOrder.Pairwise(-0.0f, singles.AsSpan(), (a, b) => a + b),
        ];
        foreach (var pipeline in Pipelines)
        {
            Assert.That(Run(text, pipeline, new HostBuffer(x, [n])), Is.EqualTo(expected));
        }
    }

    [TestCase(0)]
    [TestCase(33)]
    [TestCase(20000)]
    public void A_sum_of_products_rounds_each_product_with_its_sum(int n)
    {
        const string text = """
            func.func @f(%x: tensor<?xf64>) -> f64 {
              %a0 = arith.constant dense<0.0> : tensor<f64>
              %a = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]}
                  ins(%x : tensor<?xf64>) outs(%a0 : tensor<f64>) {
              ^bb0(%e: f64, %p: f64):
                %0 = arith.mulf %e, %e : f64
                %1 = arith.addf %p, %0 : f64
                linalg.yield %1 : f64
              } -> tensor<f64>
              %r = tensor.extract %a[] : tensor<f64>
              return %r : f64
            }
            """;
        var x = Numbers(n);
        var leaves = x.Chunk((int)ReductionOrder.LeafElements)
            .Select(leaf =>
            {
                var lanes = Enumerable.Repeat(-0.0, 32).ToArray();
                for (var i = 0; i < leaf.Length; i++)
                {
                    lanes[i % 32] = Math.FusedMultiplyAdd(leaf[i], leaf[i], lanes[i % 32]);
                }

                return ReductionOrder.Leaf(-0.0, 32, [lanes], (a, b) => a + b);
            })
            .ToArray();
        var expected = 0.0 + ReductionOrder.Pairwise(-0.0, leaves.AsSpan(), (a, b) => a + b);
        foreach (var pipeline in Pipelines)
        {
            Assert.That(Run(text, pipeline, new HostBuffer(x, [n]))[0], Is.EqualTo(expected));
        }
    }

    private static double[] Numbers(int n)
    {
        var random = new Random(n);
        return [.. Enumerable.Range(0, n).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 6)))];
    }

    private static double[] Sum(string shape, string dimensions, PassPipeline pipeline, HostBuffer x)
    {
        var kept = x.Shape.Length - dimensions.Split(',').Length;
        var result = kept == 0 ? "tensor<f64>" : "tensor<?xf64>";
        var size = dimensions == "0" ? 1 : 0;
        var text = $$"""
            func.func @f(%x: tensor<{{shape}}xf64>) -> {{result}} {
              %zero = arith.constant 0.0 : f64
              %d = arith.constant {{size}} : index
              {{(kept == 0 ? "" : $"%n = tensor.dim %x, %d : tensor<{shape}xf64>")}}
              %e = tensor.empty({{(kept == 0 ? "" : "%n")}}) : {{result}}
              %i = linalg.fill ins(%zero : f64) outs(%e : {{result}}) -> {{result}}
              %s = linalg.reduce { arith.addf } ins(%x : tensor<{{shape}}xf64>) outs(%i : {{result}}) dimensions = [{{dimensions}}]
              return %s : {{result}}
            }
            """;
        return (double[])((HostBuffer)Run(text, pipeline, x)[0]).Data;
    }

    private static object[] Run(string text, PassPipeline pipeline, HostBuffer x)
    {
        var parsed = MlirText.Parse(text, AllDialects.Registry);
        Assert.That(parsed.Value, Is.Not.Null, () => string.Join('\n', parsed.Diagnostics));
        var module = (ModuleOp)parsed.Value!;
        new PassManager(new PassManagerOptions { Verify = true }).RunOrThrow(pipeline, module);
        return InterpretedModule.Prepare(module).Invoke("f", x);
    }
}
