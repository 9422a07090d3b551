using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Mlir.IR;
using Mlir.IR.Text;

namespace Mlir.Bench;

/// <summary>Prints <c>section,case,peer,size,metric,value,unit</c> lines: medians of rounds in which all peers take turns.</summary>
internal static unsafe class CsvRun
{
    private const int Rounds = 9;

    public static int Run(string[] cases)
    {
        Console.WriteLine("section,case,peer,size,metric,value,unit");
        bool Wanted(string name) =>
            cases.Length == 0 || cases.Any(c => name.Contains(c, StringComparison.OrdinalIgnoreCase));
        if (Wanted("compile"))
        {
            Compile();
        }

        if (Wanted("chain"))
        {
            foreach (var size in new[] { 10_000, 1_000_000, 10_000_000 })
            {
                RunChain(size);
            }
        }

        if (Wanted("call"))
        {
            Call();
        }

        if (Wanted("ir"))
        {
            Ir();
        }

        if (Wanted("remote"))
        {
            Remote.RemoteRun.RunAsync(Print).GetAwaiter().GetResult();
        }

        if (Wanted("gpu"))
        {
            new Gpu.GpuRun(Print).Run();
        }

        if (Wanted("dataflow"))
        {
            new Dataflow.DataflowRun(Print).RunAsync().GetAwaiter().GetResult();
        }

        return 0;
    }

    private static void Compile()
    {
        using var stored = new StoredKernel();
        Race(
            "D",
            0,
            20,
            ("add", "mlir", () => Keep(Jit.Compile(Lambdas.Add, Lambdas.Uncached))),
            ("chain10", "mlir", () => Keep(Jit.Compile(Lambdas.TenOps, Lambdas.Uncached))),
            ("black-scholes", "mlir", () => Keep(Jit.Compile(Lambdas.BlackScholes, Lambdas.Uncached))),
            ("black-scholes-disk", "mlir", () => Keep(stored.Load())),
            ("add", "expression-compile", () => Keep(Lambdas.Add.Compile()))
        );
    }

    private static void RunChain(int size)
    {
        var (x, y) = (Chain.Data(size, 1), Chain.Data(size, 2));
        var (tx, ty) = (Tensor.Create(x), Tensor.Create(y));
        var repeat = Math.Max(1, 2_000_000 / size);
        var threads = Environment.ProcessorCount;
        Race(
            "B",
            size,
            repeat,
            ("chain10_f64", $"mlir-t{threads}", () => Keep(Chain.Compiled.Invoke(tx, ty))),
            ("chain10_f64", "tensor-eager", () => Keep(Chain.Eager(tx, ty))),
            ("chain10_f64", "loop-t1", () => Keep(Chain.Loop(x, y))),
            ("chain10_f64", "vector-t1", () => Keep(Chain.Vectors(x, y, 1))),
            ("chain10_f64", $"vector-t{threads}", () => Keep(Chain.Vectors(x, y, threads)))
        );
    }

    private static void Call()
    {
        const int Calls = 10_000_000;
        var kernel = Jit.Compile((double a, double b) => a + b).Invoke;
        Func<double, double, double> plain = (a, b) => a + b;
        delegate* <double, double, double> pointer = &AddManaged;
        var address = (nint)pointer;
        Race(
            "G",
            Calls,
            1,
            ("call", "mlir", () => Loop(kernel)),
            ("call", "delegate", () => Loop(plain)),
            (
                "call",
                "function-pointer",
                () =>
                {
                    var f = (delegate* <double, double, double>)address;
                    var sum = 0.0;
                    for (var i = 0; i < Calls; i++)
                    {
                        sum = f(sum, 1);
                    }

                    Keep(sum);
                }
            )
        );

        static void Loop(Func<double, double, double> f)
        {
            var sum = 0.0;
            for (var i = 0; i < Calls; i++)
            {
                sum = f(sum, 1);
            }

            Keep(sum);
        }
    }

    private static void Ir()
    {
        var module = IrBenchmark.Parse();
        Race(
            "A",
            IrBenchmark.Count,
            1,
            ("ir-parse", "mlir", () => Keep(IrBenchmark.Parse())),
            ("ir-verify", "mlir", () => Keep(Verifier.Verify(module))),
            ("ir-print", "mlir", () => Keep(AsmPrinter.Print(module)))
        );
    }

    private static void Race(
        string section,
        int size,
        int repeat,
        params (string Case, string Peer, Action Run)[] peers
    )
    {
        var times = peers.Select(_ => new List<double>()).ToArray();
        for (var round = -2; round < Rounds; round++)
        {
            for (var p = 0; p < peers.Length; p++)
            {
                var start = Stopwatch.GetTimestamp();
                for (var i = 0; i < repeat; i++)
                {
                    peers[p].Run();
                }

                if (round >= 0)
                {
                    times[p].Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / repeat);
                }
            }
        }

        for (var p = 0; p < peers.Length; p++)
        {
            var median = times[p].Order().ElementAt(Rounds / 2);
            var value = median.ToString("0.###", CultureInfo.InvariantCulture);
            Console.WriteLine($"{section},{peers[p].Case},{peers[p].Peer},{size},median,{value},us");
        }
    }

    private static void Print(string name, string peer, int size, string metric, double value, string unit) =>
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"G,{name},{peer},{size},{metric},{value:0.###},{unit}")
        );

    private static double AddManaged(double x, double y) => x + y;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep<T>(T value) => GC.KeepAlive(value);
}
