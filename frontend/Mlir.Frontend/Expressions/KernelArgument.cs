using System.Linq.Expressions;
using Mlir.Frontend.Layouts;

namespace Mlir.Frontend.Expressions;

/// <summary>One parameter of the compiled function and where the caller finds its argument: a leaf of a parameter or of a captured variable.</summary>
/// <param name="Name">As <c>p.Start.X</c>: the lambda's parameter or the captured variable, then the path of the leaf.</param>
/// <param name="Leaf">The leaf.</param>
/// <param name="Parameter">Which parameter of the lambda it belongs to, or −1 for a captured variable.</param>
/// <param name="Captured">The expression that reads the captured variable, of which this is a leaf, or null.</param>
public sealed record KernelArgument(string Name, LayoutLeaf Leaf, int Parameter, MemberExpression? Captured)
{
    /// <summary>The scalar type, or that of the elements.</summary>
    public ScalarType Element => Leaf.Element;

    /// <summary>A scalar, a tensor, an array or a string.</summary>
    public LeafKind Kind => Leaf.Kind;
}
