using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mlir.Runtime.Interop;

/// <summary>Runs before the one that counts, to measure code on the call's own arguments.</summary>
internal sealed unsafe partial class KernelCall
{
    /// <summary>The value of <see cref="destinationCount"/> while results are thrown away.</summary>
    private const int Rehearsing = -1;

    private int pinsBefore;
    private int destinationsBefore;

    /// <summary>The number of elements of all arrays that were passed.</summary>
    public long ElementCount
    {
        get
        {
            var sum = 0L;
            var slot = slots;
            foreach (var parameter in signature.Parameters)
            {
                if (parameter.Rank is { } rank)
                {
                    var count = 1L;
                    for (var i = 1; i <= rank; i++)
                    {
                        count *= slot[i];
                    }

                    sum += count;
                }

                slot += parameter.SlotCount;
            }

            return sum;
        }
    }

    /// <summary>
    /// From here to <see cref="EndRehearsal"/> results go into memory of their own, the same at each run: a destination may be an argument,
    /// which must not change yet.
    /// </summary>
    public void BeginRehearsal()
    {
        (pinsBefore, destinationsBefore) = (pinCount, destinationCount);
        destinationCount = Rehearsing;
    }

    /// <summary>Runs code and forgets what came of it.</summary>
    /// <param name="entry">The packed entry point.</param>
    /// <returns>Whether it ran to its end; if not, the error is the real call's to report.</returns>
    public bool Rehearse(delegate* unmanaged<void*, void*, void> entry)
    {
        entry(slots, frame);
        var fine = frame->Status == 0;
        frame->Status = 0;
        Failure = null;
        return fine;
    }

    /// <summary>Makes the call what it was before.</summary>
    public void EndRehearsal()
    {
        while (pinCount > pinsBefore)
        {
            pins[--pinCount].Target = null;
        }

        Array.Clear(results);
        destinationCount = destinationsBefore;
    }

    private void* RehearsedResult(int index, ElementType type, int count)
    {
        if (results[index] is not { } array || array.Length != count)
        {
            array = type.NewArray(count);
            results[index] = array;
            LargePages.Advise(Pin(array), (long)count * type.Size);
        }

        return Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
    }
}
