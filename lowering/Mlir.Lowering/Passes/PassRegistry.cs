using System.Collections.Immutable;

namespace Mlir.Lowering;

/// <summary>The passes and named pipelines that text may name.</summary>
public sealed partial class PassRegistry
{
    private readonly ImmutableSortedDictionary<string, Func<PassOptions, Pass>> _passes;
    private readonly ImmutableSortedDictionary<string, PassPipeline> _pipelines;

    private PassRegistry(
        ImmutableSortedDictionary<string, Func<PassOptions, Pass>> passes,
        ImmutableSortedDictionary<string, PassPipeline> pipelines
    ) => (_passes, _pipelines) = (passes, pipelines);

    /// <summary>The passes of this library and its named pipelines.</summary>
    public static PassRegistry Default { get; } =
        new PassRegistry(
            ImmutableSortedDictionary.Create<string, Func<PassOptions, Pass>>(StringComparer.Ordinal),
            ImmutableSortedDictionary.Create<string, PassPipeline>(StringComparer.Ordinal)
        )
            .With("cpu-loops", CpuLowering.Loops)
            .With("cpu-llvm", CpuLowering.Llvm)
            .With("plain-loops", CpuLowering.PlainLoops);

    /// <summary>The names of all passes, sorted.</summary>
    public IEnumerable<string> PassNames => BuiltInNames.Concat(_passes.Keys).Order(StringComparer.Ordinal);

    /// <summary>The names of all pipelines, sorted.</summary>
    public IEnumerable<string> PipelineNames => _pipelines.Keys;

    /// <summary>This registry and one more pass, made from its options by <paramref name="create"/>.</summary>
    public PassRegistry With(string name, Func<PassOptions, Pass> create) =>
        new(_passes.SetItem(name, create), _pipelines);

    /// <summary>This registry and one more named pipeline.</summary>
    public PassRegistry With(string name, PassPipeline pipeline) => new(_passes, _pipelines.SetItem(name, pipeline));

    /// <summary>The pass <paramref name="name"/> with <paramref name="options"/>; null when there is none of that name.</summary>
    /// <exception cref="Mlir.IR.DiagnosticException">An option is unknown or its value is malformed.</exception>
    public Pass? Create(string name, PassOptions options) =>
        _passes.TryGetValue(name, out var create) ? create(options) : CreateBuiltIn(name, options);

    /// <summary>The pipeline <paramref name="name"/>, or null.</summary>
    public PassPipeline? FindPipeline(string name) => _pipelines.GetValueOrDefault(name);

    /// <summary>The known name nearest to a misspelt one, or null when none is near.</summary>
    internal string? Suggest(string name) =>
        PassNames
            .Concat(PipelineNames)
            .Select(n => (Name: n, Distance: Distance(n, name)))
            .Where(p => p.Distance <= Math.Max(2, name.Length / 3))
            .OrderBy(p => p.Distance)
            .Select(p => p.Name)
            .FirstOrDefault();

    private static int Distance(string a, string b)
    {
        if (b.Length > 64)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
