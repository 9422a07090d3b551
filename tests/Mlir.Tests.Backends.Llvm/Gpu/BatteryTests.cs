using System.Text;
using Mlir.Backends.Llvm;
using Mlir.Backends.Llvm.Gpu;
using Mlir.Dialects;
using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Tests.Backends.Llvm.Gpu;

/// <summary>Each operation that the table lets through, on each of its types, compiles on each GPU: LLVM would end the process otherwise.</summary>
public sealed class BatteryTests
{
    /// <summary>Kernels are made by the version that the project is built against; older ones have no SPIR-V.</summary>
    [SetUp]
    public void Newest() => Assume.That(LlvmLibrary.Version.Major, Is.EqualTo(22));

    private static readonly string[] Integers = ["i1", "i8", "i16", "i32", "i64"];
    private static readonly string[] Floats = ["f16", "f32", "f64"];
    private static readonly Type[] Unary =
    [
        typeof(AbsOp),
        typeof(CtPopOp),
        typeof(CountLeadingZerosOp),
        typeof(CountTrailingZerosOp),
        typeof(FNegOp),
        typeof(FAbsOp),
        typeof(FCeilOp),
        typeof(FFloorOp),
        typeof(FTruncOp),
        typeof(RoundOp),
        typeof(RoundEvenOp),
        typeof(SqrtOp),
    ];

    [TestCase(true)]
    [TestCase(false)]
    public void Every_listed_operation_compiles(bool isPtx)
    {
        var battery = new Battery(isPtx ? "ptx_kernelcc" : "spir_kernelcc");
        foreach (var type in Integers)
        {
            battery.AddEach(GpuOpcodes.Integers, type);
            battery.Add("llvm.icmp", "<{predicate = 2 : i64}>", type, type, "i1");
        }

        foreach (var type in Floats)
        {
            battery.AddEach(
                isPtx || type != "f16" ? GpuOpcodes.Floats : GpuOpcodes.Floats.Except(GpuOpcodes.Functions),
                type
            );
            battery.AddEach(isPtx ? GpuOpcodes.PtxOnly : [], type);
            battery.Add("llvm.fcmp", "<{predicate = 4 : i64}>", type, type, "i1");
            battery.Add("llvm.intr.is.fpclass", "<{bit = 519 : i32}>", type, "i1");
            foreach (var integer in Integers)
            {
                battery.Add("llvm.sitofp", "", integer, type);
                battery.Add("llvm.uitofp", "", integer, type);
                if (integer != "i1")
                {
                    battery.Add("llvm.fptosi", "", type, integer);
                    battery.Add("llvm.fptoui", "", type, integer);
                }
            }
        }

        AddWidths(battery, Integers, "llvm.sext", "llvm.zext", "llvm.trunc");
        AddWidths(battery, Floats, "llvm.fpext", "llvm.fpext", "llvm.fptrunc");
        foreach (
            var (integer, real) in (ReadOnlySpan<(string, string)>)[("i16", "f16"), ("i32", "f32"), ("i64", "f64")]
        )
        {
            battery.Add("llvm.bitcast", "", integer, real);
            battery.Add("llvm.bitcast", "", real, integer);
        }

        if (isPtx)
        {
            AddWidths(battery, ["bf16", "f32"], "llvm.fpext", "llvm.fpext", "llvm.fptrunc");
            AddWidths(battery, ["bf16", "f64"], "llvm.fpext", "llvm.fpext", "llvm.fptrunc");
            battery.Add("llvm.bitcast", "", "i16", "bf16");
            battery.Add("llvm.bitcast", "", "bf16", "i16");
            foreach (var name in (ReadOnlySpan<string>)["add", "sub", "mul", "and", "or", "xor", "shl", "lshr", "ashr"])
            {
                battery.AddWide(name);
            }
        }

        var module = TranslationTests.Parse(battery.Text);
        var text = LlvmJit.EmitAssembly(
            module,
            new LlvmOptions { Target = isPtx ? GpuCompiler.PtxTarget : GpuCompiler.SpirvTarget, Passes = "default<O2>" }
        );
        Assert.That(text, Does.Contain($"k{battery.Count - 1}"));
        Assert.That(text, Does.Not.Contain("call."), "a function that nobody links");
    }

