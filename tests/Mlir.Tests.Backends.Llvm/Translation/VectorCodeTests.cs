using Mlir.Backends.Llvm.Translation;
using Mlir.Dialects;
using Mlir.Dialects.Llvm;
using Mlir.IR.Text;

namespace Mlir.Tests.Backends.Llvm.Translation;

/// <summary>Which functions need LLVM's vectorisers.</summary>
public sealed class VectorCodeTests
{
    private const string VectorLoop = """
        llvm.func @f(%p: !llvm.ptr, %n: i64) {
          %zero = llvm.mlir.constant(0 : i64) : i64
          %step = llvm.mlir.constant(8 : i64) : i64
          llvm.br ^head(%zero : i64)
        ^head(%i: i64):
          %more = llvm.icmp "slt" %i, %n : i64
          llvm.cond_br %more, ^body, ^done
        ^body:
          %a = llvm.getelementptr %p[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f64
          %v = llvm.load %a : !llvm.ptr -> vector<8xf64>
          %w = llvm.fadd %v, %v : vector<8xf64>
          llvm.store %w, %a : vector<8xf64>, !llvm.ptr
          %j = llvm.add %i, %step : i64
          llvm.br ^head(%j : i64)
        ^done:
          llvm.return
        }
        """;

    [Test]
    public void A_loop_over_vectors_is_complete() => Assert.That(IsComplete(VectorLoop), Is.True);

    [Test]
    public void A_loop_over_scalars_is_not() =>
        Assert.That(IsComplete(VectorLoop.Replace("vector<8xf64>", "f64")), Is.False);

    [Test]
    public void One_loop_over_scalars_beside_another_is_enough() =>
        Assert.That(IsComplete(VectorLoop + VectorLoop.Replace("@f", "@g").Replace("vector<8xf64>", "f64")), Is.False);

    [Test]
    public void A_loop_around_one_over_scalars_does_not_hide_it() =>
        Assert.That(
            IsComplete(
                """
                llvm.func @f(%p: !llvm.ptr, %c: i1) {
                  llvm.br ^outer
                ^outer:
                  %v = llvm.load %p : !llvm.ptr -> vector<8xf64>
                  llvm.store %v, %p : vector<8xf64>, !llvm.ptr
                  llvm.br ^inner
                ^inner:
                  %s = llvm.load %p : !llvm.ptr -> f64
                  llvm.store %s, %p : f64, !llvm.ptr
                  llvm.cond_br %c, ^inner, ^next
                ^next:
                  llvm.cond_br %c, ^outer, ^done
                ^done:
                  llvm.return
                }
                """
            ),
            Is.False
        );

    [Test]
    public void Without_vectors_there_is_nothing_that_would_be_complete() =>
        Assert.That(IsComplete("llvm.func @f(%a: f64) -> f64 { llvm.return %a : f64 }"), Is.False);

    private static bool IsComplete(string text) =>
        VectorCode.IsComplete(
            MlirText.Parse(text, AllDialects.Registry).Value!.Regions[0].Single.Operations.OfType<LLVMFuncOp>()
        );
}
