using System.Buffers.Binary;
using System.Numerics;
using Mlir.Ptx.Decoding;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Operations;

/// <summary>Decodes logic, shifts and bit fields.</summary>
internal static class BitDecoder
{
    // and.b32 d, a, b;  or.pred p, q, r
    public static Instruction Logic(Decoder decoder, string operation)
    {
        var type = decoder.Type(PtxType.Pred, PtxType.B16, PtxType.B32, PtxType.B64);
        decoder.RequireOperands(3);
        var (result, x, y) = (decoder.Destination(0, type), decoder.Source(1, type), decoder.Source(2, type));
        if (type == PtxType.Pred)
        {
            return new PredicateMap(
                result,
                x,
                y,
                operation switch
                {
                    "and" => (a, b) => a & b,
                    "or" => (a, b) => a | b,
                    _ => (a, b) => a ^ b,
                }
            );
        }

        return type switch
        {
            PtxType.B16 => Logic<ushort>(operation, result, x, y),
            PtxType.B32 => Logic<uint>(operation, result, x, y),
            _ => Logic<ulong>(operation, result, x, y),
        };
    }

    private static Instruction Logic<T>(string operation, int result, int x, int y)
        where T : unmanaged =>
        operation switch
        {
            "and" => new VectorMap<T, And<T>>(result, x, y, x),
            "or" => new VectorMap<T, Or<T>>(result, x, y, x),
            _ => new VectorMap<T, Xor<T>>(result, x, y, x),
        };

    // not.b32 d, a;  not.pred p, q;  cnot.b32 d, a
    public static Instruction Not(Decoder decoder, string operation)
    {
        var type = decoder.Type(PtxType.Pred, PtxType.B16, PtxType.B32, PtxType.B64);
        decoder.RequireOperands(2);
        var (result, x) = (decoder.Destination(0, type), decoder.Source(1, type));
        var isLogical = operation == "cnot";
        return type switch
        {
            PtxType.Pred => new PredicateMap(result, x, x, (a, _) => ~a),
            PtxType.B16 => new Map<ushort, ushort>(
                result,
                x,
                isLogical ? a => a == 0 ? (ushort)1 : (ushort)0 : a => (ushort)~a
            ),
            PtxType.B32 => new Map<uint, uint>(result, x, isLogical ? a => a == 0 ? 1u : 0 : a => ~a),
            _ => new Map<ulong, ulong>(result, x, isLogical ? a => a == 0 ? 1ul : 0 : a => ~a),
        };
    }

    // shl.b32 d, a, n;  shr.s64 d, a, n: amounts beyond the width count as the width
    public static Instruction Shift(Decoder decoder, string operation)
    {
        var type = decoder.Type();
        var isLeft = operation == "shl";
        decoder.RequireOperands(3);
        return type switch
        {
            PtxType.B16 or PtxType.U16 => Shift<ushort>(decoder, type, isLeft),
            PtxType.S16 when !isLeft => Shift<short>(decoder, type, isLeft),
            PtxType.B32 or PtxType.U32 => Shift<uint>(decoder, type, isLeft),
            PtxType.S32 when !isLeft => Shift<int>(decoder, type, isLeft),
            PtxType.B64 or PtxType.U64 => Shift<ulong>(decoder, type, isLeft),
            PtxType.S64 when !isLeft => Shift<long>(decoder, type, isLeft),
            _ => throw decoder.Fail($"is not known for .{type.Name}"),
        };
    }

    private static Map<T, uint, T> Shift<T>(Decoder decoder, PtxType type, bool isLeft)
        where T : unmanaged, IBinaryInteger<T>
    {
        var bits = type.Bytes * 8;
        return new(
            decoder.Destination(0, type),
            decoder.Source(1, type),
            decoder.Source(2, PtxType.U32),
            isLeft
                ? (x, n) => n >= bits ? T.Zero : x << (int)n
                : (x, n) => n >= bits ? (T.IsNegative(x) ? T.AllBitsSet : T.Zero) : x >> (int)n
        );
    }

    // shf.l.wrap.b32 d, low, high, n;  shf.r.clamp.b32
    public static Instruction Funnel(Decoder decoder)
    {
        var isLeft = decoder.Require("l", "r") == "l";
        var isClamped = decoder.Require("wrap", "clamp") == "clamp";
        _ = decoder.Type(PtxType.B32);
        decoder.RequireOperands(4);
        return Ternary<uint, uint, uint, uint>(
            decoder,
            PtxType.B32,
            PtxType.B32,
            PtxType.B32,
            PtxType.U32,
            (low, high, n) =>
            {
                var amount = isClamped ? (int)Math.Min(n, 32) : (int)(n & 31);
                var both = ((ulong)high << 32) | low;
                return isLeft ? (uint)((both << amount) >> 32) : (uint)(both >> amount);
            }
        );
    }

