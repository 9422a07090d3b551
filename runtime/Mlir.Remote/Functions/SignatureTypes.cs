using Mlir.Frontend;
using Mlir.Frontend.Layouts;
using Mlir.Remote.Overloads;
using Mlir.Remote.Protocol;
using Mlir.Runtime;
using ScalarKind = Mlir.Remote.Protocol.ScalarKind;

namespace Mlir.Remote.Functions;

/// <summary>Writes C# types as types of the protocol.</summary>
internal static class SignatureTypes
{
    /// <summary>The type of values with this layout.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="tensorRank">The rank of each tensor in turn; null where it is open.</param>
    public static DataType Of(TypeLayout layout, Func<uint>? tensorRank = null)
    {
        if (layout.IsLeaf)
        {
            var leaf = layout.Leaves[0];
            return leaf.Kind switch
            {
                LeafKind.Scalar => DataTypes.Scalar(KindOf(leaf.Element)),
                LeafKind.String => DataTypes.Text,
                LeafKind.Array => DataTypes.Array(KindOf(leaf.Element), (uint)leaf.Rank),
                _ => DataTypes.Array(KindOf(leaf.Element), tensorRank?.Invoke() ?? DataTypes.AnyRank),
            };
        }

        var type = new StructType { Name = IsTuple(layout.ClrType) ? "" : layout.ClrType.Name };
        foreach (var member in layout.Members)
        {
            type.Fields.Add(new Field { Name = member.Name, Type = Of(member.Layout, tensorRank) });
        }

        return new DataType { Struct = type };
    }

    /// <summary>The kind of a scalar type; an enumeration is its underlying type.</summary>
    public static ScalarKind KindOf(ScalarType type) =>
        type.ClrType == typeof(char) ? ScalarKind.Char : ScalarKinds.Of(ElementTypes.Of(type.ClrType));

    /// <summary>The kind of an element's C# type.</summary>
    public static ScalarKind KindOf(Type type) =>
        KindOf(
            ScalarType.TryGet(type)
                ?? throw new NotSupportedException(
                    $"'{type}' is not an element type of kernels: those are sbyte … ulong, nint, nuint, char, Half, float, double and bool"
                )
        );

    /// <summary>The C# type of a kind.</summary>
    public static Type ClrTypeOf(ScalarKind kind) => kind == ScalarKind.Char ? typeof(char) : kind.Element.ClrType;

    private static bool IsTuple(Type type) =>
        type.IsValueType && typeof(System.Runtime.CompilerServices.ITuple).IsAssignableFrom(type);
}