    [TestCase(
        "nvptx64-nvidia-cuda",
        "llvm.intr.masked.load",
        "!llvm.ptr, vector<4xi1>",
        "vector<4xf32>",
        "<{alignment = 4 : i32}>"
    )]
    [TestCase("spirv64v1.2-unknown-unknown", "llvm.intr.maximum", "f32, f32", "f32", "")]
    [TestCase("spirv64v1.2-unknown-unknown", "llvm.intr.sqrt", "f16", "f16", "")]
    [TestCase("nvptx64-nvidia-cuda", "llvm.frem", "f64, f64", "f64", "")] // LLVM rounds the quotient
    [TestCase("nvptx64-nvidia-cuda", "llvm.fadd", "bf16, bf16", "bf16", "")]
    [TestCase("nvptx64-nvidia-cuda", "llvm.fptosi", "f32", "i1", "")]
    [TestCase("nvptx64-nvidia-cuda", "llvm.sdiv", "i128, i128", "i128", "")]
    [TestCase("spirv64v1.2-unknown-unknown", "nvvm.read.ptx.sreg.tid.x", "", "i32", "")]
    [TestCase("x86_64-unknown-linux-gnu", "nvvm.read.ptx.sreg.tid.x", "", "i32", "")]
    public void What_is_not_listed_is_refused_by_name(
        string triple,
        string op,
        string operands,
        string result,
        string properties
    )
    {
        var types = operands.Split(", ", StringSplitOptions.RemoveEmptyEntries);
        var arguments = string.Join(", ", types.Select((t, i) => $"%a{i}: {t}"));
        var values = string.Join(", ", types.Select((_, i) => $"%a{i}"));
        var text = $$"""
            llvm.func @f({{arguments}}) {
              %r = "{{op}}"({{values}}) {{properties}} : ({{operands}}) -> {{result}}
              llvm.return
            }
            """;
        Assert.That(
            () =>
                LlvmJit.EmitAssembly(TranslationTests.Parse(text), new LlvmOptions { Target = new LlvmTarget(triple) }),
            Throws.TypeOf<DiagnosticException>().With.Message.Contains(op)
        );
    }

    private static void AddWidths(Battery battery, string[] types, string signed, string unsigned, string narrow)
    {
        for (var i = 0; i < types.Length; i++)
        {
            for (var j = i + 1; j < types.Length; j++)
            {
                battery.Add(signed, "", types[i], types[j]);
                battery.Add(unsigned, "", types[i], types[j]);
                battery.Add(narrow, "", types[j], types[i]);
            }
        }
    }

    /// <summary>A module with a kernel for each operation and type.</summary>
    private sealed class Battery(string convention)
    {
        private readonly StringBuilder _text = new();
        private static readonly OpDefinition[] Definitions =
        [
            .. AllDialects.Registry.Dialects.Single(d => d.Name == "llvm").Ops,
        ];

        public string Text => _text.ToString();

        public int Count { get; private set; }

        public void AddEach(IEnumerable<Type> operations, string type)
        {
            foreach (var operation in operations)
            {
                var name = Definitions
                    .Single(d =>
                        d.Create.Method.DeclaringType!.FullName!.StartsWith(
                            operation.FullName!,
                            StringComparison.Ordinal
                        )
                    )
                    .Name;
                var properties =
                    operation == typeof(AbsOp) ? "<{is_int_min_poison = false}>"
                    : operation == typeof(CountLeadingZerosOp) || operation == typeof(CountTrailingZerosOp)
                        ? "<{is_zero_poison = false}>"
                    : "";
                var operands =
                    operation == typeof(FMAOp) ? 3
                    : Unary.Contains(operation) ? 1
                    : 2;
                Add(name, properties, [.. Enumerable.Repeat(type, operands + 1)]);
            }
        }

        /// <summary>A kernel that reads the operands, computes and writes the result; the last type is the result's.</summary>
        public void Add(string name, string properties, params string[] types)
        {
            _text.AppendLine($"llvm.func {convention} @k{Count++}(%p: !llvm.ptr<1>, %q: !llvm.ptr<1>) {{");
            var operands = types[..^1];
            for (var i = 0; i < operands.Length; i++)
            {
                _text.AppendLine($"  %a{i} = llvm.getelementptr %p[{i}] : (!llvm.ptr<1>) -> !llvm.ptr<1>, f64");
                _text.AppendLine(
                    operands[i] == "i1"
                        ? $"  %b{i} = llvm.load %a{i} {{alignment = 1 : i64}} : !llvm.ptr<1> -> i8\n  %v{i} = llvm.trunc %b{i} : i8 to i1"
                        : $"  %v{i} = llvm.load %a{i} {{alignment = 8 : i64}} : !llvm.ptr<1> -> {operands[i]}"
                );
            }

            var values = string.Join(", ", operands.Select((_, i) => $"%v{i}"));
            _text.AppendLine(
                $"  %r = \"{name}\"({values}) {properties} : ({string.Join(", ", operands)}) -> {types[^1]}"
            );
            _text.AppendLine(
                types[^1] == "i1"
                    ? "  %z = llvm.zext %r : i1 to i8\n  llvm.store %z, %q {alignment = 1 : i64} : i8, !llvm.ptr<1>"
                    : $"  llvm.store %r, %q {{alignment = 8 : i64}} : {types[^1]}, !llvm.ptr<1>"
            );
            _text.AppendLine("  llvm.return\n}");
        }

        /// <summary>A kernel that computes on the extended operands, and keeps the upper half.</summary>
        public void AddWide(string name)
        {
            _text.AppendLine(
                $$"""
                llvm.func {{convention}} @k{{Count++}}(%p: !llvm.ptr<1>, %a: i64, %b: i64) {
                  %x = llvm.sext %a : i64 to i128
                  %y = llvm.zext %b : i64 to i128
                  %r = llvm.{{name}} %x, %y : i128
                  %c = llvm.mlir.constant(64 : i128) : i128
                  %h = llvm.lshr %r, %c : i128
                  %t = llvm.trunc %h : i128 to i64
                  llvm.store %t, %p {alignment = 8 : i64} : i64, !llvm.ptr<1>
                  llvm.return
                }
                """
            );
        }
    }
}