    // popc.b32 d, a;  clz.b64 d, a: the count has 32 bits
    public static Instruction Count(Decoder decoder, string operation)
    {
        var type = decoder.Type(PtxType.B32, PtxType.B64);
        decoder.RequireOperands(2);
        var (result, x) = (decoder.Destination(0, PtxType.U32), decoder.Source(1, type));
        return (operation, type) switch
        {
            ("popc", PtxType.B32) => new Map<uint, uint>(result, x, a => (uint)BitOperations.PopCount(a)),
            ("popc", _) => new Map<ulong, uint>(result, x, a => (uint)BitOperations.PopCount(a)),
            (_, PtxType.B32) => new Map<uint, uint>(result, x, a => (uint)BitOperations.LeadingZeroCount(a)),
            _ => new Map<ulong, uint>(result, x, a => (uint)BitOperations.LeadingZeroCount(a)),
        };
    }

    // bfind.shiftamt.u32 d, a: the highest bit that is set (of negative numbers: that is not), or all ones
    public static Instruction Find(Decoder decoder)
    {
        var isAmount = decoder.Has("shiftamt");
        var type = decoder.Type(PtxType.U32, PtxType.S32, PtxType.U64, PtxType.S64);
        decoder.RequireOperands(2);
        var (result, x, bits) = (decoder.Destination(0, PtxType.U32), decoder.Source(1, type), type.Bytes * 8);
        uint Highest(ulong value)
        {
            var at = value == 0 ? uint.MaxValue : (uint)BitOperations.Log2(value);
            return at == uint.MaxValue || !isAmount ? at : (uint)bits - 1 - at;
        }

        return type switch
        {
            PtxType.U32 => new Map<uint, uint>(result, x, a => Highest(a)),
            PtxType.S32 => new Map<int, uint>(result, x, a => Highest((uint)(a < 0 ? ~a : a))),
            PtxType.U64 => new Map<ulong, uint>(result, x, Highest),
            _ => new Map<long, uint>(result, x, a => Highest((ulong)(a < 0 ? ~a : a))),
        };
    }

    // brev.b32 d, a
    public static Instruction Reverse(Decoder decoder)
    {
        var type = decoder.Type(PtxType.B32, PtxType.B64);
        decoder.RequireOperands(2);
        var (result, x) = (decoder.Destination(0, type), decoder.Source(1, type));
        return type == PtxType.B32
            ? new Map<uint, uint>(result, x, a => (uint)(Reverse(a) >> 32))
            : new Map<ulong, ulong>(result, x, Reverse);
    }

    private static ulong Reverse(ulong x)
    {
        x = ((x >> 1) & 0x5555555555555555) | ((x & 0x5555555555555555) << 1);
        x = ((x >> 2) & 0x3333333333333333) | ((x & 0x3333333333333333) << 2);
        x = ((x >> 4) & 0x0F0F0F0F0F0F0F0F) | ((x & 0x0F0F0F0F0F0F0F0F) << 4);
        return BinaryPrimitives.ReverseEndianness(x);
    }

    // bfe.u32 d, a, position, length: behind the field's end the sign repeats, or zeros follow
    public static Instruction Extract(Decoder decoder)
    {
        var type = decoder.Type(PtxType.U32, PtxType.S32, PtxType.U64, PtxType.S64);
        decoder.RequireOperands(4);
        var bits = type.Bytes * 8;
        ulong Field(ulong value, uint position, uint length)
        {
            var (start, count) = ((int)(position & 0xFF), (int)(length & 0xFF));
            var isNegative = type.IsSigned && count > 0 && (value >> Math.Min(start + count - 1, bits - 1) & 1) != 0;
            var field = start < 64 ? value >> start : 0;
            var kept = Math.Min(count, Math.Max(bits - start, 0));
            field &= Ones(kept);
            return isNegative ? field | ~Ones(kept) : field;
        }

        return type.Bytes == 4
            ? Ternary<uint, uint, uint, uint>(
                decoder,
                type,
                type,
                PtxType.U32,
                PtxType.U32,
                (a, p, n) => (uint)Field(a, p, n)
            )
            : Ternary<ulong, uint, uint, ulong>(decoder, type, type, PtxType.U32, PtxType.U32, Field);
    }

