using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Arrays that show a part of another one, or all of it in another shape.</summary>
internal static class Views
{
    /// <summary>The array that <paramref name="view"/> shows a part of.</summary>
    public static Value Root(Value view)
    {
        while (view.Definer is { } definer && IsView(definer))
        {
            view = definer.OpOperands[0].Value;
        }

        return view;
    }

    /// <summary>Whether the first result of <paramref name="op"/> shows memory of its first operand.</summary>
    public static bool IsView(Operation op) =>
        op
            is CastOp
                or SubViewOp
                or ReinterpretCastOp
                or CollapseShapeOp
                or ExpandShapeOp
                or ExtractStridedMetadataOp
                or AssumeAlignmentOp
                or MemorySpaceCastOp
                or ViewOp;
}
