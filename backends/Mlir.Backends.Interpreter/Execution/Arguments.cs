using Mlir.IR;
using Mlir.Runtime;

namespace Mlir.Backends.Interpreter;

/// <summary>Passes values between .NET and frames.</summary>
internal static class Arguments
{
    /// <summary>Puts an argument into its register.</summary>
    /// <returns>False when it does not fit.</returns>
    public static bool TrySet(Frame frame, Register register, KernelParameter parameter, object? argument)
    {
        if (argument is HostBuffer buffer)
        {
            if (
                parameter.Rank != buffer.Shape.Length
                || !SameBits(parameter.ElementType, buffer.ElementType)
                || !Fits(buffer, (ShapedType)register.Type)
            )
            {
                return false;
            }

            var storage = new Storage(ElementKinds.Of(((ShapedType)register.Type).ElementType), buffer.Data)
            {
                IsShared = true,
            };
            frame.Objects[register.Index] = new ArrayValue(storage, [.. buffer.Shape]);
            return true;
        }

        if (
            argument is null
            || !parameter.IsScalar
            || !TryElementType(argument.GetType(), out var type)
            || !SameBits(parameter.ElementType, type)
        )
        {
            return false;
        }

        var slot = ElementTypes.ToSlot(argument);
        var shift = ElementKinds.WrapShift(register.Type);
        frame.Scalars[register.Index] = slot << shift >> shift;
        return true;
    }

    /// <summary>Takes a result out of its register.</summary>
    public static object Get(Frame frame, Register register, KernelParameter result)
    {
        if (!register.IsObject)
        {
            var value = frame.Scalars[register.Index];
            return ElementTypes.FromSlot(
                result.ElementType,
                result.ElementType == ElementType.Bool ? value & 1 : value
            );
        }

        var array = frame.Array(register.Index);
        if (array.Storage.IsShared || !array.IsDense || array.Offset != 0 || array.Count != array.Storage.Count)
        {
            array = array.Copy();
        }

        return new HostBuffer(array.Storage.Data, array.Sizes);
    }

    /// <summary>An argument for messages.</summary>
    public static string Describe(object? argument) =>
        argument switch
        {
            null => "null",
            HostBuffer buffer => buffer.ToString(),
            _ => argument.GetType().Name,
        };

    private static bool Fits(HostBuffer buffer, ShapedType type)
    {
        for (var i = 0; i < type.Rank; i++)
        {
            if (!type.IsDynamicDim(i) && type.Shape[i] != buffer.Shape[i])
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryElementType(Type type, out ElementType elementType)
    {
        try
        {
            elementType = ElementTypes.Of(type);
            return true;
        }
        catch (NotSupportedException)
        {
            elementType = default;
            return false;
        }
    }

    private static bool SameBits(ElementType expected, ElementType actual) =>
        expected == actual || (Signed(expected) is { } width && width == Signed(actual));

    private static int? Signed(ElementType type) =>
        type switch
        {
            ElementType.Int8 or ElementType.UInt8 => 8,
            ElementType.Int16 or ElementType.UInt16 => 16,
            ElementType.Int32 or ElementType.UInt32 => 32,
            ElementType.Int64 or ElementType.UInt64 => 64,
            _ => null,
        };
}
