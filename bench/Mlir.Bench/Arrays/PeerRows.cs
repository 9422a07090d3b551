using System.Numerics;
using System.Numerics.Tensors;
using Mlir.Arrays;

namespace Mlir.Bench.Arrays;

/// <summary>Softmax, log-sum-exp and layer normalisation over rows of 1,024 elements; <c>bench/rows_torch.py</c> measures PyTorch on the same.</summary>
internal static class PeerRows
{
    private const int Columns = 1024;

    /// <summary>Measures every case and prints lines as the kit's.</summary>
    public static void Measure(string peer)
    {
        Measure("f64", peer, 1e-5);
        Measure("f32", peer, 1e-5f);
    }

    private static void Measure<T>(string type, string peer, T epsilon)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var softmax = Jit.Compile((Tensor<T> x) => x.Softmax(-1));
        var logsumexp = Jit.Compile((Tensor<T> x) => x.LogSumExp(-1));
        var layernorm = Jit.Compile((Tensor<T> x, T e) => x.LayerNorm(e));
        foreach (var rows in (int[])[16, 1000, 16000])
        {
            var input = PeerProducts.Tensor<T>(7, 13, rows, Columns);
            var output = PeerProducts.Tensor<T>(1, 1, rows, Columns);
            var totals = PeerProducts.Tensor<T>(1, 1, rows);
            var size = $"{rows}x{Columns}";
            PeerProducts.Print($"softmax_{type}", peer, size, 0, () => softmax.Into(output, input));
            PeerProducts.Print($"logsumexp_{type}", peer, size, 0, () => logsumexp.Into(totals, input));
            PeerProducts.Print($"layernorm_{type}", peer, size, 0, () => layernorm.Into(output, input, epsilon));
        }
    }
}
