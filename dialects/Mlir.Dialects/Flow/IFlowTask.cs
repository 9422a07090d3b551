namespace Mlir.Dialects.Flow;

/// <summary>A task that a registered function carries out: an algorithm or a translation.</summary>
public interface IFlowTask
{
    /// <summary>The function's name in the registry.</summary>
    string Implementation { get; }

    /// <summary>The compiler that can compile the function; null where it runs as it is.</summary>
    string? Compiler { get; }
}
