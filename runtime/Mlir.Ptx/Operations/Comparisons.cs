using System.Numerics;
using Mlir.Ptx.Decoding;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Operations;

/// <summary>Decodes comparisons and selections.</summary>
internal static class ComparisonDecoder
{
    // setp.lt.and.f32 p|q, a, b, !r;   setp.eq.s32 p, a, b
    public static Instruction SetPredicate(Decoder decoder)
    {
        var comparison = Comparison(decoder);
        var join = Join(decoder);
        var isFlushed = decoder.Has("ftz");
        var type = decoder.Type();
        decoder.RequireOperands(join is null ? 3 : 4);
        var (first, second) = decoder.Operand(0) is PairSyntax pair
            ? (decoder.Destination(pair.First, PtxType.Pred), decoder.Destination(pair.Second, PtxType.Pred))
            : (decoder.Destination(0, PtxType.Pred), (int?)null);
        return Test(decoder, comparison, type, isFlushed, first, second, With(decoder, join, 3));
    }

    // set.lt.u32.f32 d, a, b;   set.gt.f32.s32 d, a, b: all ones, or 1.0, where it holds
    public static Instruction Set(Decoder decoder)
    {
        var comparison = Comparison(decoder);
        var join = Join(decoder);
        var isFlushed = decoder.Has("ftz");
        var resultType = decoder.Type(PtxType.U32, PtxType.S32, PtxType.F32);
        var type = decoder.Type();
        decoder.RequireOperands(join is null ? 3 : 4);
        var predicate = decoder.Scratch(0);
        var truth = resultType == PtxType.F32 ? BitConverter.SingleToUInt32Bits(1) : uint.MaxValue;
        return new Sequence(
            Test(decoder, comparison, type, isFlushed, predicate, null, With(decoder, join, 3)),
            new Choose<uint>(
                decoder.Destination(0, resultType),
                decoder.Constant(4, truth),
                decoder.Constant(4, 0),
                predicate
            )
        );
    }

    // selp.b32 d, a, b, p
    public static Instruction Select(Decoder decoder)
    {
        var type = decoder.Type();
        decoder.RequireOperands(4);
        var (result, x, y) = (decoder.Destination(0, type), decoder.Source(1, type), decoder.Source(2, type));
        var predicate = decoder.Source(3, PtxType.Pred);
        return type.Bytes switch
        {
            2 => new Choose<ushort>(result, x, y, predicate),
            4 => new Choose<uint>(result, x, y, predicate),
            8 => new Choose<ulong>(result, x, y, predicate),
            _ => throw decoder.Fail($"is not known for .{type.Name}"),
        };
    }

    // slct.b32.s32 d, a, b, c: a where c is not negative
    public static Instruction SelectBySign(Decoder decoder)
    {
        var isFlushed = decoder.Has("ftz");
        var type = decoder.Type();
        var sign = decoder.Type(PtxType.S32, PtxType.F32);
        decoder.RequireOperands(4);
        var predicate = decoder.Scratch(0);
        var (result, x, y) = (decoder.Destination(0, type), decoder.Source(1, type), decoder.Source(2, type));
        var zero = decoder.Constant(4, 0);
        return new Sequence(
            Test(decoder, "ge", sign, isFlushed, predicate, null, null, decoder.Source(3, sign), zero),
            type.Bytes switch
            {
                2 => new Choose<ushort>(result, x, y, predicate),
                4 => new Choose<uint>(result, x, y, predicate),
                8 => new Choose<ulong>(result, x, y, predicate),
                _ => throw decoder.Fail($"is not known for .{type.Name}"),
            }
        );
    }

    private static string Comparison(Decoder decoder) =>
        decoder.Require(
            "eq",
            "ne",
            "lt",
            "le",
            "gt",
            "ge",
            "lo",
            "ls",
            "hi",
            "hs",
            "equ",
            "neu",
            "ltu",
            "leu",
            "gtu",
            "geu",
            "num",
            "nan"
        );

    private static Func<uint, uint, uint>? Join(Decoder decoder) =>
        decoder.OneOf("and", "or", "xor") switch
        {
            "and" => (x, y) => x & y,
            "or" => (x, y) => x | y,
            "xor" => (x, y) => x ^ y,
            _ => null,
        };

    private static (int Slot, bool IsNegated, Func<uint, uint, uint> Join)? With(
        Decoder decoder,
        Func<uint, uint, uint>? join,
        int index
    )
    {
        if (join is null)
        {
            return null;
        }

        var (operand, isNegated) = decoder.Operand(index) is NotSyntax not
            ? (not.Operand, true)
            : (decoder.Operand(index), false);
        return (decoder.Source(operand, PtxType.Pred), isNegated, join);
    }

