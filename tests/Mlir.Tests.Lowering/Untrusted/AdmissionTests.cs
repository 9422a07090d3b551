using System.Text;
using Mlir.IR;
using Mlir.IR.Text;
using Mlir.Lowering;

namespace Mlir.Tests.Lowering.Untrusted;

/// <summary>What a module from outside may hold: everything else is refused with the operation's name and place.</summary>
public sealed class AdmissionTests
{
    [TestCase("func.func @main(%x: f64) -> f64 { return %x : f64 }")]
    [TestCase("func.func private @g(%x: i1) -> i1 { return %x : i1 } func.func @main() { return }")]
    [TestCase("func.func @main(%t: tensor<?x4xf16>) -> tensor<?x4xf16> { return %t : tensor<?x4xf16> }")]
    public void Is_admitted(string text) => Assert.That(UntrustedModule.Parse(text).Body.First, Is.Not.Null);

    [TestCase(
        "func.func @main() {\n  %0 = memref.alloc() : memref<4xf32>\n  return\n}",
        "<module>(2,8): error MLIR1022: custom op 'memref.alloc' is unknown"
    )]
    [TestCase(
        "func.func @main() {\n  %0 = \"llvm.mlir.zero\"() : () -> i64\n  return\n}",
        "<module>(2,8): error MLIR1020: operation 'llvm.mlir.zero'"
    )]
    [TestCase("func.func @main(%p: !llvm.ptr) { return }", "<module>(1,21): error MLIR1024")]
    [TestCase(
        "func.func @main(%p: memref<4xf32>) {\n  return\n}",
        "'func.func' has a value of type 'memref<4xf32>', which is not admitted"
    )]
    [TestCase("func.func @main(%p: i7) { return }", "a value of type 'i7'")]
    [TestCase("func.func @main(%p: ui8) { return }", "a value of type 'ui8'")]
    [TestCase("func.func @main(%p: tensor<*xf32>) { return }", "a value of type 'tensor<*xf32>'")]
    [TestCase("func.func @main(%p: tensor<4xf32, 1>) { return }", "a value of type")]
    [TestCase("func.func @main(%p: vector<4xf32>) { return }", "a value of type 'vector<4xf32>'")]
    [TestCase("func.func @main(%p: f32 {llvm.noalias}) { return }", "carries the attribute 'arg_attrs'")]
    [TestCase("module attributes {mlir.errors = []} { }", "carries the attribute 'mlir.errors'")]
    [TestCase(
        "func.func @main() {\n  return {a}\n}",
        "<module>(2,3): error MLIR3505: 'func.return' carries the attribute 'a'"
    )]
    [TestCase("func.func private @malloc(i64) -> i64 func.func @main() { return }", "'@malloc' has no body")]
    [TestCase("func.func nested @f() { return }", "'@f' is neither public nor private")]
    [TestCase("func.func @memcpy() { return }", "'@memcpy' is not admitted")]
    [TestCase("func.func @expf() { return }", "'@expf' is not admitted")]
    [TestCase("func.func @main__packed() { return }", "'@main__packed' is not admitted")]
    [TestCase("func.func @\"a b\"() { return }", "'@a b' is not admitted")]
    [TestCase("func.func @llvm.memcpy() { return }", "'@llvm.memcpy' is not admitted")]
    [TestCase("func.func private @f() { return }", "the module has no public function")]
    [TestCase("module { module { } }", "'builtin.module' is not admitted")]
    [TestCase(
        "func.func @main(%c: i1) {\n  cf.cond_br %c, ^a, ^a\n^a:\n  return\n}",
        "'func.func' is not admitted in a module from outside: control flow must be structured"
    )]
    [TestCase("%0 = arith.constant 1 : i32 func.func @main() { return }", "a module holds functions only")]
    [TestCase(
        "func.func @main(%t: tensor<4xf32>, %u: tensor<4x4xf32>) {\n  %0 = tensor.insert_slice %t into %u[0, 0] [1, 4] [1, 1] : tensor<4xf32> into tensor<4x4xf32>\n  return\n}",
        "what is inserted has the rank of what it is inserted into"
    )]
    [TestCase(
        "func.func @main() {\n  %f = func.constant @main : () -> ()\n  func.call_indirect %f() : () -> ()\n  return\n}",
        "'func.constant' is not admitted"
    )]
    [TestCase(
        "func.func @main(%t: tensor<4xf32>, %s: tensor<1xi64>) {\n  %0 = tensor.reshape %t(%s) : (tensor<4xf32>, tensor<1xi64>) -> tensor<?xf32>\n  return\n}",
        "<module>(2,8): error MLIR3503: 'tensor.reshape' is not admitted"
    )]
    [TestCase(
        "func.func @main(%t: tensor<8xf32>, %u: tensor<4xf32>) -> tensor<4xf32> {\n  %0 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0 * 2)>, affine_map<(d0) -> (d0)>], iterator_types = [\"parallel\"]} ins(%t : tensor<8xf32>) outs(%u : tensor<4xf32>) {\n  ^bb0(%a: f32, %b: f32):\n    linalg.yield %a : f32\n  } -> tensor<4xf32>\n  return %0 : tensor<4xf32>\n}",
        "the subscript d0 * 2 is neither a loop nor a constant"
    )]
    [TestCase(
        "func.func @main(%t: tensor<4xf32>, %u: tensor<f32>) -> tensor<f32> {\n  %0 = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = [\"parallel\"]} ins(%t : tensor<4xf32>) outs(%u : tensor<f32>) {\n  ^bb0(%a: f32, %b: f32):\n    linalg.yield %a : f32\n  } -> tensor<f32>\n  return %0 : tensor<f32>\n}",
        "loop d0 is not a reduction, and destination #0 does not follow it"
    )]
    [TestCase("func.func @main() -> i32 { %0 = arith.addi %1, %1 : i32 return %0 : i32 }", "MLIR1031")]
    [TestCase("func.func @main(%x: i32) -> f32 { return %x : i32 }", "error")]
    [TestCase("", "the module has no public function")]
    public void Is_refused(string text, string message)
    {
        var exception = Assert.Throws<DiagnosticException>(() => UntrustedModule.Parse(text))!;
        Assert.That(exception.Message, Does.Contain(message));
        Assert.That(exception.Diagnostics.Select(d => d.Location.File), Has.None.Null);
    }

