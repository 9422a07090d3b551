using System.Runtime.Intrinsics;
using Mlir.Ptx.Decoding;
using Mlir.Ptx.Execution;
using Mlir.Ptx.Memory;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Operations;

/// <summary>An instruction that all threads of four neighbouring warps execute.</summary>
internal abstract unsafe class WarpgroupInstruction() : WarpInstruction(members: null)
{
    public override void Exchange(Warp warp, byte* registers, uint lanes)
    {
        if (lanes != uint.MaxValue)
        {
            throw warp.Fault(
                PtxFault.InvalidOperand,
                lanes,
                $"it takes all 128 threads of four warps; of this warp, lanes {Block.Lanes(lanes)} are there"
            );
        }

        var group =
            warp.Block.GroupOf(warp)
            ?? throw warp.Fault(
                PtxFault.InvalidOperand,
                lanes,
                $"it takes four warps; the block has {warp.Block.Warps.Count}, and this is warp {warp.Index}"
            );
        Execute(warp, registers, group);
    }

    protected abstract void Execute(Warp warp, byte* registers, Warpgroup group);
}

/// <summary>Orders accesses to registers, ends a group of products, or waits for groups.</summary>
internal sealed unsafe class WarpgroupStep(Action<Warp> step) : WarpgroupInstruction
{
    protected override void Execute(Warp warp, byte* registers, Warpgroup group)
    {
        group.Come(warp, this);
        step(warp);
    }
}

/// <summary>What a product of four warps multiplies.</summary>
/// <param name="Columns">The columns of the right factor; the left one has 64 rows.</param>
/// <param name="Depth">The products of each sum.</param>
/// <param name="Factor">The elements of the factors.</param>
/// <param name="SignA">What the left factor is multiplied by.</param>
/// <param name="SignB">What the right factor is multiplied by.</param>
/// <param name="IsLinesA">Whether rows of the left factor lie side by side, and not its depth.</param>
/// <param name="IsLinesB">Whether columns of the right factor do.</param>
internal sealed record WarpgroupShape(
    int Columns,
    int Depth,
    PtxType Factor,
    int SignA,
    int SignB,
    bool IsLinesA,
    bool IsLinesB
);

