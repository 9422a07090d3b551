using System.Numerics;
using Mlir.Backends.Gpu;
using Mlir.Runtime;

namespace Mlir.Bench.Gpu;

/// <summary>An argument of one type: random numbers, the same in every run.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="Low">The smallest number.</param>
/// <param name="High">Above the largest number.</param>
/// <param name="Lengths">Its sizes.</param>
internal sealed record CaseInput<T>(double Low, double High, params long[] Lengths) : CaseInput(Lengths)
    where T : unmanaged, INumber<T>
{
    private const int Part = 1 << 16;

    /// <inheritdoc/>
    public override unsafe long Bytes => Count * sizeof(T);

    /// <inheritdoc/>
    public override HostBuffer Make(int seed)
    {
        var numbers = new T[Count];
        Parallel.For(
            0,
            (numbers.Length + Part - 1) / Part,
            part =>
            {
                var random = new Random((seed << 20) + part);
                foreach (ref var number in numbers.AsSpan(part * Part, Math.Min(Part, numbers.Length - (part * Part))))
                {
                    number = T.CreateTruncating(Low + ((High - Low) * random.NextDouble()));
                }
            }
        );
        return new HostBuffer(numbers, Lengths);
    }

    /// <inheritdoc/>
    public override IDisposable Upload(GpuDevice device, HostBuffer numbers)
    {
        var array = device.Allocate<T>(Lengths);
        array.CopyFrom(numbers.AsSpan<T>());
        return array;
    }
}
