using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>Numbers that are computed inside an operation, and that the host could compute in front of it.</summary>
internal static class HostValues
{
    /// <summary>Whether <paramref name="value"/> comes from outside of <paramref name="around"/>, or from arithmetic on what does.</summary>
    public static bool CanCompute(Value value, Operation around) =>
        !IsInside(value, around)
        || (
            value.Definer is { Regions.Count: 0 } definer
            && (SideEffects.IsPure(definer) || definer is DimOp)
            && value.Type is IndexType or IntegerType or MemRefType
            && definer.Operands.ToArray().All(o => CanCompute(o, around))
        );

    /// <summary>Emits what <see cref="CanCompute"/> allows.</summary>
    public static Value Compute(Emitter host, Value value, Operation around, IrMapping known)
    {
        if (!IsInside(value, around) || known.Contains(value))
        {
            return known[value];
        }

        foreach (var operand in value.Definer!.Operands.ToArray())
        {
            Compute(host, operand, around, known);
        }

        host.Clone(value.Definer, known);
        return known[value];
    }

    /// <summary>Whether two numbers are the same arithmetic on the same values.</summary>
    public static bool AreSame(Value a, Value b) =>
        ReferenceEquals(a, b)
        || (
            a is OpResult { Owner: var p, Index: var i }
            && b is OpResult { Owner: var q, Index: var j }
            && i == j
            && p.Regions.Count == 0
            && (SideEffects.IsPure(p) || p is DimOp)
            && OperationKey.AgreeOnForm(p, q)
            && p.Operands.Count == q.Operands.Count
            && p.Operands.ToArray().Zip(q.Operands.ToArray(), AreSame).All(same => same)
        );

    /// <summary>Whether <paramref name="value"/> is made inside <paramref name="around"/>.</summary>
    public static bool IsInside(Value value, Operation around) =>
        (value.Definer ?? value.ParentBlock!.ParentOp!).IsWithin(around) && !ReferenceEquals(value.Definer, around);
}
