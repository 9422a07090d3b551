using System.Collections.Immutable;
using Mlir.Dialects.Builtin;
using Mlir.Frontend.Layouts;

namespace Mlir.Frontend.Expressions;

/// <summary>A lambda as a module at the tensor level, with one public function <c>main</c>.</summary>
/// <param name="Module">The module; functions that the lambda calls by name are private ones in it.</param>
/// <param name="Arguments">The function's parameters, in order: the leaves of the lambda's, then those of captured variables.</param>
/// <param name="ResultLayout">How the C# value that the lambda returns is made from the function's results, one a leaf.</param>
/// <param name="IsRecursive">Whether it may run for long although it has no arrays: functions in it call each other in a circle.</param>
public sealed record ImportedKernel(
    ModuleOp Module,
    ImmutableArray<KernelArgument> Arguments,
    TypeLayout ResultLayout,
    bool IsRecursive
)
{
    /// <summary>The name of the function in the module.</summary>
    public const string EntryPoint = "main";

    /// <summary>The function's results.</summary>
    public ImmutableArray<LayoutLeaf> Results => ResultLayout.Leaves;
}
