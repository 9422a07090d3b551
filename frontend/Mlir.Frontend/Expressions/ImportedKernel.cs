using System.Collections.Immutable;
using Mlir.Dialects.Builtin;
using Mlir.Frontend.Layouts;
using Mlir.IR;

namespace Mlir.Frontend.Expressions;

/// <summary>A lambda, or several composed ones, as a module at the tensor level, with one public function <c>main</c>.</summary>
/// <param name="Module">The module; functions that the lambda calls by name are private ones in it.</param>
/// <param name="Arguments">The function's parameters, in order: the leaves of the lambda's, then those of captured variables.</param>
/// <param name="Outputs">How the C# values that are returned, of a lambda one, are made from the function's results, one a leaf.</param>
/// <param name="IsRecursive">Whether it may run for long although it has no arrays: functions in it call each other in a circle.</param>
public sealed record ImportedKernel(
    ModuleOp Module,
    ImmutableArray<KernelArgument> Arguments,
    ImmutableArray<TypeLayout> Outputs,
    bool IsRecursive
)
{
    /// <summary>The name of the function in the module.</summary>
    public const string EntryPoint = "main";

    /// <summary>
    /// Whether the lambda depends on ranks or sizes, or returns a tensor of a shape of its own: then there is a module for known shapes only, and this
    /// one is empty.
    /// </summary>
    public bool NeedsShapes { get; init; }

    /// <summary>Whether sizes meet in it that only a call knows: where one turns out to be 1, the call goes to another version.</summary>
    public bool MeetsSizes { get; init; }

    /// <summary>The function's results.</summary>
    public ImmutableArray<LayoutLeaf> Results { get; } = [.. Outputs.SelectMany(o => o.Leaves)];

    /// <summary>How the C# value that a lambda returns is made from the function's results.</summary>
    public TypeLayout ResultLayout => Outputs[0];

    /// <summary>What is known of a kernel before the shapes of its arguments are.</summary>
    internal static ImportedKernel WithoutModule(
        Location location,
        ImmutableArray<KernelArgument> arguments,
        ImmutableArray<TypeLayout> outputs
    ) => new(ModuleOp.Create(location), arguments, outputs, IsRecursive: true) { NeedsShapes = true };
}
