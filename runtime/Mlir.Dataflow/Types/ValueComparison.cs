using System.Runtime.CompilerServices;

namespace Mlir.Dataflow;

/// <summary>Compares values as their forms say.</summary>
internal sealed class ValueComparison(Resolver resolver, Tolerance tolerance)
{
    public bool AreEqual(object? left, object? right)
    {
        if (left is null || right is null)
        {
            return left is null && right is null;
        }

        var type = left.GetType();
        if (left is ITuple l && right is ITuple r)
        {
            return l.Length == r.Length && Enumerable.Range(0, l.Length).All(i => AreEqual(l[i], r[i]));
        }

        if (right.GetType() != type)
        {
            if (resolver.PlanTranslation(right.GetType(), type).IsPossible)
            {
                right = resolver.Translate(right, type);
            }
            else if (resolver.PlanTranslation(type, right.GetType()).IsPossible)
            {
                type = right.GetType();
                left = resolver.Translate(left, type);
            }
            else
            {
                return false;
            }
        }

        return resolver.ConcreteTypeOf(type) is { } form
            ? form.AreEqual(left, right, tolerance)
            : ValueEquality.AreEqual(left, right, tolerance);
    }
}
