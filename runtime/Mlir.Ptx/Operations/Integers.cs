using System.Numerics;
using System.Runtime.CompilerServices;
using Mlir.Ptx.Decoding;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Operations;

/// <summary>Decodes integer arithmetic.</summary>
internal static class IntegerDecoder
{
    // add.s32 d, a, b;  add.sat.s32;  add.cc.u32;  max.u64;  div.s32;  mul.hi.u32;  mul.wide.s16;  rem.u32;  abs.s32
    public static Instruction Decode(Decoder decoder, string operation)
    {
        if (operation is "add" or "sub" && decoder.Has("cc"))
        {
            return Carries.Decode(decoder, operation, readsCarry: false, writesCarry: true);
        }

        var part = operation == "mul" ? decoder.Require("lo", "hi", "wide") : "";
        var isSaturating = operation is "add" or "sub" && decoder.Has("sat");
        var type = decoder.Type();
        if (part == "wide")
        {
            return Wide(decoder, type);
        }

        if (isSaturating && type != PtxType.S32)
        {
            throw decoder.Fail("saturates for .s32 only");
        }

        var name =
            isSaturating ? $"{operation}.sat"
            : part == "hi" ? "mul.hi"
            : operation;
        return type switch
        {
            PtxType.U16 => Binary<ushort>(decoder, type, name),
            PtxType.S16 => Binary<short>(decoder, type, name),
            PtxType.U32 => Binary<uint>(decoder, type, name),
            PtxType.S32 => Binary<int>(decoder, type, name),
            PtxType.U64 => Binary<ulong>(decoder, type, name),
            PtxType.S64 => Binary<long>(decoder, type, name),
            _ => throw decoder.Fail($"is not known for .{type.Name}"),
        };
    }

