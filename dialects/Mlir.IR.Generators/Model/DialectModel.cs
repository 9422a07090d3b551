namespace Mlir.IR.Generators;

/// <summary>A dialect's class.</summary>
internal sealed record DialectModel(string Name, string ClassName, string Namespace, string Modifiers);

/// <summary>What a dialect's table needs of an operation.</summary>
internal sealed record OpEntry(string Name, string ClassName, string Namespace)
{
    public string FullName => Namespace.Length == 0 ? ClassName : Namespace + "." + ClassName;
}
