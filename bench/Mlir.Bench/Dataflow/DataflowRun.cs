using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Mlir.Dataflow;
using Mlir.Dialects.Flow;
using Mlir.Frontend;
using Mlir.Lowering;

namespace Mlir.Bench.Dataflow;

/// <summary>Dataflow graphs: what it costs to build, optimize, schedule and run them, beside hand-written loops and Dask.</summary>
/// <param name="print">Takes one figure: case, peer, size, metric, value, unit.</param>
internal sealed class DataflowRun(Action<string, string, int, string, double, string> print)
{
    private const int Tasks = 10_000;
    private const int Elements = 1_000_000;
    private readonly Resolver _resolver = new Resolver().AddPlugin(typeof(Steps));
    private readonly Tensor<double> _x = Tensor.Create(Chain.Data(Elements, 1));

    /// <summary>Measures everything.</summary>
    public async Task RunAsync()
    {
        Build();
        Optimize(Tasks, rounds: 15);
        Optimize(1_000_000, rounds: 3);
        await ScheduleAsync();
        await RunChainAsync();
        Serialize();
        Dask();
    }

    private void Build()
    {
        print(
            "dataflow-build",
            "mlir",
            Tasks,
            "median",
            Median(15, () => BuildChain(new Flow(_resolver), Tasks)),
            "ms"
        );
    }

    /// <summary>A chain that becomes one task; what is timed starts from the user's graph.</summary>
    private void Optimize(int length, int rounds)
    {
        var flow = new Flow(_resolver);
        var last = BuildChain(flow, length);
        var fused = 0;
        var time = Median(
            rounds,
            () =>
            {
                var graph = flow.GetGraph(last);
                new PassManager().RunOrThrow(FlowOptimizer.Pipeline(["cpu"]), graph);
                fused = graph.Body.Operations.OfType<FusedOp>().Count();
                if (fused != 1 || graph.Body.Operations.OfType<TaskOp>().Any())
                {
                    throw new InvalidOperationException($"the chain became {fused} fused tasks");
                }
            }
        );
        print("dataflow-optimize-chain", "mlir", length, "median", time, "ms");
    }

    private static async Task ScheduleAsync(
        string name,
        Func<int, ImmutableArray<int>> argumentsOf,
        Action<string, string, int, string, double, string> print
    )
    {
        object?[] result = [1];
        var graph = new TaskGraph(
            [
                .. Enumerable
                    .Range(0, Tasks)
                    .Select(i => new GraphTask(
                        "next",
                        TaskKind.Algorithm,
                        CallSite.Unknown,
                        argumentsOf(i),
                        [i],
                        _ => result
                    )),
            ],
            Tasks,
            [],
            [Tasks - 1]
        );
        var times = new List<double>();
        for (var round = -3; round < 15; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await LocalScheduler.Instance.RunAsync(graph, RunOptions.Default, CancellationToken.None);
            if (round >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / Tasks);
            }
        }

