using System.Runtime.CompilerServices;

namespace Mlir.Dataflow;

/// <summary>
/// Registers an implementation of an algorithm: a method, or a field or property that holds an <c>Expression&lt;TDelegate&gt;</c>, which a compiler can compile.
/// </summary>
/// <param name="name">The algorithm's name.</param>
/// <param name="file">The source file; filled in by the C# compiler.</param>
/// <param name="line">The line; filled in by the C# compiler.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ConcreteAlgorithmAttribute(
    string name,
    [CallerFilePath] string file = "",
    [CallerLineNumber] int line = 0
) : Attribute
{
    /// <summary>The algorithm's name.</summary>
    public string Name { get; } = name;

    /// <summary>The version of the algorithm that is implemented.</summary>
    public int Version { get; init; }

    /// <summary>The name of the compiler that can compile it; null where it runs as it is.</summary>
    public string? Compiler { get; init; }

    internal string File { get; } = file;

    internal int Line { get; } = line;
}
