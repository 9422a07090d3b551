using System.Runtime.CompilerServices;
using Mlir.IR;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Dataflow;

/// <summary>A value of a graph, which is computed later. Two of them are equal when they are the same node of the same graph.</summary>
public class FlowValue : IEquatable<FlowValue>
{
    internal FlowValue(Flow flow, OpResult result, Type type)
    {
        Flow = flow;
        Result = result;
        Type = type;
    }

    /// <summary>The graph.</summary>
    public Flow Flow { get; }

    /// <summary>The type that the value will have.</summary>
    public Type Type { get; }

    internal OpResult Result { get; }

    /// <summary>
    /// A hash of what the value is computed from, 32 hexadecimal digits: the algorithms, the literals and the contents of the inputs. It is the same in
    /// every process.
    /// </summary>
    /// <remarks>The contents of inputs are read when the first key that needs them is asked for.</remarks>
    /// <exception cref="NotSupportedException">An input holds something that has no content: a function pointer, a handle of the operating system.</exception>
    public string Key => Flow.KeyOf(this);

    /// <summary>An item of a tuple, which is how an algorithm gives several results.</summary>
    /// <param name="index">The item's position, from 0.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <exception cref="FlowException">The value is no tuple, or has no such item.</exception>
    public FlowValue Item(int index, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Flow.AddItem(this, index, new CallSite(file, line, ""));

    /// <summary>The value as a <typeparamref name="T"/>; translations are added where it has another type.</summary>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <exception cref="FlowException">No translations lead to the type.</exception>
    public FlowValue<T> As<T>([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var value = this as FlowValue<T> ?? Flow.AddTranslation(this, typeof(T), new CallSite(file, line, ""));
        return value as FlowValue<T> ?? new FlowValue<T>(Flow, value.Result, value.Type);
    }

    /// <summary>Computes the value: optimizes what it needs, compiles, and runs it.</summary>
    /// <param name="options">How; null for <see cref="ComputeOptions.Default"/>.</param>
    /// <param name="optimized">False to run the graph as it was built, task by task.</param>
    /// <param name="cancellationToken">Stops the run: no further task starts.</param>
    /// <exception cref="TaskFailedException">A task failed; the message names it and its call site.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public async Task<dynamic> ComputeAsync(
        ComputeOptions? options = null,
        bool optimized = true,
        CancellationToken cancellationToken = default
    ) => (await Flow.ComputeAsync([this], options, optimized, cancellationToken).ConfigureAwait(false))[0]!;

    /// <summary>What computing the value would run, for reading.</summary>
    /// <param name="optimized">False for the graph as it was built.</param>
    public FlowPlan Plan(bool optimized = true) => Flow.Plan([this], optimized);

    /// <summary>Draws what the value is computed from.</summary>
    /// <param name="path">The file; its ending says what is drawn: <c>.svg</c>, <c>.html</c>, <c>.dot</c>.</param>
    /// <param name="optimized">False for the graph as it was built.</param>
    /// <param name="report">What a run took, to be shown beside the tasks; null for none.</param>
    /// <exception cref="PictureException">It cannot be drawn; the message says why.</exception>
    public void Save(string path, bool optimized = true, RunReport? report = null) =>
        Flow.Save(path, [this], optimized, report);

    /// <inheritdoc/>
    public bool Equals(FlowValue? other) => other is not null && ReferenceEquals(Result, other.Result);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as FlowValue);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => RuntimeHelpers.GetHashCode(Result);

    /// <summary>The operation that computes the value, in the text of the flow dialect.</summary>
    public override string ToString() => Result.Owner.ToString();
}
