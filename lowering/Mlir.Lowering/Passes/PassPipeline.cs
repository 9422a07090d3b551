using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>A list of passes and nested pipelines for operations of one name: <c>builtin.module(canonicalize,func.func(cse))</c>.</summary>
/// <param name="Anchor">The operations that the pipeline runs on, <c>builtin.module</c>; <c>any</c> for all.</param>
/// <param name="Steps">The steps in order.</param>
[CollectionBuilder(typeof(PassPipeline), nameof(Create))]
public sealed record PassPipeline(string Anchor, EquatableArray<PipelineStep> Steps) : IEnumerable<PipelineStep>
{
    /// <summary>A pipeline on the whole module.</summary>
    public static PassPipeline Create(ReadOnlySpan<PipelineStep> steps) =>
        new("builtin.module", EquatableArray.Create(steps));

    /// <summary>This pipeline and then <paramref name="other"/>, which has the same anchor.</summary>
    public PassPipeline Then(PassPipeline other) =>
        this with
        {
            Steps = EquatableArray.From(Steps.Concat(other.Steps)),
        };

    /// <summary>The pipeline that <paramref name="text"/> spells; without an anchor it runs on the module.</summary>
    /// <exception cref="DiagnosticException">The text is not a pipeline, or names an unknown pass or option.</exception>
    public static PassPipeline Parse(string text, PassRegistry? passes = null) =>
        new PipelineParser(text, passes ?? PassRegistry.Default).ParseAll();

    /// <summary>The pipeline of command-line flags in mlir-opt's style: <c>--canonicalize --fuse-elementwise=max-inputs=4</c>.</summary>
    /// <exception cref="DiagnosticException">A flag names an unknown pass or option.</exception>
    public static PassPipeline FromFlags(IEnumerable<string> flags, PassRegistry? passes = null)
    {
        var text = new StringBuilder();
        foreach (var flag in flags)
        {
            var body = flag.TrimStart('-');
            var equals = body.IndexOf('=');
            text.Append(text.Length == 0 ? "" : ",");
            text.Append(equals < 0 ? body : $"{body[..equals]}{{{body[(equals + 1)..]}}}");
        }

        return Parse($"builtin.module({text})", passes);
    }

    /// <summary>The pipeline in the syntax that <see cref="Parse"/> reads.</summary>
    public override string ToString() => $"{Anchor}({string.Join(',', Steps)})";

    /// <inheritdoc/>
    public IEnumerator<PipelineStep> GetEnumerator() => ((IEnumerable<PipelineStep>)Steps).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
