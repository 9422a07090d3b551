using System.Collections.Immutable;
using System.Text;
using Mlir.Backends;
using Mlir.Backends.Llvm;
using Mlir.Backends.Llvm.Interop;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;

namespace Mlir.Tests.Backends.Llvm;

/// <summary>Large modules are compiled in parts, on several threads, and are linked together again.</summary>
public sealed unsafe class ModulePartTests
{
    [Test]
    public void A_small_module_is_one_part() =>
        Assert.That(PartsOf(Chain("f", 10) + Chain("g", 250)), Has.Count.EqualTo(1));

    [Test]
    public void One_large_function_is_one_part() => Assert.That(PartsOf(Chain("f", 5000)), Has.Count.EqualTo(1));

    [Test]
    public void Large_functions_take_along_what_leads_to_them()
    {
        var parts = PartsOf(Chain("f", 400) + Chain("g", 500) + Caller("to_g", "g") + Caller("both", "f", "g"));
        Assert.That(
            parts.Select(p => string.Join(' ', p.Functions.Select(f => f.SymName))),
            Is.EqualTo(new[] { "g to_g", "f both" }),
            "the largest first; what belongs to none goes to the smallest"
        );
        Assert.That(parts[0].Shared, Is.EquivalentTo(new[] { "g" }), "to_g and both name f and g");
    }

    [Test]
    public void There_are_no_more_than_eight_parts()
    {
        var text = string.Concat(Enumerable.Range(0, 30).Select(i => Chain($"f{i}", 300 + i)));
        var parts = PartsOf(text);
        Assert.That(parts, Has.Count.EqualTo(8));
        Assert.That(parts.SelectMany(p => p.Functions).Select(f => f.SymName).Distinct().Count(), Is.EqualTo(30));
    }

    [Test]
    public void A_module_with_memory_of_its_own_is_not_cut()
    {
        var text = Chain("f", 400) + Chain("g", 400);
        Assert.That(PartsOf(text + "llvm.mlir.global internal @counter(0 : i64) : i64\n"), Has.Count.EqualTo(1));
        Assert.That(
            PartsOf(
                text + "llvm.mlir.global internal constant @table(dense<1> : tensor<4xi64>) : !llvm.array<4 x i64>\n"
            ),
            Has.Count.EqualTo(2)
        );
    }

    [TestCase(LlvmOptimization.Full)]
    [TestCase(LlvmOptimization.None)]
    public void Parts_call_each_other_and_share_constants(LlvmOptimization optimization)
    {
        // main = f(g(x)) by an address and by a name; both read a constant.
        var text =
            Chain("f", 400, "internal ", "@offset")
            + Chain("g", 500, "internal ", "@offset")
            + "llvm.mlir.global internal constant @offset(7 : i64) : i64\n"
            + """
                llvm.func @main__packed(%x: i64) -> i64 {
                  %g = llvm.mlir.addressof @g : !llvm.ptr
                  %y = llvm.call %g(%x) : !llvm.ptr, (i64) -> i64
                  %z = llvm.call @f(%y) : (i64) -> i64
                  llvm.return %z : i64
                }
                """;
        var lowered = new LoweredModule(
            Parse(text),
            [new FunctionInterface("main", new Mlir.Runtime.KernelSignature([], []))],
            []
        );
        var options = new LlvmOptions { Optimization = optimization };
        var code = LlvmJit.EmitCode(lowered, options);
        Assert.That(code.ObjectFiles, Has.Length.EqualTo(2));
        Assert.That(code.Symbols, Is.EqualTo(new[] { "main__packed" }.ToImmutableArray()));

        var again = LlvmJit.EmitCode(lowered, options);
        Assert.That(
            again.ObjectFiles.Select(o => o.ToArray()),
            Is.EqualTo(code.ObjectFiles.Select(o => o.ToArray())),
            "equal modules, equal objects"
        );

        var objects = code.ObjectFiles.Select(o => LLVMMemoryBufferHandle.Copy(o.Span, "object")).ToArray();
        using var linked = OrcJit.Load(objects, code.Symbols);
        var main = (delegate* unmanaged<long, long>)linked.Find("main__packed");
        Assert.That(main(1), Is.EqualTo(1 + (400 * 3) + 7 + (500 * 3) + 7));
        using var compiled = LlvmJit.Compile(lowered, options);
        Assert.That(compiled.FindNative("main"), Is.Not.Null);
    }

    [Test]
    public void What_a_part_cannot_do_is_said_as_for_a_whole_module()
    {
        var text =
            Chain("f", 400) + Chain("g", 400) + "llvm.func @h(%x: i64) { \"test.op\"(%x) : (i64) -> ()\n llvm.return }";
        var lowered = new LoweredModule(
            (ModuleOp)MlirText.Parse(text, AllDialects.Registry, new ParserOptions { AllowUnregistered = true }).Value!,
            [],
            []
        );
        Assert.Throws<Mlir.IR.DiagnosticException>(() => LlvmJit.EmitCode(lowered));
    }

    private static IReadOnlyList<ModulePart> PartsOf(string text) => ModulePart.Of(Parse(text));

    private static ModuleOp Parse(string text) => (ModuleOp)MlirText.Parse(text, AllDialects.Registry).ValueOrThrow();

    // x + 3 + 3 + …; at last plus a constant, if there is one.
    private static string Chain(string name, int length, string linkage = "", string? constant = null)
    {
        var text = new StringBuilder(
            $"llvm.func {linkage}@{name}(%x0: i64) -> i64 {{\n%three = llvm.mlir.constant(3 : i64) : i64\n"
        );
        for (var i = 0; i < length; i++)
        {
            text.Append($"%x{i + 1} = llvm.add %x{i}, %three : i64\n");
        }

        if (constant is not null)
        {
            text.Append($"%p = llvm.mlir.addressof {constant} : !llvm.ptr\n%c = llvm.load %p : !llvm.ptr -> i64\n");
            text.Append($"%r = llvm.add %x{length}, %c : i64\nllvm.return %r : i64\n}}\n");
            return text.ToString();
        }

        return text.Append($"llvm.return %x{length} : i64\n}}\n").ToString();
    }

    private static string Caller(string name, params string[] functions) =>
        $"llvm.func @{name}(%x: i64) {{\n"
        + string.Concat(functions.Select((f, i) => $"%y{i} = llvm.call @{f}(%x) : (i64) -> i64\n"))
        + "llvm.return\n}\n";
}
