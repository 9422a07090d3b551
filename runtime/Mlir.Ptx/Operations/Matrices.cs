using System.Numerics;
using System.Runtime.Intrinsics;
using Mlir.Ptx.Decoding;
using Mlir.Ptx.Execution;
using Mlir.Ptx.Memory;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Operations;

/// <summary>The shape of a matrix product of a warp, and what its elements are.</summary>
/// <param name="Rows">The rows of the first factor; the second one has eight columns always.</param>
/// <param name="Depth">The columns of the first factor.</param>
/// <param name="Factor">The first factor's elements.</param>
/// <param name="SecondFactor">The second factor's elements.</param>
/// <param name="Total">The addend's elements.</param>
/// <param name="Result">The result's elements.</param>
internal sealed record MatrixShape(
    int Rows,
    int Depth,
    PtxType Factor,
    PtxType SecondFactor,
    PtxType Total,
    PtxType Result
)
{
    /// <summary>The bytes of a register of a factor.</summary>
    public int FactorRegister => Factor == PtxType.F64 ? 8 : 4;

    /// <summary>The elements in a register of a factor.</summary>
    public int PerRegister => FactorRegister / Math.Max(Factor.Bytes, 1);

    public int FirstRegisters => Rows * Depth / 32 / PerRegister;

    public int SecondRegisters => 8 * Depth / 32 / PerRegister;

    public int TotalRegisters(PtxType type) => Rows * 8 / 32 / (type == PtxType.F16 ? 2 : 1);
}

