using System.Linq.Expressions;
using System.Numerics;
using System.Numerics.Tensors;
using Mlir.Arrays;
using Mlir.Backends.Gpu;
using static System.Numerics.Tensors.Tensor;

namespace Mlir.Bench.Gpu;

/// <summary>What is measured, written as a user would.</summary>
/// <param name="isSmall">Whether the sizes are small.</param>
internal sealed class Cases(bool isSmall)
{
    private static readonly Goal[] Streaming = [new(Goal.Copy, 0.9), new("torch.compile", 1)];
    private static readonly Goal[] Rows = [new("torch.compile", 1)];

    /// <summary>The bytes of an argument.</summary>
    public long Bytes => isSmall ? 1 << 16 : 1 << 28;

    /// <summary>All of them, in the order of the table.</summary>
    public IEnumerable<MeasuredCase> All() => [.. Elementwise(), .. Reductions(), .. RowByRow(), .. Products()];

    private IEnumerable<MeasuredCase> Elementwise()
    {
        yield return Stream<float>("axpy3", 3, 1, Three<float>((x, y, z) => x * 1.25f + y * -0.75f + z));
        yield return Stream<double>("axpy3", 3, 1, Three<double>((x, y, z) => x * 1.25 + y * -0.75 + z));
        yield return Stream<float>(
            "sig",
            2,
            1,
            Two<float>((x, y) => Tanh<float>(LogP1<float>(Exp<float>(x))) * (1.0f / (Exp<float>(-y) + 1.0f)))
        );
        yield return Stream<float>("gelu", 1, 1, One<float>(x => x.Gelu()));
        yield return Stream<float>(
            "where",
            2,
            1,
            Two<float>((x, y) => Tensor.Where(GreaterThan<float>(x, y), x * y, x - y))
        );
        var side = isSmall ? 128 : 8192;
        yield return Matrix(
            "transpose",
            side,
            One<float>(x => x.Permute(1, 0) * 2f),
            Streaming,
            outputs: 1,
            rows: side
        );
    }

    // Results of one element stay on the device, as the peers' do.
    private IEnumerable<MeasuredCase> Reductions()
    {
        yield return Stream<float>("sum", 1, 0, One<float>(x => x.Sum(0, true)));
        yield return Stream<double>("sum", 1, 0, One<double>(x => x.Sum(0, true)));
        yield return Stream<float>("dot", 2, 0, Two<float>((x, y) => (x * y).Sum(0, true)));
        yield return Stream<float>("max", 1, 0, One<float>(x => x.Max(0, true)));
        yield return Stream<float>("var", 1, 0, One<float>(x => x.Var(0, 0, true)));
        yield return Matrix("rowsum", 8192, One<float>(x => x.Sum(1, false)), Streaming, outputs: 0);
        yield return Matrix("colsum", 8192, One<float>(x => x.Sum(0, false)), Streaming, outputs: 0);
    }

    private IEnumerable<MeasuredCase> RowByRow()
    {
        long[] lengths = [1024, 2048, 4096, 8192, 16384];
        foreach (var length in lengths)
        {
            yield return Matrix("softmax", length, One<float>(x => x.Softmax(1)), Rows, outputs: 1);
        }

        foreach (var length in lengths)
        {
            var plain = Matrix(
                "layernorm",
                length,
                Three<float>((x, scale, shift) => x.LayerNorm(scale, shift, 1e-5f)),
                Rows,
                outputs: 1
            );
            var vector = Symmetric<float>(length);
            yield return plain with
            {
                Inputs = [.. plain.Inputs, vector, vector],
            };
        }
    }

    private IEnumerable<MeasuredCase> Products()
    {
        yield return Product<float>("f32", Two<float>((x, y) => x.MatMul(y)), new Goal("cuBLAS", 0.9));
        yield return Product<double>("f64", Two<double>((x, y) => x.MatMul(y)));
        yield return Product<float>("tf32", Two<float>((x, y) => x.MatMul(y)), new Goal("cuBLAS", 0.75));
        yield return Product<Half>("bf16", null, new Goal("cuBLAS", 0.75));
        var halves = Product<Half>(
            "f16",
            (Expression<Func<Tensor<Half>, Tensor<Half>, Tensor<float>>>)((x, y) => x.MatMul<Half, float>(y)),
            new Goal("cuBLAS", 0.75)
        );
        yield return halves;

        // The other way to the same product, where the device has it: the faster one is what should be the default there. It wants many tiles.
        yield return halves with
        {
            Feature = GpuBackend.Warpgroups,
            Inputs = isSmall ? [Symmetric<Half>(1000, 64), Symmetric<Half>(64, 2000)] : halves.Inputs,
        };
    }

    private unsafe MeasuredCase Stream<T>(string name, int inputs, int outputs, LambdaExpression lambda)
        where T : unmanaged, INumber<T>
    {
        var input = Symmetric<T>(Bytes / sizeof(T));
        return new MeasuredCase(
            name,
            $"f{8 * sizeof(T)}",
            lambda,
            [.. Enumerable.Repeat(input, inputs)],
            (inputs + outputs) * Bytes,
            Streaming
        );
    }

    private MeasuredCase Matrix(
        string name,
        long columns,
        LambdaExpression lambda,
        Goal[] goals,
        int outputs,
        long? rows = null
    )
    {
        var matrix = Symmetric<float>(rows ?? Math.Max(2, Bytes / sizeof(float) / columns), columns);
        return new MeasuredCase(name, "f32", lambda, [matrix], (1 + outputs) * matrix.Bytes, goals);
    }

    private MeasuredCase Product<T>(string type, LambdaExpression? lambda, params Goal[] goals)
        where T : unmanaged, INumber<T>
    {
        double side = isSmall ? 64 : 4096;
        var factor = Symmetric<T>((long)side, (long)side);
        return new MeasuredCase("matmul", type, lambda, [factor, factor], 3 * factor.Bytes, goals)
        {
            Operations = 2 * side * side * side,

            // Tensor cores add in an order of their own.
            Tolerance =
                type == "tf32" ? 2e-3
                : typeof(T) == typeof(float) ? 0
                : typeof(T) == typeof(double) ? 1e-14
                : 1e-5,
        };
    }

    private static CaseInput<T> Symmetric<T>(params long[] lengths)
        where T : unmanaged, INumber<T> => new(-2, 2, lengths);

    private static LambdaExpression One<T>(Expression<Func<Tensor<T>, Tensor<T>>> lambda) => lambda;

    private static LambdaExpression Two<T>(Expression<Func<Tensor<T>, Tensor<T>, Tensor<T>>> lambda) => lambda;

    private static LambdaExpression Three<T>(Expression<Func<Tensor<T>, Tensor<T>, Tensor<T>, Tensor<T>>> lambda) =>
        lambda;
}
