using System.Reflection;

namespace Mlir.Dataflow;

/// <summary>The fields of value tuples, in order.</summary>
internal static class SerializedTuples
{
    /// <summary>The items, from the eighth on as the tuple that holds them.</summary>
    public static IEnumerable<FieldInfo> FieldsOf(Type tuple)
    {
        var count = tuple.GetGenericArguments().Length;
        for (var i = 1; i <= count; i++)
        {
            yield return tuple.GetField(i < 8 ? $"Item{i}" : "Rest")!;
        }
    }
}
