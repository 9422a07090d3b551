using System.Globalization;
using System.Text;
using Mlir.Backends.Gpu;
using Mlir.Backends.Llvm;
using Mlir.Backends.Llvm.Gpu;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>
/// Each operation that kernels are made of gives the same bits as PTX on the PTX machine, which other tests hold against the processor, and as SPIR-V
/// on an OpenCL device.
/// </summary>
public sealed class OperationTests
{
    private static readonly string[] Integers = ["i8", "i16", "i32", "i64"];
    private static readonly string[] Floats = ["f16", "f32", "f64"];

    [Test]
    public void Each_operation_gives_the_same_bits_on_both_targets([ValueSource(nameof(Types))] string type)
    {
        Assume.That(LlvmLibrary.Version.Major, Is.EqualTo(22));
        NeededDevice.Check("opencl");
        var operations = (type[0] == 'i' ? OnIntegers(type) : OnFloats(type)).ToArray();
        using var machine = GpuDevices.Open("ptx");
        using var openCl = GpuDevices.Open("opencl");
        var info = new GpuKernelInfo("k", [GpuParameter.Output, GpuParameter.Output]);
        var ptx = GpuCode.FromPtx(GpuCompiler.ToPtx(Module("ptx_kernelcc", operations)), info);
        var spirv = GpuCode.FromSpirV(GpuCompiler.ToSpirv(Module("spir_kernelcc", operations)), info);
        var random = new Random(1);
        for (var round = 0; round < 40; round++)
        {
            long[] operands = type[0] == 'i' ? IntegerOperands(type, random) : FloatOperands(type, random);
            var expected = Run(machine, ptx, operands, operations.Length);
            var actual = Run(openCl, spirv, operands, operations.Length);
            for (var i = 0; i < operations.Length; i++)
            {
                if (expected[i] != actual[i] && !AreNaN(operations[i].Result, expected[i], actual[i]))
                {
                    Assert.Fail(
                        $"{operations[i]} of {string.Join(", ", operands.Select(static o => $"0x{o:x}"))}: 0x{expected[i]:x} as PTX, 0x{actual[i]:x} as SPIR-V"
                    );
                }
            }
        }
    }

    private static string[] Types => [.. Integers, .. Floats];

    private static IEnumerable<Listed> OnIntegers(string type)
    {
        foreach (
            var name in "add sub mul sdiv udiv srem urem and or xor intr.smax intr.smin intr.umax intr.umin".Split(' ')
        )
        {
            yield return new(name, [(type, 0), (type, 1)], type);
        }

        foreach (var name in "shl lshr ashr".Split(' '))
        {
            yield return new(name, [(type, 0), (type, 2)], type);
        }

        yield return new("intr.ctpop", [(type, 0)], type);
        yield return new("intr.abs", [(type, 0)], type, "<{is_int_min_poison = false}>");
        yield return new("intr.ctlz", [(type, 0)], type, "<{is_zero_poison = false}>");
        yield return new("intr.cttz", [(type, 0)], type, "<{is_zero_poison = false}>");
        for (var predicate = 0; predicate < 10; predicate++)
        {
            yield return new("icmp", [(type, 0), (type, 1)], "i1", Invariant($"<{{predicate = {predicate} : i64}}>"));
        }

        foreach (var other in Integers)
        {
            var (from, to) = (int.Parse(type[1..], null), int.Parse(other[1..], null));
            if (from < to)
            {
                yield return new("sext", [(type, 0)], other);
                yield return new("zext", [(type, 0)], other);
            }
            else if (from > to)
            {
                yield return new("trunc", [(type, 0)], other);
            }
        }

        foreach (var real in Floats)
        {
            yield return new("sitofp", [(type, 0)], real);
            yield return new("uitofp", [(type, 0)], real);
        }
    }

    private static IEnumerable<Listed> OnFloats(string type)
    {
        foreach (var name in "fadd fsub fmul fdiv".Split(' '))
        {
            yield return new(name, [(type, 0), (type, 1)], type);
        }

        yield return new("fneg", [(type, 0)], type);
        foreach (
            var name in "intr.fabs intr.ceil intr.floor intr.trunc intr.round intr.roundeven intr.sqrt".Split(
                ' ',
                type == "f16" ? 0 : int.MaxValue // OpenCL has none of them
            )
        )
        {
            yield return new(name, [(type, 0)], type);
        }

        if (type != "f16")
        {
            yield return new("intr.copysign", [(type, 0), (type, 1)], type);
            yield return new("intr.fma", [(type, 0), (type, 1), (type, 2)], type);
        }

        for (var predicate = 1; predicate < 15; predicate++)
        {
            yield return new("fcmp", [(type, 0), (type, 1)], "i1", Invariant($"<{{predicate = {predicate} : i64}}>"));
        }

        yield return new("intr.is.fpclass", [(type, 0)], "i1", "<{bit = 519 : i32}>");
        foreach (var integer in Integers)
        {
            yield return new("fptosi", [(type, 2)], integer);
            yield return new("fptoui", [(type, 2)], integer);
        }

        foreach (var other in Floats.Where(other => other != type))
        {
            var widens = int.Parse(other[1..], null) > int.Parse(type[1..], null);
            yield return new(widens ? "fpext" : "fptrunc", [(type, 0)], other);
        }
    }

