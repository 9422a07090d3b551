using System.Runtime.CompilerServices;

namespace Mlir.Dataflow;

/// <summary>Declares an algorithm: a delegate type, or a method whose body does not matter, says what it takes and gives.</summary>
/// <param name="name">The algorithm's name, as <c>example.scale</c>.</param>
/// <param name="file">The source file; filled in by the C# compiler.</param>
/// <param name="line">The line; filled in by the C# compiler.</param>
/// <example><code>
/// [AbstractAlgorithm("example.scale")] public delegate Tensor&lt;double&gt; Scale(Tensor&lt;double&gt; x, double by);
/// </code></example>
[AttributeUsage(AttributeTargets.Delegate | AttributeTargets.Method)]
public sealed class AbstractAlgorithmAttribute(
    string name,
    [CallerFilePath] string file = "",
    [CallerLineNumber] int line = 0
) : Attribute
{
    /// <summary>The algorithm's name.</summary>
    public string Name { get; } = name;

    /// <summary>The version: a call means the newest one unless it says otherwise.</summary>
    public int Version { get; init; }

    internal string File { get; } = file;

    internal int Line { get; } = line;
}
