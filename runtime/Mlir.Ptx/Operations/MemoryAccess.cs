using System.Numerics;
using System.Runtime.CompilerServices;
using Mlir.Ptx.Decoding;
using Mlir.Ptx.Execution;
using Mlir.Ptx.Memory;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Operations;

/// <summary>Where an instruction finds addresses: a register or constant of each lane, and what is added to it.</summary>
internal readonly unsafe record struct AddressPlace(StateSpace Space, int Slot, int SlotBytes, long Offset)
{
    /// <summary>The address that a lane accesses.</summary>
    public ulong Of(byte* registers, int lane) =>
        SlotBytes == 8
            ? ((ulong*)(registers + Slot))[lane] + (ulong)Offset
            : ((uint*)(registers + Slot))[lane] + (uint)Offset;
}

/// <summary>Which way values go.</summary>
internal unsafe interface IDirection
{
    /// <summary>Whether they go to memory.</summary>
    static abstract bool IsWrite { get; }

    /// <summary>Moves one value between memory and a lane's register.</summary>
    static abstract void Move(byte* memory, int bytes, bool isSigned, byte* register, int width, int lane);
}

/// <summary>From memory into registers.</summary>
internal readonly unsafe struct Reading : IDirection
{
    public static bool IsWrite => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Move(byte* memory, int bytes, bool isSigned, byte* register, int width, int lane) =>
        Lanes.Write(register, width, lane, Lanes.Read(memory, bytes, isSigned));
}

/// <summary>From registers to memory.</summary>
internal readonly unsafe struct Writing : IDirection
{
    public static bool IsWrite => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Move(byte* memory, int bytes, bool isSigned, byte* register, int width, int lane) =>
        Lanes.Write(memory, bytes, 0, Lanes.Read(register + (lane * width), width, isSigned: false));
}

/// <summary>Moves one or more neighbouring values between memory and registers.</summary>
internal sealed unsafe class Transfer<TDirection>(
    AddressPlace address,
    int bytes,
    bool isSigned,
    (int Slot, int Bytes)[] values,
    AccessKind kind
) : Instruction
    where TDirection : struct, IDirection
{
    private readonly bool isPlain = values.Length == 1 && values[0].Bytes == bytes && address.SlotBytes == 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Execute(Warp warp, uint mask)
    {
        var registers = warp.Registers;
        if (
            isPlain
            && mask == uint.MaxValue
            && warp.TryWhole(
                address.Space,
                (ulong*)(registers + address.Slot),
                address.Offset,
                bytes,
                TDirection.IsWrite,
                out var data
            )
        )
        {
            var own = registers + values[0].Slot;
            Buffer.MemoryCopy(TDirection.IsWrite ? own : data, TDirection.IsWrite ? data : own, bytes * 32, bytes * 32);
            return;
        }

        if (address.Space == StateSpace.Shared)
        {
            warp.BankConflicts += SharedBanks.Conflicts(address, registers, mask, bytes * values.Length);
        }

        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            var at = warp.Resolve(address.Space, address.Of(registers, lane), bytes * values.Length, lane, kind);
            foreach (var (slot, width) in values)
            {
                TDirection.Move(at, bytes, isSigned, registers + slot, width, lane);
                at += bytes;
            }
        }
    }
}

/// <summary>Reads a kernel's parameter, the same for all lanes.</summary>
internal sealed unsafe class LoadParameter(int offset, int bytes, bool isSigned, (int Slot, int Bytes)[] results)
    : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        var from = warp.Block.Launch.Parameters + offset;
        foreach (var (slot, width) in results)
        {
            var value = Lanes.Read(from, bytes, isSigned);
            for (var left = mask; left != 0; left &= left - 1)
            {
                Lanes.Write(warp.Registers + slot, width, BitOperations.TrailingZeroCount(left), value);
            }

            from += bytes;
        }
    }
}

/// <summary>Reads or writes a parameter of a function, or an argument of a call: each lane has its own.</summary>
internal sealed unsafe class FrameParameter<TDirection>(
    int offset,
    int bytes,
    bool isSigned,
    (int Slot, int Bytes)[] values
) : Instruction
    where TDirection : struct, IDirection
{
    public override void Execute(Warp warp, uint mask)
    {
        var frame = warp.Fragment.Frame;
        var stride = frame.Function.Code.ParameterBytes;
        fixed (byte* parameters = frame.Parameters)
        {
            for (; mask != 0; mask &= mask - 1)
            {
                var lane = BitOperations.TrailingZeroCount(mask);
                var at = parameters + (lane * stride) + offset;
                foreach (var (slot, width) in values)
                {
                    TDirection.Move(at, bytes, isSigned, warp.Registers + slot, width, lane);
                    at += bytes;
                }
            }
        }
    }
}

/// <summary>Values of one to eight bytes, by their width.</summary>
internal static unsafe class Lanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Read(byte* from, int bytes, bool isSigned) =>
        bytes switch
        {
            4 => isSigned ? (ulong)*(int*)from : *(uint*)from,
            8 => *(ulong*)from,
            2 => isSigned ? (ulong)*(short*)from : *(ushort*)from,
            _ => isSigned ? (ulong)*(sbyte*)from : *from,
        };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(byte* to, int bytes, int lane, ulong value)
    {
        switch (bytes)
        {
            case 4:
                ((uint*)to)[lane] = (uint)value;
                break;
            case 8:
                ((ulong*)to)[lane] = value;
                break;
            case 2:
                ((ushort*)to)[lane] = (ushort)value;
                break;
            default:
                to[lane] = (byte)value;
                break;
        }
    }
}
