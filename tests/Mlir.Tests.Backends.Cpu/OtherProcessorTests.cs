using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Mlir.Backends;
using Mlir.Backends.Cpu;
using Mlir.Backends.Interpreter;
using Mlir.Backends.Llvm;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;
using Mlir.Lowering;
using Mlir.Runtime;

namespace Mlir.Tests.Backends.Cpu;

/// <summary>Objects for 64-bit ARM, whose vectors are NEON's, give the interpreter's bits on an emulated one.</summary>
public sealed class OtherProcessorTests
{
    private const string Compiler64 = "aarch64-linux-gnu-gcc";
    private const string Emulator = "qemu-aarch64";

    private static readonly double[] Special =
    [
        0,
        -0.0,
        1,
        -1,
        1e-310,
        -1e300,
        745.2,
        -745.2,
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
    ];

    private static string Elementwise(string element) =>
        $$"""
            func.func @main(%x: tensor<?x{{element}}>, %y: tensor<?x{{element}}>) -> tensor<?x{{element}}> {
              %0 = math.exp %x : tensor<?x{{element}}>
              %1 = math.log1p %y : tensor<?x{{element}}>
              %2 = math.sin %x : tensor<?x{{element}}>
              %3 = math.tanh %y : tensor<?x{{element}}>
              %4 = arith.mulf %0, %1 : tensor<?x{{element}}>
              %5 = arith.divf %2, %3 : tensor<?x{{element}}>
              %6 = arith.maximumf %4, %5 : tensor<?x{{element}}>
              %7 = math.powf %0, %3 : tensor<?x{{element}}>
              %8 = arith.subf %6, %7 : tensor<?x{{element}}>
              return %8 : tensor<?x{{element}}>
            }
            """;

    private static string Sum(string element) =>
        $$"""
            func.func @main(%x: tensor<?x{{element}}>, %y: tensor<?x{{element}}>) -> tensor<{{element}}> {
              %0 = arith.mulf %x, %y : tensor<?x{{element}}>
              %1 = math.erf %0 : tensor<?x{{element}}>
              %zero = arith.constant dense<0.0> : tensor<{{element}}>
              %2 = linalg.reduce { arith.addf } ins(%1 : tensor<?x{{element}}>) outs(%zero : tensor<{{element}}>) dimensions = [0]
              return %2 : tensor<{{element}}>
            }
            """;

    private const string Integers = """
        func.func @main(%x: tensor<?xi32>, %y: tensor<?xi32>) -> tensor<?xi32> {
          %0 = arith.muli %x, %y : tensor<?xi32>
          %1 = arith.minsi %0, %x : tensor<?xi32>
          %2 = arith.xori %1, %y : tensor<?xi32>
          return %2 : tensor<?xi32>
        }
        """;

    [TestCase(1)]
    [TestCase(11)]
    [TestCase(20_003)]
    public void Floats_of_four_bytes(int count) =>
        Agree(Elementwise("f32"), Numbers(count, 1).Select(v => (float)v), Numbers(count, 2).Select(v => (float)v));

    [TestCase(1)]
    [TestCase(11)]
    [TestCase(20_003)]
    public void Floats_of_eight_bytes(int count) => Agree(Elementwise("f64"), Numbers(count, 3), Numbers(count, 4));

    [TestCase(7)]
    [TestCase(20_003)]
    public void Sums_of_four_bytes(int count) =>
        Agree(
            Sum("f32"),
            Numbers(count, 5).Select(v => (float)Math.Sin(v)).Where(float.IsFinite),
            Numbers(count, 6).Select(v => (float)Math.Cos(v)).Where(float.IsFinite)
        );

    [TestCase(7)]
    [TestCase(20_003)]
    public void Sums_of_eight_bytes(int count) =>
        Agree(
            Sum("f64"),
            Numbers(count, 7).Select(Math.Sin).Where(double.IsFinite),
            Numbers(count, 8).Select(Math.Cos).Where(double.IsFinite)
        );

    [Test]
    public void Integers_of_four_bytes() =>
        Agree(Integers, Enumerable.Range(-5000, 10_001), Enumerable.Range(0, 10_001).Select(i => i * 429_497));

