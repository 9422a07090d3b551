using System.Globalization;
using System.Text;
using Mlir.Lowering;

namespace Mlir.Tests.Lowering.Untrusted;

/// <summary>Modules at the limits, deep or wide, go all the way down to the llvm dialect, or are refused with a place.</summary>
public sealed class LargeModuleTests
{
    private static readonly PassPipeline AllTheWay = [new GenerateRuntimeVerification(), .. CpuLowering.Llvm];

    private static string Function(string parameters, string body, string result, string type) =>
        $"func.func @main({parameters}) -> {type} {{\n{body}return {result} : {type}\n}}\n";

    private static string Lines(int count, Func<int, string> line)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            text.Append(line(i)).Append('\n');
        }

        return text.ToString();
    }

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<TestCaseData> Shapes()
    {
        const int Long = 5_000;
        yield return Case(
            "a long chain of scalars",
            Function(
                "%v0: i32",
                Lines(Long, i => $"%v{N(i + 1)} = arith.xori %v{N(i)}, %v{N(i / 2)} : i32"),
                $"%v{N(Long)}",
                "i32"
            )
        );
        yield return Case(
            "a long chain of divisions",
            Function(
                "%v0: i32",
                Lines(Long, i => $"%v{N(i + 1)} = arith.divsi %v{N(i)}, %v{N(i / 2)} : i32"),
                $"%v{N(Long)}",
                "i32"
            )
        );
        yield return Case(
            "a long chain of tensors",
            Function(
                "%v0: tensor<?xf32>",
                Lines(1_000, i => $"%v{N(i + 1)} = arith.addf %v{N(i)}, %v{N(i / 2)} : tensor<?xf32>"),
                "%v1000",
                "tensor<?xf32>"
            )
        );
        yield return Case(
            "a chain of sizes",
            Function(
                "%v0: tensor<?xf32>",
                "%c0 = arith.constant 0 : index\n"
                    + Lines(
                        1_000,
                        i =>
                            $"%d{N(i)} = tensor.dim %v{N(i)}, %c0 : tensor<?xf32>\n%v{N(i + 1)} = tensor.empty(%d{N(i)}) : tensor<?xf32>"
                    ),
                "%v1000",
                "tensor<?xf32>"
            )
        );
        yield return Case(
            "many shapes",
            Function(
                string.Join(", ", Enumerable.Range(0, 500).Select(i => $"%v{N(i)}: tensor<?xf32>")),
                Lines(499, i => $"%r{N(i)} = arith.addf %v{N(i)}, %v{N(i + 1)} : tensor<?xf32>"),
                "%r498",
                "tensor<?xf32>"
            )
        );
        yield return Case(
            "deep control flow",
            "func.func @main(%c: i1, %x: tensor<?xi32>) -> i32 {\n%i = arith.constant 0 : index\n"
                + Lines(60, i => $"%r{N(i)} = scf.if %c -> (i32) {{")
                + "%e = tensor.extract %x[%i] : tensor<?xi32>\nscf.yield %e : i32\n"
                + Lines(
                    60,
                    i =>
                        $"}} else {{\n%z{N(i)} = arith.constant 0 : i32\nscf.yield %z{N(i)} : i32\n}}\n"
                        + (i < 59 ? $"scf.yield %r{N(59 - i)} : i32" : "")
                )
                + "return %r0 : i32\n}\n"
        );
        yield return Case(
            "many calls",
            "func.func private @f0(%x: i32) -> i32 { return %x : i32 }\n"
                + Lines(
                    20,
                    i =>
                        $"func.func private @f{N(i + 1)}(%x: i32) -> i32 {{ %a = func.call @f{N(i)}(%x) : (i32) -> i32 %b = func.call @f{N(i)}(%a) : (i32) -> i32 return %b : i32 }}"
                )
                + Function("%x: i32", "%r = func.call @f20(%x) : (i32) -> i32\n", "%r", "i32")
        );
        yield return Case(
            "many assertions",
            Function(
                "%t: tensor<?xf32>, %i: index",
                Lines(2_000, i => $"%v{N(i)} = tensor.extract %t[%i] : tensor<?xf32>"),
                "%v0",
                "f32"
            )
        );

        static TestCaseData Case(string name, string text) => new TestCaseData(text).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Shapes))]
    public void Large_modules_are_lowered_or_refused(string text)
    {
        var module = UntrustedModule.Parse(text);
        var result = new PassManager().Run(AllTheWay, module);
        Assert.That(
            result.Succeeded || result.Diagnostics.All(d => d.Location.File is not null),
            Is.True,
            () => string.Join('\n', result.Diagnostics)
        );
    }
}