/// <summary>
/// The product of two small matrices that lie in the registers of a warp, added to a third. Products of 8 and 16 bits are
/// exact; they are added in double precision in their order, and the sum is rounded once.
/// </summary>
internal sealed unsafe class MatrixMultiply(
    MatrixShape shape,
    bool isSaturated,
    int[] result,
    int[] first,
    int[] second,
    int[] total
) : WarpInstruction(members: null)
{
    public override void Exchange(Warp warp, byte* registers, uint lanes)
    {
        if (lanes != uint.MaxValue)
        {
            throw warp.Fault(
                PtxFault.InvalidOperand,
                lanes,
                $"a matrix product takes all 32 threads of a warp; lanes {Block.Lanes(lanes)} are there"
            );
        }

        var a = stackalloc double[16 * 32];
        var b = stackalloc double[32 * 8];
        var c = stackalloc double[16 * 8];
        Gather(
            registers,
            first,
            shape.Factor,
            (lane, register, element) =>
                (Row(lane, register) * shape.Depth) + Column(lane, register >> RowBit, element),
            a
        );
        Gather(
            registers,
            second,
            shape.SecondFactor,
            (lane, register, element) => (Column(lane, register, element) * 8) + (lane >> 2),
            b
        );
        Totals(registers, total, shape.Total, c, isRead: true);
        for (var row = 0; row < shape.Rows; row++)
        {
            var sum = Vector512.Load(c + (row * 8));
            for (var k = 0; k < shape.Depth; k++)
            {
                var factor = Vector512.Create(a[(row * shape.Depth) + k]);
                sum =
                    shape.Factor == PtxType.F64
                        ? Vector512.FusedMultiplyAdd(factor, Vector512.Load(b + (k * 8)), sum)
                        : sum + (factor * Vector512.Load(b + (k * 8)));
            }

            sum.Store(c + (row * 8));
        }

        Totals(registers, result, shape.Result, c, isRead: false);
    }

    // Registers go down eight rows first, where there are sixteen, then to the right.
    private int RowBit => shape.Rows == 16 ? 1 : 0;

    private int Row(int lane, int register) => (lane >> 2) + (RowBit == 1 ? 8 * (register & 1) : 0);

    private int Column(int lane, int step, int element) =>
        (shape.PerRegister * (lane & 3)) + element + (4 * shape.PerRegister * step);

    private void Gather(byte* registers, int[] slots, PtxType type, Func<int, int, int, int> place, double* to)
    {
        var bytes = shape.FactorRegister;
        for (var register = 0; register < slots.Length; register++)
        {
            for (var lane = 0; lane < 32; lane++)
            {
                var value = Lanes.Read(registers + slots[register] + (lane * bytes), bytes, isSigned: false);
                for (var element = 0; element < shape.PerRegister; element++)
                {
                    to[place(lane, register, element)] = Value(value, type);
                    value >>= type.Bytes * 8 % 64;
                }
            }
        }
    }

    /// <summary>The number that an element of a factor is.</summary>
    public static double Value(ulong bits, PtxType type) =>
        type switch
        {
            PtxType.F16 => Halves.Value((ushort)bits),
            PtxType.BF16 => Brains.Value((ushort)bits),
            PtxType.TF32 => BitConverter.UInt32BitsToSingle((uint)bits & 0xFFFFE000),
            PtxType.S8 => (sbyte)bits,
            PtxType.U8 => (byte)bits,
            PtxType.S32 => (int)bits,
            PtxType.F32 => BitConverter.UInt32BitsToSingle((uint)bits),
            _ => BitConverter.UInt64BitsToDouble(bits),
        };

    private void Totals(byte* registers, int[] slots, PtxType type, double* matrix, bool isRead)
    {
        var perRegister = type == PtxType.F16 ? 2 : 1;
        var bytes = type == PtxType.F64 ? 8 : 4;
        for (var register = 0; register < slots.Length; register++)
        {
            for (var lane = 0; lane < 32; lane++)
            {
                var place = registers + slots[register] + (lane * bytes);
                ulong value = isRead ? Lanes.Read(place, bytes, isSigned: false) : 0;
                for (var element = 0; element < perRegister; element++)
                {
                    var index = (register * perRegister) + element;
                    var at = (((lane >> 2) + (8 * (index >> 1))) * 8) + (2 * (lane & 3)) + (index & 1);
                    if (isRead)
                    {
                        matrix[at] = Value(value >> (16 * element), type);
                    }
                    else
                    {
                        value |= Bits(matrix[at], type) << (16 * element);
                    }
                }

                if (!isRead)
                {
                    Lanes.Write(place, bytes, 0, value);
                }
            }
        }
    }

    private ulong Bits(double value, PtxType type) =>
        type switch
        {
            PtxType.F16 => double.IsNaN(value) ? Halves.CanonicalBits : BitConverter.HalfToUInt16Bits((Half)value),
            PtxType.F32 => BitConverter.SingleToUInt32Bits(Floats.Canonical((float)value)),
            PtxType.S32 => isSaturated ? (uint)(int)Math.Clamp(value, int.MinValue, int.MaxValue) : (uint)(long)value,
            _ => BitConverter.DoubleToUInt64Bits(value),
        };
}

/// <summary>Reads matrices of eight rows of sixteen bytes from shared memory; each lane gives the address of a row.</summary>
internal sealed unsafe class LoadMatrix(AddressPlace address, int[] results, bool isTransposed)
    : WarpInstruction(members: null)
{
    public override void Exchange(Warp warp, byte* registers, uint lanes)
    {
        if (lanes != uint.MaxValue)
        {
            throw warp.Fault(
                PtxFault.InvalidOperand,
                lanes,
                $"loading a matrix takes all 32 threads of a warp; lanes {Block.Lanes(lanes)} are there"
            );
        }

        var loaded = stackalloc uint[4 * 32];
        var rows = stackalloc ushort*[8];
        warp.BankConflicts += SharedBanks.Conflicts(
            address,
            registers,
            (uint)((1UL << (8 * results.Length)) - 1),
            bytes: 16
        );
        for (var matrix = 0; matrix < results.Length; matrix++)
        {
            for (var row = 0; row < 8; row++)
            {
                var lane = (matrix * 8) + row;
                rows[row] = (ushort*)
                    warp.Resolve(address.Space, address.Of(registers, lane), 16, lane, AccessKind.Read);
            }

            for (var lane = 0; lane < 32; lane++)
            {
                var (across, along) = (lane >> 2, 2 * (lane & 3));
                loaded[(matrix * 32) + lane] = isTransposed
                    ? rows[along][across] | ((uint)rows[along + 1][across] << 16)
                    : rows[across][along] | ((uint)rows[across][along + 1] << 16);
            }
        }

        for (var matrix = 0; matrix < results.Length; matrix++)
        {
            new Span<uint>(loaded + (matrix * 32), 32).CopyTo(new(registers + results[matrix], 32));
        }
    }
}

