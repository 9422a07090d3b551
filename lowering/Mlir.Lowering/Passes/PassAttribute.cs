namespace Mlir.Lowering;

/// <summary>Marks a partial record as a pass; the generator writes how it is named, parsed and printed.</summary>
/// <param name="name">The name on command lines and in pipelines, <c>fuse-elementwise</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PassAttribute(string name) : Attribute
{
    /// <summary>The name on command lines and in pipelines.</summary>
    public string Name { get; } = name;
}