    /// <summary>A kernel that reads three operands and writes each operation's result.</summary>
    private static ModuleOp Module(string convention, Listed[] operations)
    {
        var text = new StringBuilder(
            $"module {{ gpu.module @kernels {{\nllvm.func {convention} @k(%p: !llvm.ptr<1>, %q: !llvm.ptr<1>) {{\n%zero = llvm.mlir.constant(0 : i64) : i64\n"
        );
        for (var i = 0; i < operations.Length; i++)
        {
            var operation = operations[i];
            for (var j = 0; j < operation.Operands.Length; j++)
            {
                var (type, place) = operation.Operands[j];
                text.AppendLine(
                    Invariant(
                        $"%a{i}_{j} = llvm.getelementptr %p[{place}] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i64\n%v{i}_{j} = llvm.load %a{i}_{j} {{alignment = 8 : i64}} : !llvm.ptr<1> -> {type}"
                    )
                );
            }

            var values = string.Join(", ", operation.Operands.Select((_, j) => Invariant($"%v{i}_{j}")));
            var types = string.Join(", ", operation.Operands.Select(static operand => operand.Type));
            text.AppendLine(
                Invariant(
                    $"%r{i} = \"llvm.{operation.Name}\"({values}) {operation.Properties} : ({types}) -> {operation.Result}\n%o{i} = llvm.getelementptr %q[{i}] : (!llvm.ptr<1>) -> !llvm.ptr<1>, i64\nllvm.store %zero, %o{i} {{alignment = 8 : i64}} : i64, !llvm.ptr<1>"
                )
            );
            text.AppendLine(
                operation.Result == "i1"
                    ? Invariant(
                        $"%z{i} = llvm.zext %r{i} : i1 to i8\nllvm.store %z{i}, %o{i} {{alignment = 8 : i64}} : i8, !llvm.ptr<1>"
                    )
                    : Invariant($"llvm.store %r{i}, %o{i} {{alignment = 8 : i64}} : {operation.Result}, !llvm.ptr<1>")
            );
        }

        text.AppendLine("llvm.return\n} } }");
        return (ModuleOp)MlirText.Parse(text.ToString(), AllDialects.Registry).ValueOrThrow();
    }

    private static long[] Run(GpuDevice device, GpuCode code, long[] operands, int results)
    {
        using var given = device.Upload<long>(operands);
        using var made = device.Allocate<long>(results);
        using var launch = device.Load(code).GetKernel("k").Prepare(new GpuGrid(1, 1)).Set(0, given).Set(1, made);
        launch.Launch();
        return made.ToArray();
    }

    /// <summary>Two numbers that can be divided, and an amount to shift by.</summary>
    private static long[] IntegerOperands(string type, Random random)
    {
        var bits = int.Parse(type[1..], null);
        long[] special = [0, 1, -1, 1L << (bits - 1), (1L << (bits - 1)) - 1];
        var first = random.Next(2) == 0 ? special[random.Next(special.Length)] : random.NextInt64() >> random.Next(64);
        var second = 1 + (random.NextInt64() >>> random.Next(65 - bits, 63) & ((1L << (bits - 1)) - 2));
        return [first, second, random.Next(bits)];
    }

    /// <summary>Two numbers, special ones among them, and a small one, which every integer can hold.</summary>
    private static long[] FloatOperands(string type, Random random)
    {
        double[] special =
        [
            0,
            -0.0,
            1,
            double.NaN,
            double.PositiveInfinity,
            double.NegativeInfinity,
            double.Epsilon,
            2.5,
            -0.5,
            3e-8,
            65504,
            double.MaxValue,
        ];
        double Any() =>
            random.Next(2) == 0
                ? special[random.Next(special.Length)]
                : (random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-20, 20));
        return [Bits(type, Any()), Bits(type, Any()), Bits(type, random.NextDouble() * 100)];
    }

    private static long Bits(string type, double value) =>
        type switch
        {
            "f16" => BitConverter.HalfToUInt16Bits((Half)value),
            "f32" => BitConverter.SingleToUInt32Bits((float)value),
            _ => BitConverter.DoubleToInt64Bits(value),
        };

    private static bool AreNaN(string type, long first, long second) =>
        type switch
        {
            "f16" => Half.IsNaN(BitConverter.Int16BitsToHalf((short)first))
                && Half.IsNaN(BitConverter.Int16BitsToHalf((short)second)),
            "f32" => float.IsNaN(BitConverter.Int32BitsToSingle((int)first))
                && float.IsNaN(BitConverter.Int32BitsToSingle((int)second)),
            "f64" => double.IsNaN(BitConverter.Int64BitsToDouble(first))
                && double.IsNaN(BitConverter.Int64BitsToDouble(second)),
            _ => false,
        };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>An operation of the <c>llvm</c> dialect.</summary>
    private sealed record Listed(
        string Name,
        (string Type, int Place)[] Operands,
        string Result,
        string Properties = ""
    )
    {
        public override string ToString() => $"{Name} {Operands[0].Type} -> {Result} {Properties}";
    }
}
