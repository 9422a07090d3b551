namespace Mlir.IR;

/// <summary>Marks a partial class derived from <see cref="Dialect"/>; the generator fills its tables with the operations whose names start with the dialect's.</summary>
/// <param name="name">The dialect's name.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DialectAttribute(string name) : Attribute
{
    /// <summary>The dialect's name.</summary>
    public string Name { get; } = name;
}
