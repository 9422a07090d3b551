using Mlir.Dialects.Arith;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Attributes by which a program promises something; broken promises would be undefined behaviour.</summary>
internal static class Promises
{
    /// <summary>Takes the promises away: <c>nsw</c>, <c>nuw</c>, <c>exact</c>, <c>nnan</c>, <c>ninf</c>. Other liberties of floats stay.</summary>
    public static void Drop(Operation op)
    {
        var names = op.Definition.AttributeNames;
        for (var i = 0; i < names.Length; i++)
        {
            switch (op.GetInherent(i))
            {
                case EnumAttr<IntegerOverflowFlags> { Value: not IntegerOverflowFlags.None }:
                    op.SetAttribute(names[i], EnumAttr<IntegerOverflowFlags>.Get(IntegerOverflowFlags.None));
                    break;
                case EnumAttr<FastMathFlags> { Value: var flags }
                    when (flags & (FastMathFlags.Nnan | FastMathFlags.Ninf)) != 0:
                    op.SetAttribute(
                        names[i],
                        EnumAttr<FastMathFlags>.Get(flags & ~(FastMathFlags.Nnan | FastMathFlags.Ninf))
                    );
                    break;
                case UnitAttr when names[i] == "isExact":
                    op.SetAttribute(names[i], null);
                    break;
            }
        }
    }
}
