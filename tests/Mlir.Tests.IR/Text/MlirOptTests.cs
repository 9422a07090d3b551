using Mlir.Dialects;
using Mlir.IR;
using Mlir.IR.Text;
using Mlir.Tests.Dialects;

namespace Mlir.Tests.IR.Text;

/// <summary>The real mlir-opt reads what is printed here, and prints it as it is printed here.</summary>
[TestFixture]
public sealed class MlirOptTests
{
    private static readonly AsmPrinterOptions Numbers = new() { UseNameHints = false };

    /// <summary>Text that both sides must print alike, up to the values' names that mlir-opt drops.</summary>
    private static readonly string[] SameText =
    [
        """
            "t.c"() {a = dense<[true, false, true]> : tensor<3xi1>, b = dense<"0x05"> : tensor<3xi1>, c = dense<> : tensor<0xf32>, d = 1,
              e = [1, 1.0, 2 : i32, -0.0 : f16], g = 0.1 : f32, h = dense<5> : tensor<4x4xindex>, i = array<i1: true>, k = @"a-b"::@c,
              l = dense<[(1.0, 2.0), (3.0, 4.0)]> : tensor<2xcomplex<f32>>, m = {n, "o p" = "\22\\\0A\FF"}, q = 255 : i8, r = 300 : ui16} : () -> ()
            """,
        """
            "t.types"() : () -> (tensor<?x4xf32>, tensor<*xi8>, memref<4x?xf32, strided<[?, 1], offset: ?>, 3>, memref<*xi8, 2>, vector<[4]x2xf32>,
              tuple<i1, none>, (i32) -> (f32, f64), () -> (() -> ()), complex<f64>, si7, ui9, index, bf16, f8E4M3FN, tf32, f80, f128)
            """,
        """
            "t.maps"() {a = affine_map<(d0, d1)[s0] -> (d0 floordiv 2, (d1 + 1) mod 4, d1 ceildiv s0, -d0, d0 - d1, d0 - d1 * 3, d0 * 2 - 7)>,
              b = affine_map<() -> ()>, c = affine_map<(d0) -> (d0 * 4 + 1, 7)>, d = strided<[1, -2, ?], offset: 3>} : () -> ()
            """,
        """
            %0:2 = "t.two"() : () -> (i32, i32)
            "t.region"(%0#0, %0#1) ({
            ^bb0(%arg0: i32, %arg1: f32):
              "t.br"(%arg0)[^bb1, ^bb2] : (i32) -> ()
            ^bb1:
              "t.end"() : () -> ()
            ^bb2:
              "t.br"()[^bb1] : () -> ()
            }, {
            }) : (i32, i32) -> ()
            """,
        """
            func.func private @ext(i32 {a.b = 1 : i32}, memref<?xf32>) -> (i32 {c.d})
            func.func @f(%arg0: i32, %arg1: i1) -> i32 attributes {x.y} {
              %c1 = arith.constant 1 : i32
              %c2 = arith.constant 2 : index
              %0 = arith.addi %arg0, %c1 : i32
              %1 = scf.if %arg1 -> (i32) {
                %2 = func.call @g(%0) : (i32) -> i32
                scf.yield %2 : i32
              } else {
                scf.yield %0 : i32
              }
              cf.cond_br %arg1, ^bb1(%1 : i32), ^bb2
            ^bb1(%3: i32):
              return %3 : i32
            ^bb2:
              cf.br ^bb1(%c1 : i32)
            }
            func.func @g(i32) -> i32 {
            ^bb42(%arg0: i32):
              return %arg0 : i32
            }
            """,
    ];

    [Test]
    public void BothPrintAlike()
    {
        var ours = SameText
            .Select(t => MlirText.Print(MlirText.Parse(t, AllDialects.Registry, Texts.Lenient).ValueOrThrow(), Numbers))
            .ToArray();
        var theirs = MlirOpt.Run(SameText);
        Assert.That(theirs.Select(t => t.Trim('\n')), Is.EqualTo(ours.Select(t => t.Trim('\n'))));
    }

    [Test]
    public void RandomModulesAreAccepted()
    {
        var random = new Random(11);
        var modules = Enumerable
            .Range(0, 150)
            .Select(_ => RandomModule.Build(Enumerable.Range(0, 150).Select(_ => random.Next())))
            .ToArray();
        MlirOpt.Run([.. modules.Select(m => MlirText.Print(m))]);
        MlirOpt.Run([
            .. modules.Select(m => MlirText.Print(m, new AsmPrinterOptions { Generic = true, PrintLocations = true })),
        ]);
    }

    /// <summary>Every float that prints is read by mlir-opt as the same bits.</summary>
    [Test]
    public void FloatsMeanTheSameBits()
    {
        var random = new Random(5);
        FloatType[] types = [FloatType.F16, FloatType.BF16, FloatType.F32, FloatType.F64];
        var values = Enumerable
            .Range(0, 4000)
            .Select(i =>
            {
                var type = types[i % 4];
                var bits = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
                return FloatAttr.FromBits(type, type.Width == 64 ? bits : bits & ((1UL << type.Width) - 1));
            })
            .ToArray();
        var printed = MlirOpt.Run([$"\"t.a\"() {{v = {ArrayAttr.Get([.. values])}}} : () -> ()"])[0];
        var back = MlirText.Parse(printed, AllDialects.Registry, Texts.Lenient).ValueOrThrow();
        var read = (ArrayAttr)back.Walk().Single(o => o.Name == "t.a").GetAttribute("v")!;
        Assert.That(read.Items, Is.EqualTo(values));
    }
}
