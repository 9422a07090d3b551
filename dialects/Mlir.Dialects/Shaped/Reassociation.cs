using Mlir.IR.Text;

namespace Mlir.Dialects;

/// <summary>Groups of neighbouring dimensions, <c>[[0, 1], [2]]</c>: each group of the larger shape is one dimension of the smaller one.</summary>
internal static class Reassociation
{
    /// <summary>Parses the groups.</summary>
    public static ArrayAttr Parse(AsmParser parser)
    {
        var groups = new List<IrAttribute>();
        parser.Expect("[");
        if (!parser.TryConsume("]"))
        {
            do
            {
                var group = new List<IrAttribute>();
                parser.Expect("[");
                do
                {
                    group.Add(IntegerAttr.Get(IntegerType.I64, parser.ParseInteger()));
                } while (parser.TryConsume(","));
                parser.Expect("]");
                groups.Add(ArrayAttr.Get([.. group]));
            } while (parser.TryConsume(","));
            parser.Expect("]");
        }

        return ArrayAttr.Get([.. groups]);
    }

    /// <summary>Prints the groups.</summary>
    public static void Print(AsmPrinter printer, ArrayAttr groups)
    {
        printer.Write('[');
        for (var i = 0; i < groups.Items.Count; i++)
        {
            printer.Write(i == 0 ? "[" : ", [");
            var group = ((ArrayAttr)groups.Items[i]).Items;
            for (var j = 0; j < group.Count; j++)
            {
                printer.Write(j == 0 ? "" : ", ");
                printer.Write(((IntegerAttr)group[j]).Int64);
            }

            printer.Write(']');
        }

        printer.Write(']');
    }

    /// <summary>The attribute for <paramref name="groups"/> of dimensions.</summary>
    public static ArrayAttr Make(params ReadOnlySpan<int[]> groups)
    {
        var items = new IrAttribute[groups.Length];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = ArrayAttr.Get([.. groups[i].Select(d => (IrAttribute)IntegerAttr.Get(IntegerType.I64, d))]);
        }

        return ArrayAttr.Get(items);
    }

    /// <summary>The groups as numbers; null when the attribute is something else.</summary>
    public static int[][]? Read(ArrayAttr groups)
    {
        var result = new int[groups.Items.Count][];
        for (var i = 0; i < result.Length; i++)
        {
            if (groups.Items[i] is not ArrayAttr group)
            {
                return null;
            }

            result[i] = new int[group.Items.Count];
            for (var j = 0; j < result[i].Length; j++)
            {
                if (group.Items[j] is not IntegerAttr { Int64: >= 0 and < int.MaxValue } dim)
                {
                    return null;
                }

                result[i][j] = (int)dim.Int64;
            }
        }

        return result;
    }

    /// <summary>Checks that the groups turn <paramref name="expanded"/> into <paramref name="collapsed"/>.</summary>
    public static void Verify(
        Operation op,
        ArrayAttr attribute,
        ShapedType expanded,
        ShapedType collapsed,
        OpVerifier verifier
    )
    {
        if (expanded.Rank <= collapsed.Rank)
        {
            verifier.Error(
                op,
                $"expected rank expansion, but found source rank {collapsed.Rank} >= result rank {expanded.Rank}"
            );
            return;
        }

        if (expanded.ElementType != collapsed.ElementType)
        {
            verifier.Error(op, "must keep the element type");
            return;
        }

        if (Read(attribute) is not { } groups || groups.Length != collapsed.Rank)
        {
            verifier.Error(
                op,
                $"expected rank of the collapsed type({collapsed.Rank}) to be the number of reassociation maps({attribute.Items.Count})"
            );
            return;
        }

        var next = 0;
        for (var i = 0; i < groups.Length; i++)
        {
            var (size, dynamic) = (1L, false);
            foreach (var dim in groups[i])
            {
                if (dim != next || dim >= expanded.Rank)
                {
                    verifier.Error(op, "expected reassociation map #" + i + " to be valid and contiguous");
                    return;
                }

                next++;
                dynamic |= expanded.IsDynamicDim(dim);
                size = expanded.IsDynamicDim(dim) ? size : unchecked(size * expanded.Shape[dim]);
            }

            if (dynamic != collapsed.IsDynamicDim(i) || (!dynamic && size != collapsed.Shape[i]))
            {
                verifier.Error(
                    op,
                    $"expected dimension {i} of collapsed type to be {(dynamic ? "dynamic" : $"static value of {size}")}"
                );
                return;
            }
        }

        if (collapsed.Rank > 0 ? next != expanded.Rank : !expanded.Shape.Span.ToArray().All(s => s == 1))
        {
            verifier.Error(op, "expected the reassociation to name every dimension");
        }
    }
}
