using System.Diagnostics;
using System.Text.RegularExpressions;
using Mlir.Backends.Llvm;
using Mlir.Backends.Llvm.Translation;
using Mlir.Dialects;
using Mlir.IR;
using Mlir.IR.Text;

namespace Mlir.Tests.Backends.Llvm;

/// <summary>The <c>llvm</c> dialect → LLVM IR: as mlir-translate does it, op by op, and running.</summary>
public sealed unsafe partial class TranslationTests
{
    private static readonly LlvmOptions AsWritten = new() { Optimization = LlvmOptimization.None };

    private static IEnumerable<TestCaseData> Cases() =>
        Directory
            .EnumerateFiles(Path.Combine(TestContext.CurrentContext.TestDirectory, "Translation"), "*.mlir")
            .Order(StringComparer.Ordinal)
            .SelectMany(static file =>
                File.ReadAllText(file)
                    .Split("// -----")
                    .Select((text, i) => new TestCaseData(text).SetArgDisplayNames(Path.GetFileName(file), $"{i}"))
            );

    internal static Operation Parse(string text)
    {
        var result = MlirText.Parse(text, AllDialects.Registry);
        return result.Value
            ?? throw new InvalidOperationException(string.Join(Environment.NewLine, result.Diagnostics));
    }

    internal static NativeCode Compile(string text, LlvmOptions? options = null)
    {
        var how = options ?? LlvmOptions.Default;
        return LlvmCompiler.Load(how, context => ModuleTranslator.Translate(context, Parse(text), how));
    }

    [TestCaseSource(nameof(Cases))]
    public void Every_op_passes_the_verifier_and_the_code_generator(string text)
    {
        Assert.That(LlvmJit.EmitObject(Parse(text)), Is.Not.Empty);
        Assert.That(LlvmJit.EmitObject(Parse(text), AsWritten), Is.Not.Empty);
    }

    [TestCaseSource(nameof(Cases))]
    public void Every_op_becomes_what_mlir_translate_makes_of_it(string text)
    {
        if (LlvmLibrary.Version.Major != 22 || MlirTranslate() is not { } tool)
        {
            Assert.That(
                Environment.GetEnvironmentVariable("REQUIRE_MLIR_TOOLS") == "1" && LlvmLibrary.Version.Major == 22,
                Is.False,
                "mlir-translate of version 22 is required: apt-get install mlir-22-tools"
            );
            return;
        }

        Assert.That(
            Normalize(LlvmJit.EmitLlvmIr(Parse(text), AsWritten)),
            Is.EqualTo(Normalize(Translate(tool, text)))
        );
    }

    [Test]
    public void Two_edges_between_the_same_blocks_bring_their_own_values()
    {
        using var code = Compile(
            """
            llvm.func @f(%c: i1, %a: i64, %b: i64) -> i64 {
              llvm.cond_br %c, ^join(%a : i64), ^join(%b : i64)
            ^join(%r: i64):
              llvm.return %r : i64
            }
            """
        );
        var f = (delegate* unmanaged<byte, long, long, long>)code.Find("f");
        Assert.That((f(1, 5, 7), f(0, 5, 7)), Is.EqualTo((5L, 7L)));
    }

    [Test]
    public void Blocks_may_come_in_any_order()
    {
        using var code = Compile(
            """
            llvm.func @f(%a: i64) -> i64 {
              llvm.br ^last
            ^first:
              %1 = llvm.mul %0, %a : i64
              llvm.return %1 : i64
            ^last:
              %0 = llvm.add %a, %a : i64
              llvm.br ^first
            }
            """
        );
        Assert.That(((delegate* unmanaged<long, long>)code.Find("f"))(3), Is.EqualTo(18));
    }

    [Test]
    public void Nested_structures_are_taken_apart_and_put_together()
    {
        using var code = Compile(
            """
            llvm.func @f(%a: i64, %b: i64) -> i64 {
              %0 = llvm.mlir.undef : !llvm.struct<(i64, struct<(i64, array<2 x i64>)>)>
              %1 = llvm.insertvalue %a, %0[1, 1, 0] : !llvm.struct<(i64, struct<(i64, array<2 x i64>)>)>
              %2 = llvm.insertvalue %b, %1[1, 1, 1] : !llvm.struct<(i64, struct<(i64, array<2 x i64>)>)>
              %3 = llvm.extractvalue %2[1, 1, 0] : !llvm.struct<(i64, struct<(i64, array<2 x i64>)>)>
              %4 = llvm.extractvalue %2[1, 1, 1] : !llvm.struct<(i64, struct<(i64, array<2 x i64>)>)>
              %5 = llvm.sub %3, %4 : i64
              llvm.return %5 : i64
            }
            """
        );
        Assert.That(((delegate* unmanaged<long, long, long>)code.Find("f"))(10, 4), Is.EqualTo(6));
    }

