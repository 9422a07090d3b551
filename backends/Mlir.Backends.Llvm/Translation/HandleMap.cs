using System.Runtime.CompilerServices;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>
/// Objects → handles, by the object's identity. A <see cref="Dictionary{TKey, TValue}"/> over a struct of ours would be compiled by
/// the JIT in every process, even in a ready-to-run build.
/// </summary>
internal sealed class HandleMap
{
    private object?[] keys = new object?[64];
    private nint[] handles = new nint[64];
    private int count;

    /// <summary>The handle of <paramref name="key"/>, or zero.</summary>
    public nint Find(object key) => handles[SlotOf(key)];

    /// <summary>Sets the handle of <paramref name="key"/>, which is not zero.</summary>
    public void Set(object key, nint handle)
    {
        var slot = SlotOf(key);
        if (keys[slot] is null)
        {
            if (++count * 4 > keys.Length * 3)
            {
                Grow();
                slot = SlotOf(key);
            }

            keys[slot] = key;
        }

        handles[slot] = handle;
    }

    private int SlotOf(object key)
    {
        var mask = keys.Length - 1;
        var slot = RuntimeHelpers.GetHashCode(key) & mask;
        while (keys[slot] is { } other && !ReferenceEquals(other, key))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        var (oldKeys, oldHandles) = (keys, handles);
        keys = new object?[oldKeys.Length * 2];
        handles = new nint[oldKeys.Length * 2];
        for (var i = 0; i < oldKeys.Length; i++)
        {
            if (oldKeys[i] is { } key)
            {
                var slot = SlotOf(key);
                keys[slot] = key;
                handles[slot] = oldHandles[i];
            }
        }
    }
}
