using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Mlir.Dataflow;

/// <summary>Compares values of which no form says how: numbers up to rounding, arrays, tensors and tuples item by item, everything else by Equals.</summary>
internal static class ValueEquality
{
    /// <summary>Whether two values are equal.</summary>
    public static bool AreEqual(object? left, object? right, Tolerance tolerance)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        if (left is null || right is null || left.GetType() != right.GetType())
        {
            return false;
        }

        return left switch
        {
            double l => tolerance.Accepts(l, (double)right),
            float or Half => tolerance.Accepts(
                Convert.ToDouble(left is Half h ? (float)h : left, CultureInfo.InvariantCulture),
                Convert.ToDouble(right is Half g ? (float)g : right, CultureInfo.InvariantCulture)
            ),
            Complex l => AreEqual(l, (Complex)right, tolerance),
            string => left.Equals(right),
            ITensor l => AreEqual(l, (ITensor)right, tolerance),
            Array l => SameLengths(l, (Array)right) && ItemsEqual(l, (Array)right, tolerance),
            ITuple l => AreEqual(l, (ITuple)right, tolerance),
            IDictionary => left.Equals(right),
            IEnumerable l when !OverridesEquals(left.GetType()) => ItemsEqual(l, (IEnumerable)right, tolerance),
            _ => left.Equals(right),
        };
    }

    private static bool AreEqual(Complex left, Complex right, Tolerance tolerance) =>
        tolerance.Accepts(left.Real, right.Real) && tolerance.Accepts(left.Imaginary, right.Imaginary);

    private static bool AreEqual(ITuple left, ITuple right, Tolerance tolerance)
    {
        for (var i = 0; i < left.Length; i++)
        {
            if (!AreEqual(left[i], right[i], tolerance))
            {
                return false;
            }
        }

        return left.Length == right.Length;
    }

    private static bool AreEqual(ITensor left, ITensor right, Tolerance tolerance) =>
        left.Lengths.SequenceEqual(right.Lengths) && ItemsEqual((IEnumerable)left, (IEnumerable)right, tolerance);

    private static bool SameLengths(Array left, Array right)
    {
        for (var i = 0; i < left.Rank; i++)
        {
            if (left.GetLength(i) != right.GetLength(i))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ItemsEqual(IEnumerable left, IEnumerable right, Tolerance tolerance)
    {
        var (l, r) = (left.GetEnumerator(), right.GetEnumerator());
        using var disposeLeft = l as IDisposable;
        using var disposeRight = r as IDisposable;
        while (l.MoveNext())
        {
            if (!r.MoveNext() || !AreEqual(l.Current, r.Current, tolerance))
            {
                return false;
            }
        }

        return !r.MoveNext();
    }

    private static bool OverridesEquals(Type type) =>
        type.GetMethod(nameof(Equals), [typeof(object)])!.DeclaringType is var declaring
        && declaring != typeof(object)
        && declaring != typeof(ValueType);
}