/// <summary>Decodes matrix products and the loads of their operands.</summary>
internal static class MatrixDecoder
{
    // mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {d…}, {a…}, {b…}, {c…}
    public static Instruction Multiply(Decoder decoder)
    {
        _ = decoder.Require("sync");
        _ = decoder.Require("aligned");
        var size = decoder.Require("m16n8k16", "m16n8k8", "m16n8k4", "m8n8k4", "m16n8k32");
        _ = decoder.Require("row");
        _ = decoder.Require("col");
        var isSaturated = decoder.Has("satfinite");
        var (result, first, second, total) = (decoder.Type(), decoder.Type(), decoder.Type(), decoder.Type());
        decoder.RequireOperands(4);
        var isKnown = (size, first) switch
        {
            ("m16n8k16" or "m16n8k8", PtxType.BF16) => second == first && (result, total) == (PtxType.F32, PtxType.F32),
            ("m16n8k16" or "m16n8k8", PtxType.F16) => second == first && IsFloat(result) && IsFloat(total),
            ("m16n8k8" or "m16n8k4", PtxType.TF32) => second == first && (result, total) == (PtxType.F32, PtxType.F32),
            ("m8n8k4", PtxType.F64) => second == first && (result, total) == (PtxType.F64, PtxType.F64),
            ("m16n8k16" or "m16n8k32", PtxType.S8 or PtxType.U8) => second is PtxType.S8 or PtxType.U8
                && (result, total) == (PtxType.S32, PtxType.S32),
            _ => false,
        };
        if (!isKnown || (isSaturated && result != PtxType.S32))
        {
            throw decoder.Fail("is no matrix product that is known here");
        }

        var depth = int.Parse(size.AsSpan(size.IndexOf('k') + 1), System.Globalization.CultureInfo.InvariantCulture);
        var shape = new MatrixShape(
            size.StartsWith("m8", StringComparison.Ordinal) ? 8 : 16,
            depth,
            first,
            second,
            total,
            result
        );
        var factor = shape.FactorRegister == 8 ? PtxType.B64 : PtxType.B32;
        return new MatrixMultiply(
            shape,
            isSaturated,
            Registers(decoder, 0, shape.TotalRegisters(result), Register(result), decoder.Destination),
            Registers(decoder, 1, shape.FirstRegisters, factor, decoder.Source),
            Registers(decoder, 2, shape.SecondRegisters, factor, decoder.Source),
            Registers(decoder, 3, shape.TotalRegisters(total), Register(total), decoder.Source)
        );
    }

    private static bool IsFloat(PtxType type) => type is PtxType.F16 or PtxType.F32;

    private static PtxType Register(PtxType type) => type == PtxType.F64 ? PtxType.B64 : PtxType.B32;

    // ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {a,b,c,d}, [p]
    public static Instruction Load(Decoder decoder)
    {
        _ = decoder.Require("sync");
        _ = decoder.Require("aligned");
        _ = decoder.Require("m8n8");
        var count = decoder.Require("x1", "x2", "x4")[1] - '0';
        var isTransposed = decoder.Has("trans");
        var space = MemoryDecoder.Space(decoder);
        _ = decoder.Type(PtxType.B16);
        decoder.RequireOperands(2);
        return new LoadMatrix(
            MemoryDecoder.Address(decoder, 1, space),
            Registers(decoder, 0, count, PtxType.B32, decoder.Destination),
            isTransposed
        );
    }

    private static int[] Registers(
        Decoder decoder,
        int index,
        int count,
        PtxType type,
        Func<OperandSyntax, PtxType, int> place
    )
    {
        var items = decoder.Items(index);
        return items.Count == count
            ? [.. items.Select(item => place(item, type))]
            : throw Decoder.Fail(decoder.Operand(index).Position, $"expected {count} registers, found {items.Count}");
    }
}