    private static Instruction Binary<T>(Decoder decoder, PtxType type, string operation)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        decoder.RequireOperands(3);
        var (result, x, y) = (decoder.Destination(0, type), decoder.Source(1, type), decoder.Source(2, type));
        return operation switch
        {
            "add" => new VectorMap<T, Add<T>>(result, x, y, x),
            "sub" => new VectorMap<T, Subtract<T>>(result, x, y, x),
            "mul" => new VectorMap<T, Multiply<T>>(result, x, y, x),
            _ => new Map<T, T, T>(result, x, y, Function<T>(operation) ?? throw decoder.Fail("is not known")),
        };
    }

    private static Func<T, T, T>? Function<T>(string operation)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        operation switch
        {
            "min" => T.Min,
            "max" => T.Max,
            "div" => Divide,
            "rem" => Remainder,
            "mul.hi" => High,
            "add.sat" => (x, y) => T.CreateSaturating(long.CreateTruncating(x) + long.CreateTruncating(y)),
            "sub.sat" => (x, y) => T.CreateSaturating(long.CreateTruncating(x) - long.CreateTruncating(y)),
            _ => null,
        };

    // By zero: all ones, as the hardware gives. The least number by -1 wraps.
    private static T Divide<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        T.IsZero(y) ? T.AllBitsSet
        : y == T.AllBitsSet && T.IsNegative(y) ? T.Zero - x
        : x / y;

    private static T Remainder<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        T.IsZero(y) ? x
        : y == T.AllBitsSet && T.IsNegative(y) ? T.Zero
        : x % y;

    private static T High<T>(T x, T y)
        where T : unmanaged, IBinaryInteger<T>
    {
        var bits = Unsafe.SizeOf<T>() * 8;
        return bits < 64 ? T.CreateTruncating((long.CreateTruncating(x) * long.CreateTruncating(y)) >> bits)
            : typeof(T) == typeof(long)
                ? T.CreateTruncating(Math.BigMul(long.CreateTruncating(x), long.CreateTruncating(y), out _))
            : T.CreateTruncating(Math.BigMul(ulong.CreateTruncating(x), ulong.CreateTruncating(y), out _));
    }

    private static Instruction Wide(Decoder decoder, PtxType type)
    {
        decoder.RequireOperands(3);
        var (x, y) = (decoder.Source(1, type), decoder.Source(2, type));
        return type switch
        {
            PtxType.U16 => new Map<ushort, ushort, uint>(
                decoder.Destination(0, PtxType.U32),
                x,
                y,
                (a, b) => (uint)a * b
            ),
            PtxType.S16 => new Map<short, short, int>(decoder.Destination(0, PtxType.S32), x, y, (a, b) => a * b),
            PtxType.U32 => new Map<uint, uint, ulong>(
                decoder.Destination(0, PtxType.U64),
                x,
                y,
                (a, b) => (ulong)a * b
            ),
            PtxType.S32 => new Map<int, int, long>(decoder.Destination(0, PtxType.S64), x, y, (a, b) => (long)a * b),
            _ => throw decoder.Fail($"is not known for .{type.Name}"),
        };
    }

    // mad.lo.s32 d, a, b, c;  mad.wide.u32;  mad.hi.s32
    public static Instruction MultiplyAdd(Decoder decoder)
    {
        var part = decoder.Require("lo", "hi", "wide");
        if (part != "wide" && decoder.Syntax.Modifiers.Contains("cc"))
        {
            return CarriedProducts.Decode(decoder, part, readsCarry: false);
        }

        var isSaturating = part == "hi" && decoder.Has("sat");
        var type = decoder.Type();
        decoder.RequireOperands(4);
        var (x, y) = (decoder.Source(1, type), decoder.Source(2, type));
        if (isSaturating)
        {
            throw decoder.Fail("does not saturate here");
        }

        return (part, type) switch
        {
            ("wide", PtxType.U16) => WideAdd<ushort, uint>(decoder, PtxType.U32, x, y, (a, b, c) => ((uint)a * b) + c),
            ("wide", PtxType.S16) => WideAdd<short, int>(decoder, PtxType.S32, x, y, (a, b, c) => (a * b) + c),
            ("wide", PtxType.U32) => WideAdd<uint, ulong>(decoder, PtxType.U64, x, y, (a, b, c) => ((ulong)a * b) + c),
            ("wide", PtxType.S32) => WideAdd<int, long>(decoder, PtxType.S64, x, y, (a, b, c) => ((long)a * b) + c),
            (_, PtxType.U16) => Add<ushort>(decoder, type, part, x, y),
            (_, PtxType.S16) => Add<short>(decoder, type, part, x, y),
            (_, PtxType.U32) => Add<uint>(decoder, type, part, x, y),
            (_, PtxType.S32) => Add<int>(decoder, type, part, x, y),
            (_, PtxType.U64) => Add<ulong>(decoder, type, part, x, y),
            (_, PtxType.S64) => Add<long>(decoder, type, part, x, y),
            _ => throw decoder.Fail($"is not known for .{type.Name}"),
        };
    }

    private static Map<T, T, TWide, TWide> WideAdd<T, TWide>(
        Decoder decoder,
        PtxType type,
        int x,
        int y,
        Func<T, T, TWide, TWide> function
    )
        where T : unmanaged
        where TWide : unmanaged => new(decoder.Destination(0, type), x, y, decoder.Source(3, type), function);

    private static Instruction Add<T>(Decoder decoder, PtxType type, string part, int x, int y)
        where T : unmanaged, IBinaryInteger<T>
    {
        var (result, z) = (decoder.Destination(0, type), decoder.Source(3, type));
        return part == "lo"
            ? new VectorMap<T, MultiplyAdd<T>>(result, x, y, z)
            : new Map<T, T, T, T>(result, x, y, z, (a, b, c) => High(a, b) + c);
    }

    // abs.s32 d, a;  neg.s64 d, a
    public static Instruction Unary(Decoder decoder, string operation)
    {
        var type = decoder.Type();
        decoder.RequireOperands(2);
        return type switch
        {
            PtxType.S16 => Unary<short>(decoder, type, operation),
            PtxType.S32 => Unary<int>(decoder, type, operation),
            PtxType.S64 => Unary<long>(decoder, type, operation),
            _ => throw decoder.Fail($"is not known for .{type.Name}"),
        };
    }

    private static Map<T, T> Unary<T>(Decoder decoder, PtxType type, string operation)
        where T : unmanaged, IBinaryInteger<T> =>
        new(
            decoder.Destination(0, type),
            decoder.Source(1, type),
            operation == "neg" ? x => T.Zero - x : x => T.IsNegative(x) ? T.Zero - x : x
        );

    // dp4a.s32.u32 d, a, b, c: the products of four bytes each, added to c
    public static Instruction DotProduct(Decoder decoder)
    {
        var (first, second) = (decoder.Type(PtxType.S32, PtxType.U32), decoder.Type(PtxType.S32, PtxType.U32));
        decoder.RequireOperands(4);
        static int Byte(uint word, int index, PtxType type)
        {
            var value = (byte)(word >> (8 * index));
            return type.IsSigned ? (sbyte)value : value;
        }

        return new Map<uint, uint, uint, uint>(
            decoder.Destination(0, PtxType.B32),
            decoder.Source(1, first),
            decoder.Source(2, second),
            decoder.Source(3, PtxType.B32),
            (x, y, z) =>
            {
                for (var i = 0; i < 4; i++)
                {
                    z += (uint)(Byte(x, i, first) * Byte(y, i, second));
                }

                return z;
            }
        );
    }

    // sad.u32 d, a, b, c
    public static Instruction SumOfDifference(Decoder decoder)
    {
        var type = decoder.Type(PtxType.U16, PtxType.S16, PtxType.U32, PtxType.S32, PtxType.U64, PtxType.S64);
        decoder.RequireOperands(4);
        return type switch
        {
            PtxType.U16 => Difference<ushort>(decoder, type),
            PtxType.S16 => Difference<short>(decoder, type),
            PtxType.U32 => Difference<uint>(decoder, type),
            PtxType.S32 => Difference<int>(decoder, type),
            PtxType.U64 => Difference<ulong>(decoder, type),
            _ => Difference<long>(decoder, type),
        };
    }

    private static Map<T, T, T, T> Difference<T>(Decoder decoder, PtxType type)
        where T : unmanaged, IBinaryInteger<T> =>
        new(
            decoder.Destination(0, type),
            decoder.Source(1, type),
            decoder.Source(2, type),
            decoder.Source(3, type),
            (x, y, z) => z + (x > y ? x - y : y - x)
        );
}
