namespace Mlir.IR.Generators;

/// <summary>A pass: a record whose parameters are its options.</summary>
/// <param name="Name">The name in pipelines.</param>
/// <param name="ClassName">The record's name.</param>
/// <param name="Namespace">The record's namespace.</param>
/// <param name="Modifiers">The modifiers as written.</param>
/// <param name="Description">The summary as plain text.</param>
/// <param name="Options">The options in order.</param>
/// <param name="Members">The members that are written by hand.</param>
/// <param name="HasDescription">Whether passes have a description to override.</param>
internal sealed record PassModel(
    string Name,
    string ClassName,
    string Namespace,
    string Modifiers,
    string Description,
    Items<PassOptionModel> Options,
    Items<string> Members,
    bool HasDescription
)
{
    public string FullName => Namespace.Length == 0 ? ClassName : Namespace + "." + ClassName;
}

/// <summary>An option of a pass.</summary>
/// <param name="Property">The record's parameter.</param>
/// <param name="Name">The name in pipelines.</param>
/// <param name="Default">The default as a C# expression that means the same anywhere.</param>
internal sealed record PassOptionModel(string Property, string Name, string Default);
