using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Makes the scalar, vector or tensor form of an elementwise operation from another form of it.</summary>
internal static class ElementwiseCloner
{
    /// <summary>A detached copy of <paramref name="op"/> on other operands, with the result types that <paramref name="retype"/> makes of its own.</summary>
    public static Operation Clone(Operation op, IEnumerable<Value> operands, Func<IrType, IrType> retype)
    {
        var state = new OperationState(op.Definition, op.Location);
        state.Operands.AddRange(operands);
        foreach (var result in op.Results)
        {
            state.ResultTypes.Add(retype(result.Type));
        }

        var copy = state.Create();
        for (var i = 0; i < op.Definition.AttributeNames.Length; i++)
        {
            copy.SetInherent(i, op.GetInherent(i));
        }

        copy.Discardable = op.Discardable;
        return copy;
    }

    /// <summary>The element type of a shaped type, any other type itself.</summary>
    public static IrType Scalar(IrType type) => type is ShapedType shaped ? shaped.ElementType : type;
}
