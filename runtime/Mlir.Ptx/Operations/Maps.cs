using System.Numerics;
using System.Runtime.CompilerServices;
using Mlir.Ptx.Decoding;
using Mlir.Ptx.Execution;

namespace Mlir.Ptx.Operations;

/// <summary>Computes each lane's result from one operand.</summary>
internal sealed unsafe class Map<T, TResult>(int result, int x, Func<T, TResult> function) : Instruction
    where T : unmanaged
    where TResult : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        var to = (TResult*)(warp.Registers + result);
        var a = (T*)(warp.Registers + x);
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            to[lane] = function(a[lane]);
        }
    }
}

/// <summary>Computes each lane's result from two operands.</summary>
internal sealed unsafe class Map<T1, T2, TResult>(int result, int x, int y, Func<T1, T2, TResult> function)
    : Instruction
    where T1 : unmanaged
    where T2 : unmanaged
    where TResult : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        var to = (TResult*)(warp.Registers + result);
        var a = (T1*)(warp.Registers + x);
        var b = (T2*)(warp.Registers + y);
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            to[lane] = function(a[lane], b[lane]);
        }
    }
}

/// <summary>Computes each lane's result from three operands.</summary>
internal sealed unsafe class Map<T1, T2, T3, TResult>(
    int result,
    int x,
    int y,
    int z,
    Func<T1, T2, T3, TResult> function
) : Instruction
    where T1 : unmanaged
    where T2 : unmanaged
    where T3 : unmanaged
    where TResult : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        var to = (TResult*)(warp.Registers + result);
        var a = (T1*)(warp.Registers + x);
        var b = (T2*)(warp.Registers + y);
        var c = (T3*)(warp.Registers + z);
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            to[lane] = function(a[lane], b[lane], c[lane]);
        }
    }
}

/// <summary>Computes each lane's result from four operands.</summary>
internal sealed unsafe class Map<T1, T2, T3, T4, TResult>(
    int result,
    int x,
    int y,
    int z,
    int w,
    Func<T1, T2, T3, T4, TResult> function
) : Instruction
    where T1 : unmanaged
    where T2 : unmanaged
    where T3 : unmanaged
    where T4 : unmanaged
    where TResult : unmanaged
{
    public override void Execute(Warp warp, uint mask)
    {
        var to = (TResult*)(warp.Registers + result);
        var a = (T1*)(warp.Registers + x);
        var b = (T2*)(warp.Registers + y);
        var c = (T3*)(warp.Registers + z);
        var d = (T4*)(warp.Registers + w);
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            to[lane] = function(a[lane], b[lane], c[lane], d[lane]);
        }
    }
}

/// <summary>Computes each lane's predicate, and its opposite, from two operands; a third predicate may be joined in.</summary>
internal sealed unsafe class Test<T>(
    int result,
    int? opposite,
    int x,
    int y,
    Func<T, T, bool> function,
    (int Slot, bool IsNegated, Func<uint, uint, uint> Join)? with
) : Instruction
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        var a = (T*)(warp.Registers + x);
        var b = (T*)(warp.Registers + y);
        uint found = 0;
        for (var left = mask; left != 0; left &= left - 1)
        {
            var lane = BitOperations.TrailingZeroCount(left);
            found |= function(a[lane], b[lane]) ? 1u << lane : 0;
        }

        var other = ~found;
        if (with is { } joined)
        {
            var predicate = *(uint*)(warp.Registers + joined.Slot) ^ (joined.IsNegated ? uint.MaxValue : 0);
            (found, other) = (joined.Join(found, predicate), joined.Join(other, predicate));
        }

        Predicates.Write(warp, result, found, mask);
        if (opposite is { } place)
        {
            Predicates.Write(warp, place, other, mask);
        }
    }
}

/// <summary>Computes predicates from predicates, all lanes at once.</summary>
internal sealed unsafe class PredicateMap(int result, int x, int y, Func<uint, uint, uint> function) : Instruction
{
    public override void Execute(Warp warp, uint mask) =>
        Predicates.Write(warp, result, function(*(uint*)(warp.Registers + x), *(uint*)(warp.Registers + y)), mask);
}

/// <summary>Chooses between two values by a predicate.</summary>
internal sealed unsafe class Choose<T>(int result, int x, int y, int predicate) : Instruction
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        var to = (T*)(warp.Registers + result);
        var a = (T*)(warp.Registers + x);
        var b = (T*)(warp.Registers + y);
        var choice = *(uint*)(warp.Registers + predicate);
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            to[lane] = (choice >> lane & 1) != 0 ? a[lane] : b[lane];
        }
    }
}

/// <summary>Predicates: a word with a bit for each lane.</summary>
internal static unsafe class Predicates
{
    public static void Write(Warp warp, int slot, uint value, uint mask)
    {
        var place = (uint*)(warp.Registers + slot);
        *place = (*place & ~mask) | (value & mask);
    }
}
