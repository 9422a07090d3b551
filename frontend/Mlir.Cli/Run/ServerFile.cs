using Mlir.Runtime;

namespace Mlir.Cli.Run;

/// <summary>An argument that lies on the server: <c>--arg server:prices.npy</c>. It does not travel.</summary>
/// <param name="Path">The path in one of the server's data directories.</param>
/// <param name="ElementType">What the function takes.</param>
internal sealed record ServerFile(string Path, ElementType ElementType)
{
    /// <summary>What such arguments begin with.</summary>
    public const string Prefix = "server:";

    /// <summary>Whether an array of this type can be passed: MLIR's integers have no sign.</summary>
    public bool Fits(ElementType type) =>
        type == ElementType
        || (type.Size == ElementType.Size && KernelArgument.IsInteger(type) && KernelArgument.IsInteger(ElementType));
}
