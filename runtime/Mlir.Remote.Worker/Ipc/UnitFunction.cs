using System.Collections.Immutable;
using Mlir.Runtime;

namespace Mlir.Remote.Worker.Ipc;

/// <summary>A function of a compiled unit.</summary>
/// <param name="Name">Its symbol.</param>
/// <param name="Parameters">What it takes.</param>
/// <param name="Results">What it returns.</param>
internal sealed record UnitFunction(
    string Name,
    ImmutableArray<UnitValue> Parameters,
    ImmutableArray<UnitValue> Results
)
{
    /// <summary>How many parameters are scalars: eight bytes each in a packed call.</summary>
    public int ScalarParameters { get; } = Parameters.Count(static value => value.IsScalar);

    /// <summary>How many results are scalars.</summary>
    public int ScalarResults { get; } = Results.Count(static value => value.IsScalar);

    /// <summary>The types as the runtime knows them, where static sizes do not count.</summary>
    public KernelSignature Signature { get; } =
        new([.. Parameters.Select(KernelParameterOf)], [.. Results.Select(KernelParameterOf)]);

    private static KernelParameter KernelParameterOf(UnitValue value) => new(value.Element, value.Shape?.Length);
}