/// <summary>
/// Begins a product of matrices that lie in shared memory, the left one in registers perhaps, added to one in registers. Products are exact; they are added to
/// the sum in double precision in the order of the depth, and rounded once.
/// </summary>
/// <remarks>
/// After PTX ISA 9.0, section 9.7.15.5: of its 64 rows each warp has sixteen; a lane has those of <c>mma.m16n8</c>, eight columns after the other. In which
/// order and how carefully hardware adds inside of an instruction, the manual leaves open.
/// </remarks>
internal sealed unsafe class WarpgroupMultiply(
    WarpgroupShape shape,
    int[] sums,
    string[] names,
    (int[]? Registers, int Descriptor) left,
    int right,
    int isAdded
) : WarpgroupInstruction
{
    private const int Rows = 16;

    /// <summary>The registers that it uses while it is under way.</summary>
    public HashSet<int> Slots { get; } = [.. sums, .. left.Registers ?? []];

    /// <summary>A register's name.</summary>
    public string NameOf(int slot) => names[Array.IndexOf([.. sums, .. left.Registers ?? []], slot)];

    /// <summary>Whether another product, begun before this one, may be under way: they share nothing that is written, or the same sums.</summary>
    /// <param name="earlier">The other one.</param>
    /// <param name="isSame">Whether they share the sums.</param>
    public bool MayFollow(WarpgroupMultiply earlier, out bool isSame)
    {
        isSame = sums.AsSpan().SequenceEqual(earlier.Sums);
        return (isSame || !earlier.Sums.Intersect(sums).Any())
            && !earlier.Sums.Intersect(Fragment).Any()
            && !earlier.Fragment.Intersect(sums).Any();
    }

    private int[] Sums => sums;

    private int[] Fragment => left.Registers ?? [];

    /// <summary>Brings sums to the registers.</summary>
    public void Write(byte* registers, float[] values)
    {
        for (var i = 0; i < sums.Length; i++)
        {
            values.AsSpan(i * 32, 32).CopyTo(new(registers + sums[i], 32));
        }
    }

    /// <summary>Puts what no kernel should rely on into the registers of the sums.</summary>
    public void Poison(byte* registers)
    {
        foreach (var slot in sums)
        {
            new Span<uint>(registers + slot, 32).Fill(uint.MaxValue);
        }
    }

    protected override void Execute(Warp warp, byte* registers, Warpgroup group)
    {
        var isSum = Same(warp, *(uint*)(registers + isAdded));
        var (a, b) = (Descriptor(warp, registers, left.Descriptor), Descriptor(warp, registers, right));
        group.Come(warp, this, (left.Registers is null ? a : 0, b, isSum));
        var before = warp.Products.Begin(warp, this);
        var values = new float[sums.Length * 32];
        if (isSum)
        {
            for (var i = 0; i < sums.Length && before is null; i++)
            {
                new Span<float>(registers + sums[i], 32).CopyTo(values.AsSpan(i * 32));
            }

            before?.CopyTo(values, 0);
        }

        var factors = new ProductFactors();
        var rows = new double[Rows * shape.Depth];
        var columns = new double[shape.Depth * shape.Columns];
        if (left.Registers is { } fragment)
        {
            FromRegisters(registers, fragment, rows);
        }
        else
        {
            var from = Matrix(warp, a);
            Load(
                warp,
                factors,
                "left",
                from,
                shape.IsLinesA,
                16 * (warp.Index % Warpgroup.Warps),
                Rows,
                (line, k, value) => rows[(line * shape.Depth) + k] = value * shape.SignA
            );
        }

        Load(
            warp,
            factors,
            "right",
            Matrix(warp, b),
            shape.IsLinesB,
            0,
            shape.Columns,
            (line, k, value) => columns[(k * shape.Columns) + line] = value * shape.SignB
        );
        Multiply(rows, columns, values);
        Poison(registers);
        warp.Products.Add(new(this, (nint)registers, factors, values));
    }

    private bool Same(Warp warp, uint predicate) =>
        predicate is 0 or uint.MaxValue
            ? predicate != 0
            : throw warp.Fault(PtxFault.InvalidOperand, ~predicate, "the threads do not agree on whether to add");

    private static ulong Descriptor(Warp warp, byte* registers, int slot)
    {
        if (slot < 0)
        {
            return 0;
        }

        var values = new ReadOnlySpan<ulong>(registers + slot, 32);
        return values.ContainsAnyExcept(values[0])
            ? throw warp.Fault(PtxFault.InvalidOperand, 1, "the threads give different descriptors")
            : values[0];
    }

    private static MatrixDescriptor Matrix(Warp warp, ulong bits) =>
        MatrixDescriptor.Read(bits)
        ?? throw warp.Fault(PtxFault.InvalidOperand, 1, $"the descriptor 0x{bits:x16} has bits that mean nothing");

    private void FromRegisters(byte* registers, int[] fragment, double[] rows)
    {
        var perRegister = 4 / shape.Factor.Bytes;
        for (var register = 0; register < fragment.Length; register++)
        {
            for (var lane = 0; lane < 32; lane++)
            {
                var bits = ((uint*)(registers + fragment[register]))[lane];
                var row = (lane >> 2) + (8 * (register & 1));
                var depth = (perRegister * (lane & 3)) + (4 * perRegister * (register >> 1));
                for (var i = 0; i < perRegister; i++)
                {
                    rows[(row * shape.Depth) + depth + i] =
                        shape.SignA * MatrixMultiply.Value(bits >> (i * 8 * shape.Factor.Bytes % 32), shape.Factor);
                }
            }
        }
    }

    private void Load(
        Warp warp,
        ProductFactors factors,
        string name,
        MatrixDescriptor from,
        bool isLines,
        int first,
        int lines,
        Action<int, int, double> put
    )
    {
        var (bytes, perUnit) = (shape.Factor.Bytes, MatrixDescriptor.UnitBytes / shape.Factor.Bytes);
        var (outer, inner) = isLines ? (lines / perUnit, shape.Depth) : (shape.Depth / perUnit, lines);
        Span<int> banks = stackalloc int[8];
        for (var unit = 0; unit < outer; unit++)
        {
            banks.Clear();
            for (var at = 0; at < inner; at++)
            {
                var address = isLines
                    ? from.AlongLines((first / perUnit) + unit, at)
                    : from.AlongDepth(first + at, unit);
                var memory = factors.Read(warp, address, name);
                for (var i = 0; i < perUnit; i++)
                {
                    var value = MatrixMultiply.Value(
                        Lanes.Read(memory + (i * bytes), bytes, isSigned: false),
                        shape.Factor
                    );
                    put(isLines ? (unit * perUnit) + i : at, isLines ? at : (unit * perUnit) + i, value);
                }

                // Eight units make a core matrix, which is read at once.
                banks[address / MatrixDescriptor.UnitBytes % 8]++;
                if (at % 8 == 7)
                {
                    var most = 0;
                    foreach (var count in banks)
                    {
                        most = Math.Max(most, count);
                    }

                    warp.BankConflicts += most - 1;
                    banks.Clear();
                }
            }
        }
    }

    private void Multiply(double[] rows, double[] columns, float[] values)
    {
        fixed (double* b = columns)
        {
            var sum = stackalloc double[8];
            for (var row = 0; row < Rows; row++)
            {
                var lane = 4 * (row % 8);
                for (var column = 0; column < shape.Columns; column += 8)
                {
                    // Registers: two neighbours of a row, the two of the row eight below, then eight columns to the right.
                    var register = (column / 2) + (row >= 8 ? 2 : 0);
                    for (var i = 0; i < 8; i++)
                    {
                        sum[i] = values[((register + (i % 2)) * 32) + lane + (i / 2)];
                    }

                    var total = Vector512.Load(sum);
                    for (var k = 0; k < shape.Depth; k++)
                    {
                        total +=
                            Vector512.Create(rows[(row * shape.Depth) + k])
                            * Vector512.Load(b + (k * shape.Columns) + column);
                    }

                    total.Store(sum);
                    for (var i = 0; i < 8; i++)
                    {
                        values[((register + (i % 2)) * 32) + lane + (i / 2)] = Floats.Canonical((float)sum[i]);
                    }
                }
            }
        }
    }
}