    private static Instruction Test(
        Decoder decoder,
        string comparison,
        PtxType type,
        bool isFlushed,
        int result,
        int? opposite,
        (int Slot, bool IsNegated, Func<uint, uint, uint> Join)? with
    )
    {
        if (type is PtxType.F16x2 or PtxType.BF16x2)
        {
            return PackedTest(decoder, comparison, type, result, opposite, with);
        }

        return Test(
            decoder,
            comparison,
            type,
            isFlushed,
            result,
            opposite,
            with,
            decoder.Source(1, type),
            decoder.Source(2, type)
        );
    }

    private static Instruction Test(
        Decoder decoder,
        string comparison,
        PtxType type,
        bool isFlushed,
        int result,
        int? opposite,
        (int Slot, bool IsNegated, Func<uint, uint, uint> Join)? with,
        int x,
        int y
    )
    {
        Test<T> Make<T>(Func<T, T, bool>? function)
            where T : unmanaged =>
            new(result, opposite, x, y, function ?? throw decoder.Fail($"is not known for .{type.Name}"), with);

        return type switch
        {
            PtxType.B16 or PtxType.U16 => Make(Integer<ushort>(comparison)),
            PtxType.S16 => Make(Integer<short>(comparison)),
            PtxType.B32 or PtxType.U32 => Make(Integer<uint>(comparison)),
            PtxType.S32 => Make(Integer<int>(comparison)),
            PtxType.B64 or PtxType.U64 => Make(Integer<ulong>(comparison)),
            PtxType.S64 => Make(Integer<long>(comparison)),
            PtxType.F64 => Make(Float<double>(comparison)),
            PtxType.F32 when Float<float>(comparison) is { } test => Make<float>(
                isFlushed ? (a, b) => test(Floats.Flush(a), Floats.Flush(b)) : test
            ),
            PtxType.F16 when Float<float>(comparison) is { } test => Make<ushort>(
                (a, b) => test(Halves.Value(a), Halves.Value(b))
            ),
            PtxType.BF16 when Float<float>(comparison) is { } test => Make<ushort>(
                (a, b) => test(Brains.Value(a), Brains.Value(b))
            ),
            _ => throw decoder.Fail($"is not known for .{type.Name}"),
        };
    }

    // setp.lt.f16x2 p|q, a, b: p from the lower halves, q from the upper ones
    private static Sequence PackedTest(
        Decoder decoder,
        string comparison,
        PtxType type,
        int result,
        int? upper,
        (int Slot, bool IsNegated, Func<uint, uint, uint> Join)? with
    )
    {
        var test = Float<float>(comparison) ?? throw decoder.Fail($"is not known for .{type.Name}");
        Func<ushort, float> value = type == PtxType.F16x2 ? Halves.Value : Brains.Value;
        var (x, y) = (decoder.Source(1, type), decoder.Source(2, type));
        return new Sequence(
            new Test<uint>(result, null, x, y, (a, b) => test(value((ushort)a), value((ushort)b)), with),
            new Test<uint>(
                upper ?? decoder.Scratch(0),
                null,
                x,
                y,
                (a, b) => test(value((ushort)(a >> 16)), value((ushort)(b >> 16))),
                with
            )
        );
    }

    private static Func<T, T, bool>? Integer<T>(string comparison)
        where T : IBinaryInteger<T> =>
        comparison switch
        {
            "eq" => (x, y) => x == y,
            "ne" => (x, y) => x != y,
            "lt" or "lo" => (x, y) => x < y,
            "le" or "ls" => (x, y) => x <= y,
            "gt" or "hi" => (x, y) => x > y,
            "ge" or "hs" => (x, y) => x >= y,
            _ => null,
        };

    private static Func<T, T, bool>? Float<T>(string comparison)
        where T : IFloatingPointIeee754<T> =>
        comparison switch
        {
            "eq" => (x, y) => x == y,
            "ne" => (x, y) => x < y || x > y,
            "lt" => (x, y) => x < y,
            "le" => (x, y) => x <= y,
            "gt" => (x, y) => x > y,
            "ge" => (x, y) => x >= y,
            "equ" => (x, y) => !(x < y || x > y),
            "neu" => (x, y) => x != y,
            "ltu" => (x, y) => !(x >= y),
            "leu" => (x, y) => !(x > y),
            "gtu" => (x, y) => !(x <= y),
            "geu" => (x, y) => !(x < y),
            "num" => (x, y) => !T.IsNaN(x) && !T.IsNaN(y),
            "nan" => (x, y) => T.IsNaN(x) || T.IsNaN(y),
            _ => null,
        };
}

/// <summary>Several steps of one instruction.</summary>
internal sealed class Sequence(params Instruction[] steps) : Instruction
{
    public override void Execute(Execution.Warp warp, uint mask)
    {
        foreach (var step in steps)
        {
            step.Execute(warp, mask);
        }
    }
}
