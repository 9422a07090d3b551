using System.Numerics.Tensors;
using Mlir.Backends.Gpu.Memory;
using Mlir.Execution;
using Mlir.Frontend.Layouts;

namespace Mlir;

/// <summary>What can be asked of values on a device without copying them.</summary>
public static class DeviceValues
{
    extension<T>(DeviceValue<Tensor<T>> value)
    {
        /// <summary>The tensor's size along each axis.</summary>
        public ReadOnlySpan<nint> Lengths =>
            ((IDeviceValue)value).Leaves[0] switch
            {
                IDeviceArray there => Array.ConvertAll(there.Lengths.ToArray(), static length => (nint)length),
                var here => ((Tensor<T>)here).Lengths,
            };
    }

    extension<T1, T2>(DeviceValue<(T1, T2)> value)
    {
        /// <summary>The parts of a pair, each a value of its own, which is disposed instead of the pair.</summary>
        /// <param name="first">The first part.</param>
        /// <param name="second">The second part.</param>
        public void Deconstruct(out DeviceValue<T1> first, out DeviceValue<T2> second)
        {
            ReadOnlySpan<object> rest = ((IDeviceValue)value).Leaves;
            first = Take<T1>(ref rest);
            second = Take<T2>(ref rest);
        }
    }

    extension<T1, T2, T3>(DeviceValue<(T1, T2, T3)> value)
    {
        /// <summary>The parts of a triple, each a value of its own, which is disposed instead of the triple.</summary>
        /// <param name="first">The first part.</param>
        /// <param name="second">The second part.</param>
        /// <param name="third">The third part.</param>
        public void Deconstruct(out DeviceValue<T1> first, out DeviceValue<T2> second, out DeviceValue<T3> third)
        {
            ReadOnlySpan<object> rest = ((IDeviceValue)value).Leaves;
            first = Take<T1>(ref rest);
            second = Take<T2>(ref rest);
            third = Take<T3>(ref rest);
        }
    }

    private static DeviceValue<T> Take<T>(ref ReadOnlySpan<object> leaves)
    {
        var count = TypeLayout.Of(typeof(T)).Leaves.Length;
        var part = new DeviceValue<T>(leaves[..count].ToArray());
        leaves = leaves[count..];
        return part;
    }
}
