using Mlir.IR.Text;

namespace Mlir.Dialects;

/// <summary>The offsets, sizes and strides of a slice, <c>[0, %i] [4, %n] [1, 1]</c>.</summary>
internal static class SliceForm
{
    /// <summary>Parses the three lists and sets the attributes; the operands are for <see cref="Resolve"/>.</summary>
    public static List<UnresolvedOperand>[] Parse(AsmParser parser, OperationState state)
    {
        var values = new List<UnresolvedOperand>[] { [], [], [] };
        foreach (
            var (name, list) in (ReadOnlySpan<(string, List<UnresolvedOperand>)>)
                [("static_offsets", values[0]), ("static_sizes", values[1]), ("static_strides", values[2])]
        )
        {
            state.SetAttribute(name, DenseArrayAttr.I64(MixedList.Parse(parser, list)));
        }

        return values;
    }

    /// <summary>Adds the operands of the three lists after the <paramref name="before"/> that the state has, and the segment sizes.</summary>
    public static void Resolve(AsmParser parser, List<UnresolvedOperand>[] values, int before, OperationState state)
    {
        var segments = new List<int>();
        for (var i = 0; i < before; i++)
        {
            segments.Add(1);
        }

        foreach (var list in values)
        {
            MixedList.ResolveIndices(parser, list, state);
            segments.Add(list.Count);
        }

        state.SetAttribute("operandSegmentSizes", DenseArrayAttr.I32([.. segments]));
    }

    /// <summary>Prints the three lists.</summary>
    public static void Print(AsmPrinter printer, ISlice slice)
    {
        MixedList.Print(printer, slice.StaticOffsets.Values, slice.Offsets);
        printer.Write(' ');
        MixedList.Print(printer, slice.StaticSizes.Values, slice.Sizes);
        printer.Write(' ');
        MixedList.Print(printer, slice.StaticStrides.Values, slice.Strides);
    }

    /// <summary>Checks the three lists against the rank of the source, and constant offsets and sizes against its static sizes.</summary>
    public static bool Verify<T>(T op, ShapedType source, OpVerifier verifier)
        where T : Operation, ISlice
    {
        if (
            !MixedList.Verify(op, "offset", op.StaticOffsets.Values, op.Offsets, source.Rank, verifier)
            || !MixedList.Verify(op, "size", op.StaticSizes.Values, op.Sizes, source.Rank, verifier)
            || !MixedList.Verify(op, "stride", op.StaticStrides.Values, op.Strides, source.Rank, verifier)
        )
        {
            return false;
        }

        for (var i = 0; i < source.Rank; i++)
        {
            var (offset, size, stride) = (
                op.StaticOffsets.Values[i],
                op.StaticSizes.Values[i],
                op.StaticStrides.Values[i]
            );
            if (offset != ShapedType.Dynamic && offset < 0)
            {
                verifier.Error(op, $"expected offsets to be non-negative, but got {offset}");
                return false;
            }

            if (size != ShapedType.Dynamic && size < 0)
            {
                verifier.Error(op, $"expected sizes to be non-negative, but got {size}");
                return false;
            }

            if (source.IsDynamicDim(i) || offset == ShapedType.Dynamic)
            {
                continue;
            }

            if (offset >= source.Shape[i] && size != 0)
            {
                verifier.Error(op, $"offset {i} is out-of-bounds: {offset} >= {source.Shape[i]}");
                return false;
            }

            var last = (Int128)offset + ((Int128)size - 1) * stride;
            if (
                size > 0
                && size != ShapedType.Dynamic
                && stride != ShapedType.Dynamic
                && (last < 0 || last >= source.Shape[i])
            )
            {
                verifier.Error(op, $"slice along dimension {i} runs out-of-bounds: {last} >= {source.Shape[i]}");
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether <paramref name="reduced"/> is <paramref name="full"/> with some dimensions of size 1 left out.</summary>
    public static bool IsRankReduced(ReadOnlySpan<long> full, ReadOnlySpan<long> reduced)
    {
        var next = 0;
        foreach (var size in full)
        {
            if (next < reduced.Length && reduced[next] == size)
            {
                next++;
            }
            else if (size != 1)
            {
                return false;
            }
        }

        return next == reduced.Length;
    }
}
