using System.Numerics;
using Mlir.Backends.Gpu;
using Mlir.Runtime;

namespace Mlir.Bench.Gpu;

/// <summary>A device's result beside the processor's.</summary>
internal static class ResultComparison
{
    /// <summary>What differs; null where nothing does.</summary>
    /// <param name="here">The processor's result.</param>
    /// <param name="there">The device's: a <see cref="GpuArray{T}"/>.</param>
    /// <param name="tolerance">The norm of the difference over that of the result, at most; 0 for equal bits, but for those of NaN.</param>
    public static string? Difference(HostBuffer here, object there, double tolerance) =>
        there switch
        {
            GpuArray<float> array => Difference(here.AsSpan<float>(), array, tolerance),
            GpuArray<double> array => Difference(here.AsSpan<double>(), array, tolerance),
            GpuArray<Half> array => Difference(here.AsSpan<Half>(), array, tolerance),
            _ => throw new NotSupportedException(there.GetType().ToString()),
        };

    private static string? Difference<T>(ReadOnlySpan<T> here, GpuArray<T> there, double tolerance)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var numbers = there.ToArray();
        if (numbers.Length != here.Length)
        {
            return $"{numbers.Length} elements, not {here.Length}";
        }

        var (error, norm) = (0.0, 0.0);
        for (var i = 0; i < numbers.Length; i++)
        {
            var (x, y) = (here[i], numbers[i]);
            if (tolerance > 0)
            {
                var (a, b) = (double.CreateTruncating(x), double.CreateTruncating(y));
                error += (a - b) * (a - b);
                norm += a * a;
            }
            else if (!x.Equals(y) || T.IsNegative(x) != T.IsNegative(y))
            {
                return FormattableString.Invariant($"[{i}] is {y:R}, not {x:R}");
            }
        }

        var relative = Math.Sqrt(error / Math.Max(norm, double.Epsilon));
        return relative <= tolerance ? null : FormattableString.Invariant($"‖difference‖ / ‖result‖ = {relative:G3}");
    }
}