/// <summary>Decodes products of four warps.</summary>
internal static class WarpgroupDecoder
{
    // wgmma.fence.sync.aligned;  wgmma.mma_async.sync.aligned.m64n8k16.f32.f16.f16 {d…}, a, b, p, 1, 1, 0, 0;  wgmma.wait_group.sync.aligned 0
    public static Instruction Decode(Decoder decoder)
    {
        decoder.RequireTarget("sm_90a", isOnly: true);
        var operation = decoder.Require("fence", "commit_group", "wait_group", "mma_async");
        _ = decoder.Require("sync");
        _ = decoder.Require("aligned");
        switch (operation)
        {
            case "fence":
                decoder.RequireOperands(0);
                return new WarpgroupStep(warp => warp.Products.Fence());
            case "commit_group":
                decoder.RequireOperands(0);
                return new WarpgroupStep(warp => warp.Products.Commit());
            case "wait_group":
                decoder.RequireOperands(1);
                var left = Immediate(decoder, 0, 0, int.MaxValue);
                return new WarpgroupStep(warp => warp.Products.Wait(warp, left));
            default:
                return Multiply(decoder);
        }
    }

    private static WarpgroupMultiply Multiply(Decoder decoder)
    {
        var (columns, depth) = Size(decoder);
        _ = decoder.Type(PtxType.F32);
        var factor = decoder.Type(PtxType.F16, PtxType.BF16, PtxType.TF32);
        _ = decoder.Type(factor);
        if (depth * factor.Bytes != 32)
        {
            throw decoder.Fail("is no matrix product that is known here");
        }

        var isFragment = decoder.Operand(1) is ListSyntax;
        var swaps =
            factor == PtxType.TF32 ? 0
            : isFragment ? 1
            : 2;
        decoder.RequireOperands(6 + swaps);
        var sums = Registers(decoder, 0, columns / 2, decoder.Destination);
        var fragment = isFragment ? Registers(decoder, 1, 4, decoder.Source) : null;
        return new(
            new(
                columns,
                depth,
                factor,
                Sign(decoder, 4),
                Sign(decoder, 5),
                IsLinesA: swaps == 2 && Immediate(decoder, 6, 0, 1) == 1,
                IsLinesB: swaps > 0 && Immediate(decoder, 5 + swaps, 0, 1) == 1
            ),
            sums,
            [.. Names(decoder, 0), .. isFragment ? Names(decoder, 1) : []],
            (fragment, isFragment ? -1 : decoder.Source(1, PtxType.B64)),
            decoder.Source(2, PtxType.B64),
            decoder.Source(3, PtxType.Pred)
        );
    }

    private static (int Columns, int Depth) Size(Decoder decoder)
    {
        foreach (var depth in (ReadOnlySpan<int>)[16, 8])
        {
            for (var columns = 8; columns <= 256; columns += 8)
            {
                if (decoder.Has($"m64n{columns}k{depth}"))
                {
                    return (columns, depth);
                }
            }
        }

        throw decoder.Fail("needs a size such as m64n128k16: eight to 256 columns, a depth of 16 or 8");
    }

    private static int Sign(Decoder decoder, int index) =>
        Immediate(decoder, index, -1, 1) is var sign and not 0 ? sign : throw decoder.Fail("is scaled by 1 or -1 only");

    private static int Immediate(Decoder decoder, int index, int least, int most) =>
        decoder.Operand(index) is IntegerSyntax integer && (long)integer.Value >= least && (long)integer.Value <= most
            ? (int)(long)integer.Value
            : throw Decoder.Fail(decoder.Operand(index).Position, $"expected a number from {least} to {most}");

    private static int[] Registers(Decoder decoder, int index, int count, Func<OperandSyntax, PtxType, int> place)
    {
        var items = decoder.Items(index);
        var slots = items.Select(item => place(item, PtxType.B32)).ToArray();
        return slots.Length != count
                ? throw Decoder.Fail(
                    decoder.Operand(index).Position,
                    $"expected {count} registers, found {items.Count}"
                )
            : slots.Distinct().Count() != count
                ? throw Decoder.Fail(decoder.Operand(index).Position, "expected each register once")
            : slots;
    }

    private static IEnumerable<string> Names(Decoder decoder, int index) =>
        decoder.Items(index).Select(item => item is RegisterSyntax register ? register.Register.Name : "a register");
}
