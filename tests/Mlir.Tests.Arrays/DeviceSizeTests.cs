using Mlir.Tests.Frontend;

namespace Mlir.Tests.Arrays;

/// <summary>Subscripts of arrays whose sizes the program names are divided by constants, which compilers take apart in their own ways.</summary>
public sealed class DeviceSizeTests
{
    [Test]
    public void Subscripts_are_divided_by_known_sizes()
    {
        OnDevices.CheckAll(
            (Tensor<double> x) => x.BroadcastTo(18, 4, 2).Pad(2, 1, 2, 0.5).Repeat(2, 0),
            Numbers.Some<double>(18, 4, 2)
        );
        OnDevices.CheckAll(
            (Tensor<int> x) => x.BroadcastTo(6, 8, 16).Pad(2, 1, 2, 7).Roll(1, 0),
            Numbers.Some<int>(8, 16)
        );
        OnDevices.CheckAll((Tensor<float> x) => x.BroadcastTo(5, 3, 7).Permute(1, 2, 0), Numbers.Some<float>(3, 7));
    }

    [Test]
    public void Infinity_is_a_start_of_extremes()
    {
        var x = Tensor.CreateFromShape<double>([3, 4]);
        x.Fill(double.NegativeInfinity);
        OnDevices.CheckAll((Tensor<double> x) => x.Max(0), x);
        OnDevices.CheckAll((Tensor<double> x) => (-x).Min(1), x);
    }
}