    [Test]
    public void Loop_hints_reach_the_loop()
    {
        var text = LlvmJit.EmitLlvmIr(
            Parse(
                """
                llvm.func @f(%n: i64) -> i64 {
                  %zero = llvm.mlir.constant(0 : i64) : i64
                  %one = llvm.mlir.constant(1 : i64) : i64
                  llvm.br ^loop(%zero : i64)
                ^loop(%i: i64):
                  %next = llvm.add %i, %one : i64
                  %more = llvm.icmp "slt" %next, %n : i64
                  llvm.cond_br %more, ^loop(%next : i64), ^exit {mlir.loop = {unroll.disable, vectorize.width = 8 : i32}}
                ^exit:
                  llvm.return %n : i64
                }
                """
            ),
            AsWritten
        );
        Assert.That(
            text,
            Does.Contain("!llvm.loop")
                .And.Contain("\"llvm.loop.unroll.disable\"")
                .And.Contain("\"llvm.loop.vectorize.width\", i32 8")
        );
    }

    [Test]
    public void What_one_call_names_goes_in_its_place()
    {
        var text = LlvmJit.EmitLlvmIr(
            Parse(
                """
                llvm.func internal @once(%x: i64) -> i64 {
                  llvm.return %x : i64
                }
                llvm.func internal @twice(%x: i64) -> i64 {
                  llvm.return %x : i64
                }
                llvm.func internal @apart(%x: i64) -> i64 attributes {passthrough = ["noinline"]} {
                  llvm.return %x : i64
                }
                llvm.func @f(%x: i64) -> i64 {
                  %0 = llvm.call @once(%x) : (i64) -> i64
                  %1 = llvm.call @twice(%0) : (i64) -> i64
                  %2 = llvm.call @twice(%1) : (i64) -> i64
                  %3 = llvm.call @apart(%2) : (i64) -> i64
                  llvm.return %3 : i64
                }
                """
            ),
            AsWritten with
            {
                Passes = "always-inline",
            }
        );
        Assert.That(text, Does.Not.Contain("@once").And.Contain("call i64 @twice").And.Contain("call i64 @apart"));
    }

    [Test]
    public void A_hundred_thousand_ops_and_blocks_need_no_stack()
    {
        var text = new System.Text.StringBuilder("llvm.func @f(%x: i64) -> i64 {\n  %v0 = llvm.add %x, %x : i64\n");
        for (var i = 1; i < 100_000; i++)
        {
            text.Append($"  %v{i} = llvm.xor %v{i - 1}, %x : i64\n");
            if (i % 100 == 0)
            {
                text.Append($"  llvm.br ^b{i}\n^b{i}:\n");
            }
        }

        text.Append("  llvm.return %v99999 : i64\n}\n");
        var ir = LlvmJit.EmitLlvmIr(Parse(text.ToString()), AsWritten);
        Assert.That(ir, Does.Contain("ret i64"));
    }

    [TestCase("f80", "llvm.func @f(%x: f80) -> f80 {\n  llvm.return %x : f80\n}", "f80 is a format of x86")]
    [TestCase("scalable", "llvm.func @f(%x: vector<[4]xf32>) {\n  llvm.return\n}", "vectors of unknown length")]
    [TestCase("address space", "llvm.func @f(%x: !llvm.ptr<3>) {\n  llvm.return\n}", "there is no address space 3")]
    [TestCase("another dialect", "func.func @f() {\n  return\n}", "'func.func' has no translation to LLVM IR")]
    public void What_the_target_cannot_do_is_a_located_diagnostic(string what, string text, string expected)
    {
        var options = new LlvmOptions { Target = new LlvmTarget("aarch64-linux-gnu") };
        var error = Assert.Throws<DiagnosticException>(() => LlvmJit.EmitObject(Parse(text), options));
        Assert.That(error!.Message, Does.Contain(expected).And.Contain("<string>(1,"), what);
    }

    private static string? MlirTranslate() =>
        new[] { "/usr/lib/llvm-22/bin/mlir-translate", "/usr/bin/mlir-translate-22" }.FirstOrDefault(File.Exists);

    private static string Translate(string tool, string text)
    {
        var start = new ProcessStartInfo(tool, ["--mlir-to-llvmir", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(text);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, errors.Result);
        return output.Result;
    }

    /// <summary>
    /// Definitions and globals without what every function of ours promises and mlir-translate's does not, numbers of metadata, and
    /// the order in which blocks are listed as predecessors.
    /// </summary>
    private static string Normalize(string text) =>
        string.Join(
            '\n',
            text.Split('\n')
                .Select(static line => Comment().Replace(line, ""))
                .Select(static line => Number().Replace(line, "$1").TrimEnd())
                .Select(static line => Incoming().Replace(line, SortIncoming))
                .Where(static line =>
                    line.Length > 0
                    && !line.StartsWith(';')
                    && !line.StartsWith('!')
                    && !line.StartsWith("source_filename", StringComparison.Ordinal)
                    && !line.StartsWith("target ", StringComparison.Ordinal)
                    && !line.StartsWith("attributes ", StringComparison.Ordinal)
                    && !line.StartsWith("declare ", StringComparison.Ordinal)
                )
        );

    private static string SortIncoming(Match phi) =>
        string.Join(
            ", ",
            phi.Value.Split("], ").Select(static pair => pair.TrimEnd(']') + "]").Order(StringComparer.Ordinal)
        );

    [GeneratedRegex("; preds.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@" #\d+|(!)\d+")]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<= phi \S+ )\[.*\]")]
    private static partial Regex Incoming();
}
