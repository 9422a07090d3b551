using System.Collections.Concurrent;
using System.Globalization;
using Mlir.Backends;
using Mlir.Backends.Gpu;
using Mlir.Backends.Interpreter;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;
using Mlir.Lowering;
using Mlir.Runtime;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>Compares what a device computes with the CPU's plain loops.</summary>
internal static class ProgramCheck
{
    // A program that is called with many sizes is compiled once.
    private static readonly ConcurrentDictionary<(string, PassPipeline, string Text), CompiledModule> Compiled = new();

    /// <summary>The backend of a device; a test is ignored where it is missing, unless tools are required.</summary>
    public static Backend BackendOf(string device)
    {
        NeededDevice.Check(device);
        return GpuBackend.Create(device);
    }

    /// <summary>Calls <c>@f</c> on the device of a backend and on the CPU's loops; results are compared bit for bit, one NaN is as good as another.</summary>
    public static void HasBitsOfTheCpu(Backend backend, string text, params object[] arguments)
    {
        var loops = Parse(text);
        new PassManager().RunOrThrow(CpuLowering.PlainLoops, loops);
        var expected = InterpretedModule.Prepare(loops).Invoke("f", arguments);
        var module = Compiled.GetOrAdd((backend.Name, backend.Pipeline, text), key => Compile(backend, key.Text));
        var actual = module.Invoke("f", arguments);
        for (var i = 0; i < expected.Length; i++)
        {
            var (there, here) = (Spell((HostBuffer)actual[i]), Spell((HostBuffer)expected[i]));
            Assert.That(there, Has.Length.EqualTo(here.Length));
            for (var k = 0; k < here.Length; k++)
            {
                if (there[k] != here[k])
                {
                    Assert.Fail($"result {i}, element {k}: {there[k]} instead of {here[k]}");
                }
            }
        }
    }

    /// <summary>A module for a backend.</summary>
    public static CompiledModule Compile(Backend backend, string text) =>
        backend.Emit(Compiler.Lower(Parse(text), backend, PassManagerOptions.Default));

    private static ModuleOp Parse(string text) => (ModuleOp)MlirText.Parse(text, AllDialects.Registry).ValueOrThrow();

    private static string[] Spell(HostBuffer buffer) =>
        [
            .. buffer
                .Data.Cast<object>()
                .Select(number =>
                    number switch
                    {
                        double d => double.IsNaN(d) ? "NaN" : BitConverter.DoubleToInt64Bits(d).ToString("X", null),
                        float f => float.IsNaN(f) ? "NaN" : BitConverter.SingleToInt32Bits(f).ToString("X", null),
                        _ => Convert.ToString(number, CultureInfo.InvariantCulture)!,
                    }
                ),
        ];
}
