using Mlir.Runtime;

namespace Mlir.Tests.Backends.Interpreter;

/// <summary>Constants of the IR as arguments and results of calls.</summary>
internal static class Constants
{
    /// <summary>What a call takes for a constant.</summary>
    public static object ToArgument(IrAttribute constant) =>
        constant switch
        {
            IntegerAttr { Type: IntegerType { Width: 1 } } flag => flag.Value != 0,
            IntegerAttr { Type: IntegerType { Width: 8 } } number => (sbyte)number.Int64,
            IntegerAttr { Type: IntegerType { Width: 16 } } number => (short)number.Int64,
            IntegerAttr { Type: IntegerType { Width: 32 } } number => (int)number.Int64,
            IntegerAttr number => number.Int64,
            FloatAttr { FloatType: var type } real when type == FloatType.F16 => BitConverter.UInt16BitsToHalf(
                (ushort)real.Bits
            ),
            FloatAttr { FloatType: var type } real when type == FloatType.F32 => BitConverter.UInt32BitsToSingle(
                (uint)real.Bits
            ),
            FloatAttr real => BitConverter.UInt64BitsToDouble((ulong)real.Bits),
            DenseElementsAttr dense => ToBuffer(dense),
            _ => throw new ArgumentException($"{constant} cannot be an argument"),
        };

    /// <summary>A scalar or array as text in which NaNs are alike and signs of zeros show.</summary>
    public static string ToText(object value) =>
        value switch
        {
            HostBuffer buffer =>
                $"[{string.Join("x", buffer.Shape)}: {string.Join(", ", buffer.Data.Cast<object>().Select(ToText))}]",
            double real => double.IsNaN(real) ? "NaN" : real.ToString("R"),
            float real => float.IsNaN(real) ? "NaN" : real.ToString("R"),
            Half real => Half.IsNaN(real) ? "NaN" : real.ToString("R"),
            _ => value.ToString()!,
        };

    private static HostBuffer ToBuffer(DenseElementsAttr dense)
    {
        var count = checked((int)dense.ShapedType.ElementCount);
        var first = count == 0 ? Default(dense.ShapedType.ElementType) : ToArgument(dense.GetElement(0));
        var data = Array.CreateInstance(first.GetType(), count);
        for (var i = 0; i < count; i++)
        {
            data.SetValue(ToArgument(dense.GetElement(i)), i);
        }

        return new HostBuffer(data, dense.ShapedType.Shape.Span);
    }

    private static object Default(IrType type) =>
        type is FloatType real ? ToArgument(FloatAttr.Get(real, 0)) : ToArgument(IntegerAttr.Get(type, 0));
}
