namespace Mlir.Dataflow;

/// <summary>How large what comes from another process may be. Each limit is checked before what it limits is allocated.</summary>
public sealed record SerializationLimits
{
    /// <summary>Modules of 16 MB, values of 2 GB.</summary>
    public static SerializationLimits Default { get; } = new();

    /// <summary>The most bytes of a module's text once it is unpacked.</summary>
    public int MaxModuleBytes { get; init; } = 16 << 20;

    /// <summary>The most bytes of a task or of values.</summary>
    public int MaxBytes { get; init; } = int.MaxValue;

    /// <summary>The most items in a list of types or values, and the deepest nesting of tuples.</summary>
    public int MaxItems { get; init; } = 1024;
}