    [Test]
    public void Private_functions_may_be_called_like_the_C_library()
    {
        var module = UntrustedModule.Parse(
            """
            func.func private @exp(%x: f64) -> f64 { return %x : f64 }
            func.func private @fn.exp(%x: f64) -> f64 {
              %0 = func.call @exp(%x) : (f64) -> f64
              return %0 : f64
            }
            func.func @main(%x: f64) -> f64 {
              %0 = func.call @fn.exp(%x) : (f64) -> f64
              return %0 : f64
            }
            """
        );
        Assert.That(
            MlirText.Print(module),
            Does.Contain("private @fn.fn.exp").And.Contain("call @fn.fn.exp").And.Contain("call @fn.exp")
        );
        Assert.That(Verifier.Verify(module), Is.Empty);
    }

    [Test]
    public void Bytes_that_are_no_text_are_refused()
    {
        byte[] bytes = [.. "func.func @main() { return }"u8, 0xC3, 0x28];
        var exception = Assert.Throws<DiagnosticException>(() => UntrustedModule.Parse(bytes))!;
        Assert.That(exception.Message, Does.Contain("the module is not UTF-8 text: byte 28 is invalid"));
    }

    private static readonly UntrustedLimits Small = new()
    {
        MaxBytes = 4096,
        MaxOperations = 12,
        MaxBlocks = 4,
        MaxRegionDepth = 3,
        MaxValueDepth = 4,
        MaxListLength = 4,
        MaxNameLength = 32,
        MaxStringLength = 64,
        MaxConstantBytes = 64,
        MaxArrayBytes = 1024,
        MaxRank = 3,
        MaxAliasLength = 100,
        MaxExpansion = 256,
    };