    /// <summary>Special values first, then numbers of all magnitudes.</summary>
    private static IEnumerable<double> Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return Enumerable
            .Range(0, count)
            .Select(i =>
                i < Special.Length
                    ? Special[(i * seed) % Special.Length]
                    : (random.NextDouble() - 0.4) * Math.Pow(10, random.Next(-3, 3))
            );
    }

    private static void Agree<T>(string program, IEnumerable<T> first, IEnumerable<T> second)
        where T : unmanaged
    {
        var (x, y) = (first.ToArray(), second.ToArray());
        var length = Math.Min(x.Length, y.Length);
        Array.Resize(ref x, length);
        Array.Resize(ref y, length);
        using var oracle = Compiler.CompileUncached(Parse(program), InterpreterBackend.Create());
        var expected = (HostBuffer)oracle.Invoke("main", new HostBuffer(x, length), new HostBuffer(y, length))[0];
        Assert.That(Shown(RunThere(program, x, y)), Is.EqualTo(Shown((T[])expected.Data)));
    }

    /// <summary>The bits, but one NaN for all: processors sign and fill theirs differently.</summary>
    private static string[] Shown<T>(T[] values) =>
        [
            .. values.Select(value =>
                value switch
                {
                    float f => float.IsNaN(f)
                        ? "NaN"
                        : BitConverter.SingleToUInt32Bits(f).ToString("x8", CultureInfo.InvariantCulture),
                    double d => double.IsNaN(d)
                        ? "NaN"
                        : BitConverter.DoubleToUInt64Bits(d).ToString("x16", CultureInfo.InvariantCulture),
                    _ => $"{value}",
                }
            ),
        ];

    private static T[] RunThere<T>(string program, T[] x, T[] y)
        where T : unmanaged
    {
        var target = new LlvmTarget("aarch64-linux-gnu");
        var lowered = Compiler.Lower(
            Parse(program),
            CpuBackend.Create(new CpuOptions { Target = target }),
            PassManagerOptions.Default
        );
        var folder = Directory.CreateTempSubdirectory("mlir-arm-");
        try
        {
            var (kernel, caller, executable) = (
                Path.Combine(folder.FullName, "kernel.o"),
                Path.Combine(folder.FullName, "caller.c"),
                Path.Combine(folder.FullName, "caller")
            );
            File.WriteAllBytes(kernel, LlvmJit.EmitObject(lowered.Module, new LlvmOptions { Target = target }));
            using (var source = typeof(OtherProcessorTests).Assembly.GetManifestResourceStream("packed_caller.c")!)
            using (var copy = File.Create(caller))
            {
                source.CopyTo(copy);
            }

            Run(Compiler64, ["-O1", "-static", "-Wall", "-Werror", caller, kernel, "-o", executable], []);
            byte[] input = [.. MemoryMarshal.AsBytes(x.AsSpan()), .. MemoryMarshal.AsBytes(y.AsSpan())];
            var output = Run(
                Emulator,
                [
                    executable,
                    x.Length.ToString(CultureInfo.InvariantCulture),
                    Marshal.SizeOf<T>().ToString(CultureInfo.InvariantCulture),
                ],
                input
            );
            return MemoryMarshal.Cast<byte, T>(output).ToArray();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What a program writes; a missing one is told on a developer's machine and fails where tools are required.</summary>
    private static byte[] Run(string program, string[] arguments, byte[] input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
            when (Environment.GetEnvironmentVariable("REQUIRE_MLIR_TOOLS") != "1")
        {
            Assert.Ignore($"{program}: {missing.Message}");
            throw;
        }

        using (process)
        {
            using var output = new MemoryStream();
            var errors = process.StandardError.ReadToEndAsync();
            var writing = Task.Run(() =>
            {
                process.StandardInput.BaseStream.Write(input);
                process.StandardInput.Close();
            });
            process.StandardOutput.BaseStream.CopyTo(output);
            process.WaitForExit();
            writing.GetAwaiter().GetResult();
            Assert.That(process.ExitCode, Is.Zero, errors.GetAwaiter().GetResult());
            return output.ToArray();
        }
    }

    private static ModuleOp Parse(string text) => (ModuleOp)MlirText.Parse(text, AllDialects.Registry).Value!;
}
