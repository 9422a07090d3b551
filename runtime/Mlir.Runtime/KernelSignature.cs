using System.Collections.Immutable;

namespace Mlir.Runtime;

/// <summary>What a kernel takes and returns.</summary>
public sealed class KernelSignature
{
    /// <summary>Names a kernel's parameters and results.</summary>
    /// <param name="parameters">In order of declaration.</param>
    /// <param name="results">In order of declaration.</param>
    public KernelSignature(ImmutableArray<KernelParameter> parameters, ImmutableArray<KernelParameter> results)
    {
        Parameters = parameters;
        Results = results;
        FirstResultSlot = parameters.Sum(static parameter => parameter.SlotCount);
        SlotCount = FirstResultSlot + results.Sum(static result => result.SlotCount);
    }

    /// <summary>The parameters, in order of declaration.</summary>
    public ImmutableArray<KernelParameter> Parameters { get; }

    /// <summary>The results, in order of declaration.</summary>
    public ImmutableArray<KernelParameter> Results { get; }

    /// <summary>The 8-byte slots of a packed call: the parameters', then the results'.</summary>
    public int SlotCount { get; }

    /// <summary>The slot of the first result, and the number of slots that the parameters take.</summary>
    public int FirstResultSlot { get; }

    /// <summary>For example <c>(?xFloat64, Float64) -> ?xFloat64</c>.</summary>
    public override string ToString() =>
        $"({string.Join(", ", Parameters)}) -> "
        + (Results.Length == 1 ? Results[0].ToString() : $"({string.Join(", ", Results)})");
}
