using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;
using Mlir.Lowering;

namespace Mlir.Tests.Lowering;

/// <summary>What the compiler says about its loops is what the formulas of the program say.</summary>
public sealed class ExplanationTests
{
    private const string Softmax = """
        func.func @f(%x: tensor<?x?xf32>) -> tensor<?x?xf32> {
          %c0 = arith.constant 0 : index
          %c1 = arith.constant 1 : index
          %r = tensor.dim %x, %c0 : tensor<?x?xf32>
          %c = tensor.dim %x, %c1 : tensor<?x?xf32>
          %zero = arith.constant 0.0 : f32
          %e = math.exp %x : tensor<?x?xf32>
          %e1 = tensor.empty(%r) : tensor<?xf32>
          %e2 = tensor.empty(%r, %c) : tensor<?x?xf32>
          %z = linalg.fill ins(%zero : f32) outs(%e1 : tensor<?xf32>) -> tensor<?xf32>
          %s = linalg.reduce { arith.addf } ins(%e : tensor<?x?xf32>) outs(%z : tensor<?xf32>) dimensions = [1]
          %b = linalg.broadcast ins(%s : tensor<?xf32>) outs(%e2 : tensor<?x?xf32>) dimensions = [1]
          %y = arith.divf %e, %b : tensor<?x?xf32>
          return %y : tensor<?x?xf32>
        }
        """;

    private const string TwoSlices = """
        func.func @f(%x: tensor<?xf64>, %n: index) -> tensor<?xf64> {
          %t = math.exp %x : tensor<?xf64>
          %a = tensor.extract_slice %t[1] [%n] [1] : tensor<?xf64> to tensor<?xf64>
          %b = tensor.extract_slice %t[0] [%n] [1] : tensor<?xf64> to tensor<?xf64>
          %0 = arith.subf %a, %b : tensor<?xf64>
          return %0 : tensor<?xf64>
        }
        """;

    private const string Stencil = """
        func.func @f(%u: tensor<?xf64>) -> tensor<?xf64> {
          %c0 = arith.constant 0 : index
          %c1 = arith.constant 1 : index
          %n = tensor.dim %u, %c0 : tensor<?xf64>
          %m = arith.subi %n, %c1 : index
          %d = arith.addf %u, %u : tensor<?xf64>
          %a = tensor.extract_slice %d[1] [%m] [1] : tensor<?xf64> to tensor<?xf64>
          %b = tensor.extract_slice %d[0] [%m] [1] : tensor<?xf64> to tensor<?xf64>
          %0 = arith.subf %a, %b : tensor<?xf64>
          return %0 : tensor<?xf64>
        }
        """;

    [Test]
    public void Rows_are_read_once_and_nothing_lies_between_their_steps()
    {
        var explained = Explain(Softmax);
        Assert.That(explained.Temporaries, Is.Empty);
        Assert.That(explained.Loops, Has.Length.EqualTo(1));
        var loop = explained.Loops[0];
        long[]?[] shapes =
        [
            [64, 1000],
        ];
        Assert.That(loop.BytesRead.Evaluate(shapes), Is.EqualTo(64 * 1000 * sizeof(float)));
        Assert.That(loop.BytesWritten.Evaluate(shapes), Is.EqualTo(64 * 1000 * sizeof(float)));
        // The exponentials lie in the row of the result; only the sum of a row lies elsewhere.
        Assert.That(loop.Scratch.Evaluate(shapes), Is.EqualTo(sizeof(float)));
        Assert.That(loop.BytesRead.ToString(), Is.EqualTo("4·x.Lengths[0]·x.Lengths[1]"));
        Assert.That(explained.For(shapes).ToString(), Does.Contain("= 256,000 bytes: x"));
    }

    [Test]
    public void An_array_that_is_made_has_a_reason()
    {
        var explained = Explain(TwoSlices);
        Assert.That(explained.Loops, Has.Length.EqualTo(2));
        Assert.That(explained.Temporaries, Has.Length.EqualTo(1));
        Assert.That(
            explained
                .Temporaries[0]
                .Bytes.Evaluate([
                    [1000],
                    null,
                ]),
            Is.EqualTo(1000 * sizeof(double))
        );
        Assert.That(explained.Temporaries[0].Reason, Does.Contain("computing an element again (20 operations)"));
        Assert.That(explained.ToString(), Does.Contain("1 temporary array of 8·x.FlattenedLength bytes"));
    }

    [Test]
    public void Shifted_slices_are_one_reading_of_their_array()
    {
        var explained = Explain(Stencil);
        Assert.That(explained.Temporaries, Is.Empty);
        var read = explained.Loops.Single().Reads.Single();
        Assert.That((read.Name, read.Parts), Is.EqualTo(("u", 2)));
        Assert.That(
            read.Bytes.Evaluate([
                [1000],
            ]),
            Is.EqualTo(999 * sizeof(double))
        );
        Assert.That(explained.Loops[0].IsMemoryBound, Is.True);
    }

    [Test]
    public void The_module_is_left_as_it_was()
    {
        var module = Parse(Softmax);
        var before = module.ToString();
        _ = KernelExplanation.Of(module, CpuLowering.Llvm);
        Assert.That(module.ToString(), Is.EqualTo(before));
    }

    private static KernelExplanation Explain(string text) =>
        KernelExplanation.Of(Parse(text), CpuLowering.Llvm).Single();

    private static ModuleOp Parse(string text) => (ModuleOp)MlirText.Parse(text, AllDialects.Registry).Value!;
}