        print($"dataflow-schedule-{name}", "mlir", Tasks, "median", Middle(times), "us");
    }

    private async Task ScheduleAsync()
    {
        await ScheduleAsync("wide", _ => [], print);
        await ScheduleAsync("chain", i => i == 0 ? [] : [i - 1], print);
        await ScheduleAsync("tree", i => i == 0 ? [] : [(i - 1) / 2], print);

        // Everything from the call on: building, planning, running.
        var times = new List<double>();
        for (var round = -3; round < 15; round++)
        {
            var start = Stopwatch.GetTimestamp();
            var flow = new Flow(_resolver);
            var values = new FlowValue[Tasks];
            for (var i = 0; i < Tasks; i++)
            {
                values[i] = flow.Call<Steps.Next>(i);
            }

            await flow.ComputeAsync(values, null);
            if (round >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / Tasks);
            }
        }

        print("dataflow-build-plan-run", "mlir", Tasks, "median", Middle(times), "us");
    }

    private async Task RunChainAsync()
    {
        var flow = new Flow(_resolver);
        var last = BuildChain(flow, 10).As<Tensor<double>>();
        var x = new double[Elements];
        _x.FlattenTo(x);
        var expected = Loop(x);
        var actual = new double[Elements];
        (await last.ComputeAsync()).FlattenTo(actual);
        if (!expected.AsSpan().SequenceEqual(actual))
        {
            throw new InvalidOperationException("the fused tasks and the loop disagree");
        }

        var compilations = _resolver.Compilation.Compilations;
        var again = new Flow(_resolver);
        await BuildChain(again, 10).As<Tensor<double>>().ComputeAsync();
        print("dataflow-second-compute", "mlir", 10, "compiles", _resolver.Compilation.Compilations - compilations, "");

        var threads = Environment.ProcessorCount;
        var peers = new (string Name, Func<object?> Run)[]
        {
            ($"mlir-t{threads}", () => last.ComputeAsync().GetAwaiter().GetResult()),
            ("mlir-unfused", () => last.ComputeAsync(optimized: false).GetAwaiter().GetResult()),
            ("loop-t1", () => Loop(x)),
            ("vector-t1", () => Vectors(x, 1)),
            ($"vector-t{threads}", () => Vectors(x, threads)),
        };
        var times = peers.Select(_ => new List<double>()).ToArray();
        for (var round = -5; round < 51; round++)
        {
            for (var p = 0; p < peers.Length; p++)
            {
                var start = Stopwatch.GetTimestamp();
                GC.KeepAlive(peers[p].Run());
                if (round >= 0)
                {
                    times[p].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }
        }

        for (var p = 0; p < peers.Length; p++)
        {
            print("dataflow-chain10", peers[p].Name, Elements, "median", Middle(times[p]), "ms");
        }
    }

    private void Serialize()
    {
        var plain = PortableTask.Of(_resolver.GetFunction("Steps.Successor")).ToBytes([1], out _);
        var compiled = PortableTask.Of(_resolver.GetFunction("Steps.Product")).ToBytes([_x, 1.01], out _);
        print("dataflow-serialized", "mlir-plain", 1, "size", plain.Length, "bytes");
        print("dataflow-serialized", "mlir-compiled", 1, "size", compiled.Length, "bytes");
    }

    /// <summary>The same work with Dask, where Debian's python3-dask is installed.</summary>
    private static void Dask()
    {
        var start = new ProcessStartInfo(
            File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3",
            [Path.Combine(AppContext.BaseDirectory, "Dataflow", "dask_peer.py")]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var dask = Process.Start(start)!;
            var errors = dask.StandardError.ReadToEndAsync();
            Console.Write(dask.StandardOutput.ReadToEnd());
            dask.WaitForExit();
            if (dask.ExitCode != 0)
            {
                Console.Error.WriteLine($"Dask is left out: {errors.Result.TrimEnd().Split('\n')[^1]}");
            }
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            Console.Error.WriteLine($"Dask is left out: {error.Message}");
        }
    }

    /// <summary>Calls in a row, alternately of two algorithms.</summary>
    private FlowValue BuildChain(Flow flow, int length)
    {
        FlowValue value = flow.Input(_x);
        for (var i = 0; i < length; i++)
        {
            value = i % 2 == 0 ? flow.Call<Steps.Scale>(value, 1.01) : flow.Call<Steps.Offset>(value, 0.5);
        }

        return value;
    }

    private static double[] Loop(double[] x)
    {
        var result = GC.AllocateUninitializedArray<double>(x.Length);
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = ((((x[i] * 1.01 + 0.5) * 1.01 + 0.5) * 1.01 + 0.5) * 1.01 + 0.5) * 1.01 + 0.5;
        }

        return result;
    }

    private static double[] Vectors(double[] x, int threads)
    {
        var result = GC.AllocateUninitializedArray<double>(x.Length);
        if (threads == 1)
        {
            Part(x, result);
            return result;
        }

        var part = x.Length / threads / Vector<double>.Count * Vector<double>.Count;
        Parallel.For(
            0,
            threads,
            t =>
            {
                var end = t == threads - 1 ? x.Length : (t + 1) * part;
                Part(x.AsSpan(t * part, end - t * part), result.AsSpan(t * part, end - t * part));
            }
        );
        return result;

        static void Part(ReadOnlySpan<double> x, Span<double> result)
        {
            var from = MemoryMarshal.Cast<double, Vector<double>>(x);
            var to = MemoryMarshal.Cast<double, Vector<double>>(result);
            var (by, offset) = (new Vector<double>(1.01), new Vector<double>(0.5));
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = ((((from[i] * by + offset) * by + offset) * by + offset) * by + offset) * by + offset;
            }

            for (var i = to.Length * Vector<double>.Count; i < result.Length; i++)
            {
                result[i] = ((((x[i] * 1.01 + 0.5) * 1.01 + 0.5) * 1.01 + 0.5) * 1.01 + 0.5) * 1.01 + 0.5;
            }
        }
    }

    private static double Median(int rounds, Action run)
    {
        var times = new List<double>();
        for (var round = -2; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            run();
            if (round >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        return Middle(times);
    }

    private static double Middle(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
