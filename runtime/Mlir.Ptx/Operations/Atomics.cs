using System.Numerics;
using Mlir.Ptx.Decoding;
using Mlir.Ptx.Execution;
using Mlir.Ptx.Memory;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Operations;

/// <summary>Replaces a value in memory by one computed from it, undisturbed by others; lanes go in their order.</summary>
internal sealed unsafe class Atomic(
    AddressPlace address,
    int bytes,
    int? result,
    int x,
    int y,
    AccessKind order,
    Func<ulong, ulong, ulong, ulong> update
) : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        var registers = warp.Registers;
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            var place = warp.Resolve(
                address.Space,
                address.Of(registers, lane),
                bytes,
                lane,
                AccessKind.Atomic | order
            );
            var a = Lanes.Read(registers + x + (lane * bytes), bytes, isSigned: false);
            var b = Lanes.Read(registers + y + (lane * bytes), bytes, isSigned: false);
            ulong old;
            do
            {
                old = Lanes.Read(place, bytes, isSigned: false);
            } while (!TryExchange(place, old, update(old, a, b)));
            if (result is { } slot)
            {
                Lanes.Write(registers + slot, bytes, lane, old);
            }
        }
    }

    private bool TryExchange(byte* place, ulong old, ulong value) =>
        bytes switch
        {
            2 => Interlocked.CompareExchange(ref *(ushort*)place, (ushort)value, (ushort)old) == (ushort)old,
            4 => Interlocked.CompareExchange(ref *(uint*)place, (uint)value, (uint)old) == (uint)old,
            _ => Interlocked.CompareExchange(ref *(ulong*)place, value, old) == old,
        };
}

/// <summary>Decodes atomic operations.</summary>
internal static class AtomicDecoder
{
    // atom.global.add.u32 d, [p], a;   atom.acq_rel.gpu.global.cas.b32 d, [p], expected, value
    public static Instruction Atom(Decoder decoder) => Decode(decoder, hasResult: true);

    // red.relaxed.gpu.global.add.f32 [p], a
    public static Instruction Reduction(Decoder decoder) => Decode(decoder, hasResult: false);

    private static Atomic Decode(Decoder decoder, bool hasResult)
    {
        var order = MemoryDecoder.Strength(decoder);
        _ = decoder.OneOf("cta", "gpu", "sys", "cluster");
        var space = MemoryDecoder.Space(decoder);
        MemoryDecoder.TakeHints(decoder);
        var operation = decoder.Require("add", "min", "max", "inc", "dec", "and", "or", "xor", "exch", "cas");
        var isNoFlush = decoder.Has("noftz");
        var type = decoder.Type();
        var next = hasResult ? 1 : 0;
        decoder.RequireOperands(next + (operation == "cas" ? 3 : 2));
        var address = MemoryDecoder.Address(decoder, next, space);
        var x = decoder.Source(next + 1, type);
        var update =
            Update(operation, type, address.Space != StateSpace.Shared && !isNoFlush)
            ?? throw decoder.Fail($"is not known for .{type.Name}");
        return new(
            address,
            type.Bytes,
            hasResult ? decoder.Destination(0, type) : null,
            x,
            operation == "cas" ? decoder.Source(next + 2, type) : x,
            order,
            update
        );
    }

    private static Func<ulong, ulong, ulong, ulong>? Update(string operation, PtxType type, bool isFlushed) =>
        (operation, type) switch
        {
            ("cas", PtxType.B16 or PtxType.B32 or PtxType.B64 or PtxType.U32 or PtxType.U64 or PtxType.S32) => (
                old,
                expected,
                value
            ) => old == expected ? value : old,
            ("exch", PtxType.B32 or PtxType.B64 or PtxType.U32 or PtxType.U64 or PtxType.S32) => (_, value, _) => value,
            ("and", PtxType.B32 or PtxType.B64) => (old, value, _) => old & value,
            ("or", PtxType.B32 or PtxType.B64) => (old, value, _) => old | value,
            ("xor", PtxType.B32 or PtxType.B64) => (old, value, _) => old ^ value,
            ("add", PtxType.U32 or PtxType.S32 or PtxType.U64 or PtxType.S64) => (old, value, _) => old + value,
            ("min", PtxType.U32 or PtxType.U64) => (old, value, _) => Math.Min(old, value),
            ("max", PtxType.U32 or PtxType.U64) => (old, value, _) => Math.Max(old, value),
            ("min", PtxType.S32) => (old, value, _) => (uint)Math.Min((int)old, (int)value),
            ("max", PtxType.S32) => (old, value, _) => (uint)Math.Max((int)old, (int)value),
            ("min", PtxType.S64) => (old, value, _) => (ulong)Math.Min((long)old, (long)value),
            ("max", PtxType.S64) => (old, value, _) => (ulong)Math.Max((long)old, (long)value),
            ("inc", PtxType.U32) => (old, value, _) => (uint)old >= (uint)value ? 0 : old + 1,
            ("dec", PtxType.U32) => (old, value, _) => (uint)old == 0 || (uint)old > (uint)value ? value : old - 1,
            ("add", PtxType.F32) => (old, value, _) => AddSingle(old, value, isFlushed),
            ("add", PtxType.F64) => (old, value, _) =>
                BitConverter.DoubleToUInt64Bits(
                    BitConverter.UInt64BitsToDouble(old) + BitConverter.UInt64BitsToDouble(value)
                ),
            ("add", PtxType.F16) => (old, value, _) => Halves.Add((ushort)old, (ushort)value),
            ("add", PtxType.BF16) => (old, value, _) => Brains.Add((ushort)old, (ushort)value),
            ("add", PtxType.F16x2) => (old, value, _) => Packed.Apply((uint)old, (uint)value, Halves.Add),
            ("add", PtxType.BF16x2) => (old, value, _) => Packed.Apply((uint)old, (uint)value, Brains.Add),
            _ => null,
        };

    // In global memory, atomic addition in single precision flushes subnormals; in shared memory it does not.
    private static ulong AddSingle(ulong old, ulong value, bool isFlushed)
    {
        var (x, y) = (BitConverter.UInt32BitsToSingle((uint)old), BitConverter.UInt32BitsToSingle((uint)value));
        var sum = isFlushed ? Floats.Flush(Floats.Flush(x) + Floats.Flush(y)) : x + y;
        return BitConverter.SingleToUInt32Bits(Floats.Canonical(sum));
    }
}
