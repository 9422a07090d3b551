using Mlir.Frontend.Layouts;

namespace Mlir.Frontend.Compositions;

/// <summary>The items of value tuples by position; from the eighth on, C# nests them.</summary>
internal static class TupleItems
{
    private const int ItemsBeforeRest = 7;

    /// <summary>Item <paramref name="index"/> of the tuple type, its leaves counted from the whole tuple's; null when there is none.</summary>
    public static LayoutMember? Find(Type type, int index)
    {
        var first = 0;
        while (TypeLayout.TryGet(type, out _) is { IsLeaf: false } layout && index >= 0)
        {
            if (layout.Members.Length <= ItemsBeforeRest || index < ItemsBeforeRest)
            {
                return index < layout.Members.Length
                    ? layout.Members[index] with
                    {
                        FirstLeaf = first + layout.Members[index].FirstLeaf,
                    }
                    : null;
            }

            (first, type) = (
                first + layout.Members[ItemsBeforeRest].FirstLeaf,
                layout.Members[ItemsBeforeRest].Layout.ClrType
            );
            index -= ItemsBeforeRest;
        }

        return null;
    }
}
