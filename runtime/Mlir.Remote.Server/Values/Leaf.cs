using Mlir.Remote.Protocol;

namespace Mlir.Remote.Server.Values;

/// <summary>One value of the compiled function: a part of a parameter's or result's C# type that is no struct.</summary>
/// <param name="Element">The scalar's kind, or that of the elements; of text, the code unit.</param>
/// <param name="Rank">The array's rank; −1 for a scalar.</param>
/// <param name="IsText">Whether it is a string, which travels as an array of code units.</param>
internal readonly record struct Leaf(ScalarKind Element, int Rank, bool IsText)
{
    /// <summary>Whether this is a scalar.</summary>
    public bool IsScalar => Rank < 0;
}
