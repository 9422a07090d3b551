using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mlir.Runtime.Interop;

/// <summary>Results that go into memory which the caller gave.</summary>
internal sealed unsafe partial class KernelCall
{
    private Destination[] destinations = [];
    private int destinationCount;

    /// <summary>The error of a destination that has not the result's shape.</summary>
    /// <param name="index">The result.</param>
    /// <param name="expected">The result's sizes.</param>
    /// <param name="actual">The destination's sizes.</param>
    public static ArgumentException WrongDestination(
        int index,
        ReadOnlySpan<nint> expected,
        ReadOnlySpan<nint> actual
    ) =>
        new(
            $"result #{index} has the shape [{string.Join(", ", expected.ToArray())}], its destination [{string.Join(", ", actual.ToArray())}]",
            nameof(Destination).ToLowerInvariant()
        );

    /// <summary>Has result <paramref name="index"/> written into <paramref name="tensor"/>; comes after all arguments.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="index">The result.</param>
    /// <param name="tensor">The memory.</param>
    /// <param name="start">Its first element, pinned until the kernel is done.</param>
    /// <param name="isDense">Whether its elements lie densely in row-major order.</param>
    /// <param name="inPlace">Whether the result may lie exactly where an argument does.</param>
    public void SetDestination<T>(int index, Tensor<T> tensor, void* start, bool isDense, bool inPlace)
    {
        if (destinations.Length < results.Length)
        {
            Array.Resize(ref destinations, results.Length);
        }

        ref var destination = ref destinations[index];
        destinationCount = Math.Max(destinationCount, index + 1);
        destination.Start = (nint)start;
        destination.Count = tensor.FlattenedLength;
        var size = signature.Results[index].ElementType.Size;
        destination.End = destination.Start + (SpanOf(tensor) * size);
        for (var i = 0; i < index; i++)
        {
            if (destination.Overlaps(destinations[i].Start, destinations[i].End))
            {
                throw new ArgumentException($"the destinations of results #{i} and #{index} overlap");
            }
        }

        // What the kernel may still read is not written before it is done.
        if (!isDense || ReadsFrom(in destination, inPlace))
        {
            destination.Scratch = (nint)ScratchMemory.Allocate(destination.Count * size, ScratchMemory.Alignment);
        }
    }

    /// <summary>Copies the result where it could not be written directly.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="index">The result.</param>
    /// <param name="tensor">The memory.</param>
    public void FinishDestination<T>(int index, Tensor<T> tensor)
    {
        var scratch = destinations[index].Scratch;
        if (scratch != 0)
        {
            ref var first = ref Unsafe.AsRef<T>((void*)scratch);
            var elements = MemoryMarshal.CreateReadOnlySpan(ref first, (int)tensor.FlattenedLength);
            new ReadOnlyTensorSpan<T>(elements, tensor.Lengths).CopyTo(tensor);
        }
    }

    /// <summary>The sizes of an array result.</summary>
    /// <param name="index">The result.</param>
    public ReadOnlySpan<nint> ResultShape(int index) =>
        new(slots + ResultSlot(index) + 1, signature.Results[index].Rank!.Value);

    private static nint SpanOf<T>(Tensor<T> tensor)
    {
        nint last = 0;
        for (var i = 0; i < tensor.Rank; i++)
        {
            if (tensor.Lengths[i] == 0)
            {
                return 0;
            }

            last += (tensor.Lengths[i] - 1) * tensor.Strides[i];
        }

        return last + 1;
    }

    /// <summary>Whether an array argument shares memory with a destination in a way that matters.</summary>
    private bool ReadsFrom(in Destination destination, bool inPlace)
    {
        var slot = 0;
        foreach (var parameter in signature.Parameters)
        {
            if (parameter.Rank is { } rank)
            {
                var (start, bytes) = ((nint)slots[slot], (nint)parameter.ElementType.Size);
                for (var i = 1; i <= rank; i++)
                {
                    bytes *= (nint)slots[slot + i];
                }

                var same = inPlace && start == destination.Start && start + bytes == destination.End;
                if (!same && destination.Overlaps(start, start + bytes))
                {
                    return true;
                }
            }

            slot += parameter.SlotCount;
        }

        return false;
    }

    private void* DestinationFor(int index, long count)
    {
        ref var destination = ref destinations[index];
        if (destination.Count != count)
        {
            throw new ArgumentException(
                $"result #{index} has {count} elements, its destination {destination.Count}",
                nameof(destination)
            );
        }

        return (void*)(destination.Scratch != 0 ? destination.Scratch : destination.Start);
    }

    private void DropDestinations()
    {
        for (var i = 0; i < destinationCount; i++)
        {
            ScratchMemory.Free((void*)destinations[i].Scratch);
            destinations[i] = default;
        }

        destinationCount = 0;
    }

    /// <summary>Where a result goes.</summary>
    private struct Destination
    {
        public nint Start;
        public nint End;
        public nint Scratch;
        public long Count;

        public readonly bool Overlaps(nint start, nint end) => Start < end && start < End && Start < End && start < end;
    }
}
