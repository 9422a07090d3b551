using System.Numerics.Tensors;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Graphs.Random;

/// <summary>A random graph, built lazily and computed by immediate calls at the same time.</summary>
internal sealed class RandomGraph
{
    private readonly System.Random _random;
    private readonly Resolver _resolver;
    private readonly string[] _plugins;
    private readonly List<(FlowValue Lazy, Tensor<double> Eager)> _tensors = [];
    private readonly List<(FlowValue Lazy, double Eager)> _scalars = [];
    private readonly List<(FlowValue Lazy, object? Eager)> _others = [];

    /// <param name="seed">Makes the same graph again.</param>
    /// <param name="resolver">Knows the algorithms.</param>
    /// <param name="plugins">Whose implementations are called.</param>
    public RandomGraph(int seed, Resolver resolver, string[] plugins)
    {
        _random = new System.Random(seed);
        _resolver = resolver;
        _plugins = plugins;
        Flow = new Flow(resolver);
        var inputs = _random.Next(1, 4);
        for (var i = 0; i < inputs; i++)
        {
            var tensor = Tensor.Create([.. Enumerable.Range(0, 3).Select(_ => (double)_random.Next(-9, 10))]);
            _tensors.Add((Flow.Input(tensor), tensor));
        }

        var nodes = _random.Next(1, 30);
        for (var i = 0; i < nodes; i++)
        {
            AddNode();
        }
    }

    /// <summary>The lazy graph.</summary>
    public Flow Flow { get; }

    /// <summary>Some values, with what immediate calls gave.</summary>
    public List<(FlowValue Lazy, object? Eager)> Wanted()
    {
        var all = _tensors
            .Select(t => (t.Lazy, (object?)t.Eager))
            .Concat(_scalars.Select(s => (s.Lazy, (object?)s.Eager)))
            .Concat(_others)
            .ToArray();

        // Mostly late ones: they need much.
        var count = _random.Next(1, 5);
        List<(FlowValue, object?)> wanted = [_tensors[^1]];
        for (var i = 0; i < count; i++)
        {
            wanted.Add(all[_random.Next(all.Length)]);
        }

        return wanted;
    }

    private void AddNode()
    {
        var x = Draw();
        switch (_random.Next(12))
        {
            case 0 or 1 or 2:
                var y = Draw();
                AddTensor("random.add", [x.Lazy, y.Lazy], [x.Eager, y.Eager]);
                break;
            case 3 or 4:
                AddTensor("random.offset", [x.Lazy], [x.Eager]);
                break;
            case 5 or 6:
                var literal = (double)_random.Next(-3, 4);
                AddTensor("random.offset", [x.Lazy, literal], [x.Eager, literal]);
                break;
            case 7 when _scalars.Count > 0:
                var by = _scalars[_random.Next(_scalars.Count)];
                AddTensor("random.offset", [x.Lazy, new Named("by", by.Lazy)], [x.Eager, new Named("by", by.Eager)]);
                break;
            case 8:
                var fold = Call("random.fold", [x.Lazy], [x.Eager]);
                _scalars.Add((fold.Lazy, (double)fold.Eager! % 100));
                Bound();
                break;
            case 9:
                AddSplit(x);
                break;
            case 10:
                var packed = Call("random.pack", [x.Lazy], [x.Eager]);
                _others.Add(packed);
                break;
            default:
                var factor = _random.Next(-2, 3);
                _tensors.Add(
                    (
                        Flow.Run((Tensor<double> t) => RandomPlugin.Bound(t * (double)factor), x.Lazy),
                        RandomPlugin.Bound(x.Eager * (double)factor)
                    )
                );
                break;
        }
    }

    private void AddSplit((FlowValue Lazy, Tensor<double> Eager) x)
    {
        var split = Call("random.split", [x.Lazy], [x.Eager]);
        var (least, count) = ((Tensor<double>, double))split.Eager!;
        _others.Add(split);
        _tensors.Add((split.Lazy.Item(0), least));
        _scalars.Add((split.Lazy.Item(1), count));
    }

    private void Bound()
    {
        // A scalar that grows without bounds would round: what goes on is its rest, by a function of nobody's.
        var (lazy, eager) = _scalars[^1];
        _scalars[^1] = (Flow.Run((double v) => v % 100, lazy), eager);
    }

    private void AddTensor(string algorithm, object?[] lazy, object?[] eager)
    {
        var result = Call(algorithm, lazy, eager);
        var tensor = (Tensor<double>)result.Eager!;
        if (tensor.Any(v => Math.Abs(v) > 1e9))
        {
            _tensors.Add(
                (Flow.Run((Tensor<double> t) => RandomPlugin.Bound(t), result.Lazy), RandomPlugin.Bound(tensor))
            );
        }
        else
        {
            _tensors.Add((result.Lazy, tensor));
        }
    }

    private (FlowValue Lazy, object? Eager) Call(string algorithm, object?[] lazy, object?[] eager)
    {
        var implementations = _resolver
            .GetImplementations(_resolver.GetAlgorithm(algorithm))
            .Select(i => i.Plugin)
            .Where(p => p == nameof(RandomPlugin) || _plugins.Contains(p))
            .Distinct()
            .ToArray();
        if (implementations.Length == 0)
        {
            implementations = ["Plain"];
        }

        var plugin = implementations[_random.Next(implementations.Length)];
        return (
            Flow.CallWith(algorithm, lazy, plugin: plugin),
            _resolver.RunNow(_resolver.GetAlgorithm(algorithm), eager, null, plugin)
        );
    }

    private (FlowValue Lazy, Tensor<double> Eager) Draw() =>
        // Often the newest, so that chains grow.
        _random.Next(3) == 0
            ? _tensors[_random.Next(_tensors.Count)]
            : _tensors[^1];
}
