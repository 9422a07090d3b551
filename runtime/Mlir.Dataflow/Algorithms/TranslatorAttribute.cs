using System.Runtime.CompilerServices;

namespace Mlir.Dataflow;

/// <summary>
/// Registers a translator: a method of one parameter, or a field or property that holds such a lambda as an expression, which a compiler can compile.
/// </summary>
/// <param name="file">The source file; filled in by the C# compiler.</param>
/// <param name="line">The line; filled in by the C# compiler.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class TranslatorAttribute([CallerFilePath] string file = "", [CallerLineNumber] int line = 0) : Attribute
{
    /// <summary>What the step costs beside other steps, from 0.</summary>
    public double Cost { get; init; } = 1;

    /// <summary>The name of the compiler that can compile it; null where it runs as it is.</summary>
    public string? Compiler { get; init; }

    internal string File { get; } = file;

    internal int Line { get; } = line;
}