    // bfi.b32 d, field, into, position, length
    public static Instruction Insert(Decoder decoder)
    {
        var type = decoder.Type(PtxType.B32, PtxType.B64);
        decoder.RequireOperands(5);
        var (result, field, into) = (decoder.Destination(0, type), decoder.Source(1, type), decoder.Source(2, type));
        var (position, length) = (decoder.Source(3, PtxType.U32), decoder.Source(4, PtxType.U32));
        var bits = type.Bytes * 8;
        ulong Put(ulong a, ulong b, uint p, uint n)
        {
            var (start, count) = ((int)(p & 0xFF), (int)(n & 0xFF));
            if (start >= bits)
            {
                return b;
            }

            var mask = Ones(Math.Min(count, bits - start)) << start;
            return (b & ~mask) | ((a << start) & mask);
        }

        return type.Bytes == 4
            ? new Map<uint, uint, uint, uint, uint>(
                result,
                field,
                into,
                position,
                length,
                (a, b, p, n) => (uint)Put(a, b, p, n)
            )
            : new Map<ulong, ulong, uint, uint, ulong>(result, field, into, position, length, Put);
    }

    private static ulong Ones(int count) => count >= 64 ? ulong.MaxValue : (1UL << count) - 1;

    // prmt.b32 d, a, b, selectors
    public static Instruction Permute(Decoder decoder)
    {
        var mode = decoder.OneOf("f4e", "b4e", "rc8", "ecl", "ecr", "rc16");
        _ = decoder.Type(PtxType.B32);
        decoder.RequireOperands(4);
        return Ternary<uint, uint, uint, uint>(
            decoder,
            PtxType.B32,
            PtxType.B32,
            PtxType.B32,
            PtxType.B32,
            (a, b, c) => Permute(((ulong)b << 32) | a, mode is null ? c : Selectors(mode, (int)(c & 3)))
        );
    }

    private static uint Permute(ulong bytes, uint selectors)
    {
        uint result = 0;
        for (var i = 0; i < 4; i++)
        {
            var selector = selectors >> (4 * i) & 0xF;
            var value = (byte)(bytes >> (int)(8 * (selector & 7)));
            if ((selector & 8) != 0)
            {
                value = (byte)((sbyte)value >> 7);
            }

            result |= (uint)value << (8 * i);
        }

        return result;
    }

    private static uint Selectors(string mode, int n)
    {
        uint selectors = 0;
        for (var i = 0; i < 4; i++)
        {
            var selector = mode switch
            {
                "f4e" => n + i,
                "b4e" => (n - i) & 7,
                "rc8" => n,
                "ecl" => Math.Max(i, n),
                "ecr" => Math.Min(i, n),
                _ => (2 * (n & 1)) + (i & 1),
            };
            selectors |= (uint)selector << (4 * i);
        }

        return selectors;
    }

    // lop3.b32 d, a, b, c, table: the table's bit number abc is the result
    public static Instruction Logic3(Decoder decoder)
    {
        _ = decoder.Type(PtxType.B32);
        decoder.RequireOperands(5);
        if (decoder.Operand(4) is not IntegerSyntax { Value: <= 255 } table)
        {
            throw decoder.Fail("needs a table from 0 to 255 as its last operand");
        }

        var truth = (int)table.Value;
        return new Map<uint, uint, uint, uint>(
            decoder.Destination(0, PtxType.B32),
            decoder.Source(1, PtxType.B32),
            decoder.Source(2, PtxType.B32),
            decoder.Source(3, PtxType.B32),
            (a, b, c) =>
            {
                uint result = 0;
                for (var i = 0; i < 8; i++)
                {
                    if ((truth >> i & 1) != 0)
                    {
                        result |= ((i & 4) != 0 ? a : ~a) & ((i & 2) != 0 ? b : ~b) & ((i & 1) != 0 ? c : ~c);
                    }
                }

                return result;
            }
        );
    }

    private static Map<T1, T2, T3, TResult> Ternary<T1, T2, T3, TResult>(
        Decoder decoder,
        PtxType result,
        PtxType x,
        PtxType y,
        PtxType z,
        Func<T1, T2, T3, TResult> function
    )
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
        where TResult : unmanaged =>
        new(decoder.Destination(0, result), decoder.Source(1, x), decoder.Source(2, y), decoder.Source(3, z), function);
}
