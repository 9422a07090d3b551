using System.Collections.Frozen;
using Mlir.Frontend.Expressions;

namespace Mlir.Frontend.Arrays;

/// <summary>The one table of the functions of <c>Mlir.Arrays</c> by name; each family has a class that adds its own.</summary>
internal static class ArrayFunctions
{
    private static readonly FrozenDictionary<string, Func<ArrayCall, Operand>> Table = Build();

    /// <summary>What imports calls of the function <paramref name="name"/>, or null.</summary>
    public static Func<ArrayCall, Operand>? Find(string name) => Table.GetValueOrDefault(name);

    private static FrozenDictionary<string, Func<ArrayCall, Operand>> Build()
    {
        var table = new Dictionary<string, Func<ArrayCall, Operand>>();
        ActivationFunctions.AddTo(table);
        AxisReductions.AddTo(table);
        Convolving.AddTo(table);
        Creations.AddTo(table);
        CumulativeFunctions.AddTo(table);
        Gatherings.AddTo(table);
        HistogramFunctions.AddTo(table);
        MatrixProducts.AddTo(table);
        Rearrangings.AddTo(table);
        Scatters.AddTo(table);
        Selections.AddTo(table);
        Shapings.AddTo(table);
        Slicings.AddTo(table);
        Sorts.AddTo(table);
        TriangleParts.AddTo(table);
        return table.ToFrozenDictionary();
    }
}
