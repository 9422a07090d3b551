using System.Collections.Concurrent;
using System.Numerics.Tensors;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Mlir.Dataflow;

/// <summary>The bytes that values take: the elements of tensors, arrays and strings, and scalars.</summary>
internal static class DataSize
{
    private static readonly ConcurrentDictionary<Type, int> ElementSizes = new();

    /// <summary>The bytes of a value; 0 where they are not known.</summary>
    public static long Of(object? value) =>
        value switch
        {
            null => 0,
            string text => 2L * text.Length,
            Array array => array.LongLength * SizeOf(array.GetType().GetElementType()!),
            IReadOnlyTensor tensor => (long)tensor.FlattenedLength * SizeOfTensorElement(tensor.GetType()),
            ITuple tuple => OfItems(tuple),
            ValueType => SizeOf(value.GetType()),
            _ => 0,
        };

    private static long OfItems(ITuple tuple)
    {
        var bytes = 0L;
        for (var i = 0; i < tuple.Length; i++)
        {
            // A tuple inside a tuple is as deep as its type says, so this ends.
            bytes += Of(tuple[i]);
        }

        return bytes;
    }

    private static int SizeOfTensorElement(Type type) => type.IsGenericType ? SizeOf(type.GetGenericArguments()[0]) : 0;

    private static int SizeOf(Type element) =>
        ElementSizes.GetOrAdd(
            element,
            static type =>
                type.IsPointer || type.IsFunctionPointer
                    ? IntPtr.Size
                    : (int)
                        typeof(DataSize)
                            .GetMethod(nameof(Measure), BindingFlags.NonPublic | BindingFlags.Static)!
                            .MakeGenericMethod(type)
                            .Invoke(null, null)!
        );

    private static int Measure<T>() => Unsafe.SizeOf<T>();
}
