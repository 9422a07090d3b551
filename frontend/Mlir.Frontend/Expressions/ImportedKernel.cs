using System.Collections.Immutable;
using Mlir.Dialects.Builtin;

namespace Mlir.Frontend.Expressions;

/// <summary>A lambda as a module at the tensor level, with one public function <c>main</c>.</summary>
/// <param name="Module">The module.</param>
/// <param name="Arguments">The function's parameters, in order: the lambda's, then captured variables.</param>
/// <param name="Results">The function's results: one, or the elements of a value tuple from left to right.</param>
/// <param name="ResultType">The C# type that the lambda returns.</param>
public sealed record ImportedKernel(
    ModuleOp Module,
    ImmutableArray<KernelArgument> Arguments,
    ImmutableArray<KernelResult> Results,
    Type ResultType
)
{
    /// <summary>The name of the function in the module.</summary>
    public const string EntryPoint = "main";
}