    private static IEnumerable<TestCaseData> OverLimits()
    {
        static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
        static string Body(string text) => $"func.func @main() {{ {text} return }}";

        yield return Case("bytes", new string(' ', 5000), "a module of 5000 bytes is over the limit of 4096");
        yield return Case("operations", Body(Repeat("%0 = arith.constant 1 : i32 ", 9)), "redefinition");
        yield return Case(
            "operations",
            Body(string.Concat(Enumerable.Range(0, 12).Select(i => $"%{i} = arith.constant 1 : i32 "))),
            "number of operations is over the limit of 12"
        );
        yield return Case(
            "blocks",
            Body("") + Repeat("func.func @f() { return } ", 4),
            "blocks is over the limit of 4"
        );
        yield return Case(
            "regions",
            $"func.func @main(%c: i1) {{ {Repeat("scf.if %c { ", 4)} {Repeat("} ", 4)} return }}",
            "regions nested deeper than 3 levels"
        );
        yield return Case("types", $"func.func @main() attributes {{a = {Repeat("[", 9)}", "deeper than 4 levels");
        yield return Case(
            "list",
            "func.func @main(%a: i1, %b: i1, %c: i1, %d: i1, %e: i1) -> (i1, i1, i1, i1, i1) { return }",
            "over the limit of 4"
        );
        yield return Case(
            "name",
            "func.func @" + new string('m', 33) + "() { return }",
            "characters is over the limit of 32"
        );
        yield return Case(
            "string",
            $"func.func @main() attributes {{a = \"{new string('m', 80)}\"}} {{ return }}",
            "a string of 82 characters is over the limit of 64"
        );
        yield return Case("number", Body($"%0 = arith.constant {new string('1', 50)} : i32"), "over the limit of 32");
        yield return Case(
            "constant",
            Body($"%0 = arith.constant dense<[{Repeat("1, ", 15)}1]> : tensor<16xi64>"),
            "the number of bytes of dense constants is over the limit of 64"
        );
        yield return Case(
            "hex",
            Body("%0 = arith.constant dense<\"0x000102030405060708090A0B0C0D0E0F1011\"> : tensor<144xi1>"),
            "the number of bytes of dense constants is over the limit of 64"
        );
        yield return Case(
            "splat",
            Body("%0 = arith.constant dense<0.0> : tensor<129xf64>"),
            "an array of 1032 bytes or more is over the limit of 1024"
        );
        yield return Case(
            "overflow",
            Body("%0 = tensor.empty() : tensor<9999999999x9999999999xf64>"),
            "the number of elements exceeds 64 bits"
        );
        yield return Case("size", Body("%0 = tensor.empty() : tensor<99999999999999999999xf64>"), "invalid dimension");
        yield return Case("rank", Body("%0 = tensor.empty() : tensor<1x1x1x1xf64>"), "the rank is over the limit of 3");
        yield return Case(
            "aliases",
            string.Concat(Enumerable.Range(1, 30).Select(i => $"#a{i} = [#a{i - 1}, #a{i - 1}]\n"))
                .Insert(0, "#a0 = 1\n"),
            "nested deeper than 4 levels"
        );
        yield return Case(
            "alias",
            "#a = \"" + new string('x', 50) + "\"\n#b = [#a, #a]",
            "what the alias stands for, 114 characters, is over the limit of 100"
        );
        yield return Case(
            "expansion",
            "#a = \""
                + new string('x', 50)
                + "\"\nfunc.func @main() attributes {a = [#a, #a, #a], b = [#a, #a, #a]} { return }",
            "what the aliases up to here stand for, in characters, is over the limit of 256"
        );
        yield return Case(
            "locations",
            "#l = loc(\""
                + new string('x', 60)
                + "\")\n"
                + Body(string.Concat(Enumerable.Range(0, 6).Select(i => $"%{i} = arith.constant 1 : i32 loc(#l) "))),
            "what the aliases up to here stand for, in characters, is over the limit of 256"
        );

        static TestCaseData Case(string name, string text, string message) =>
            new TestCaseData(text, message).SetArgDisplayNames(name, message);
    }

    [TestCaseSource(nameof(OverLimits))]
    public void What_is_over_a_limit_is_refused_by_its_name(string text, string message)
    {
        var exception = Assert.Throws<DiagnosticException>(() =>
            UntrustedModule.Parse(Encoding.UTF8.GetBytes(text), Small)
        )!;
        Assert.That(exception.Message, Does.Contain(message));
        Assert.That(exception.Diagnostics.Select(d => d.Location.File), Has.None.Null);
    }
}
