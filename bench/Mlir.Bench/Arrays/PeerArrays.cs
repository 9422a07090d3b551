using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mlir.Bench.Arrays;

/// <summary>The arrays of the peers: three inputs and a result, and for the stencil the largest square that they hold.</summary>
internal sealed class PeerArrays<T>
    where T : unmanaged
{
    public PeerArrays(int count)
    {
        var side = (nint)Math.Sqrt(count);
        (X, Grid) = PeerArray.Create<T>(count, side);
        (Y, _) = PeerArray.Create<T>(count, side);
        (Z, _) = PeerArray.Create<T>(count, side);
        (O, Interior) = PeerArray.Create<T>(count, side - 2);
    }

    public Tensor<T> X { get; }

    public Tensor<T> Y { get; }

    public Tensor<T> Z { get; }

    public Tensor<T> O { get; }

    /// <summary>The first input as a square.</summary>
    public Tensor<T> Grid { get; }

    /// <summary>The result for the points of the square that have four neighbours.</summary>
    public Tensor<T> Interior { get; }

    /// <summary>Fills the inputs from the peers' generator.</summary>
    public void Fill(PeerInputs inputs)
    {
        var x = Span(X);
        var y = Span(Y);
        var z = Span(Z);
        var state = 88172645463325252ul;
        double Next()
        {
            state = (state * 6364136223846793005ul) + 1442695040888963407ul;
            return (state >> 11) / 9007199254740992.0;
        }

        for (var i = 0; i < x.Length; i++)
        {
            var (u, v, w) = (Next(), Next(), Next());
            (u, v, w) = inputs switch
            {
                PeerInputs.Options => (50 + (100 * u), 50 + (100 * v), 0.1 + (1.9 * w)),
                PeerInputs.Symmetric => ((8 * u) - 4, (8 * v) - 4, 0),
                _ => (u, v, w),
            };
            (x[i], y[i], z[i]) = (Of(u), Of(v), Of(w));
        }
    }

    /// <summary>The sum of the result, to compare with what the peers print.</summary>
    public double Checksum()
    {
        var sum = 0.0;
        foreach (var o in Span(O))
        {
            sum += typeof(T) == typeof(double) ? (double)(object)o : (float)(object)o;
        }

        return sum;
    }

    private static Span<T> Span(Tensor<T> tensor) =>
        MemoryMarshal.CreateSpan(
            ref Unsafe.AsRef(in TensorMarshal.GetReference(tensor.AsReadOnlyTensorSpan())),
            (int)tensor.FlattenedLength
        );

    private static T Of(double value) => typeof(T) == typeof(double) ? (T)(object)value : (T)(object)(float)value;
}
