using System.Globalization;
using Mlir.Dialects.Llvm;
using Mlir.IR;
using Arith = Mlir.Dialects.Arith;

namespace Mlir.Lowering.Gpu;

/// <summary>
/// A product on the tensor cores of Hopper (<c>sm_90a</c>): four warps together multiply 64 rows with all columns of the tile, straight from shared memory,
/// while their threads begin the next copies.
/// </summary>
/// <remarks>
/// The accumulators are never named between the two pieces of assembly of a step: the first one begins the products, the second one waits for them, and both
/// have them as operands that are results at the same time.
/// </remarks>
/// <param name="product">The product.</param>
/// <param name="instruction">What the tensor cores of older processors would multiply at once; elements, depth and accumulators are the same.</param>
/// <param name="tile">A block's share.</param>
internal sealed class WarpgroupKernel(MatrixProduct product, MatrixInstruction instruction, ProductTile tile)
    : TensorKernel(product, instruction, tile, (tile.Threads / Kernel.Warp, 1), wide: true, SharedForm.Pattern)
{
    /// <summary>The threads that multiply together.</summary>
    private const int Group = 4 * Kernel.Warp;

    /// <summary>The rows that they multiply.</summary>
    private const int GroupRows = 64;

    /// <summary>From one pattern to the next.</summary>
    private const int PatternBytes = SharedPiece.BankBytes * SharedPiece.PatternRows;

    /// <summary>A block's share of a product that can be computed so; null where it cannot.</summary>
    public static ProductTile? TileFor(MatrixProduct product, MatrixInstruction instruction)
    {
        var isNarrow = instruction.Factor.Width == 16;
        var runsAlongDepth = !product.Left.IsAlongLast && !product.Right.IsAlongLast;
        return isNarrow || (instruction.IsCut && runsAlongDepth)
            ? new(Rows: 128, Columns: 256, Depth: isNarrow ? 64 : 32, Stages: 3, Threads: 256)
            : null;
    }

    protected override void Publish(Emitter e) =>
        e.Insert(
            new InlineAsmOp(
                e.Location,
                [],
                "fence.proxy.async.shared::cta;",
                "~{memory}",
                null,
                hasSideEffects: true,
                asmDialect: AsmDialect.Att
            )
        );

    protected override Value[] Multiply(
        Emitter e,
        Value thread,
        (Value View, Value Start) left,
        (Value View, Value Start) right,
        Value[] sums,
        Value? depth,
        Action meanwhile
    )
    {
        var first = e.Mul(e.Div(thread, e.Index(Group)), e.Index(GroupRows));
        var (a, b) = (Descriptor(e, Left, left, first), Descriptor(e, Right, right, e.Index(0)));
        var steps = Tile.Depth / Instruction.Depth;
        Value[] descriptors =
        [
            .. Enumerable
                .Range(0, steps)
                .SelectMany(step => new[] { At(a, step * Step(Left)), At(b, step * Step(Right)) }),
        ];
        sums = Assembly(e, Products(sums.Length, steps), descriptors, sums);
        meanwhile();
        return Assembly(e, "wgmma.wait_group.sync.aligned 0;", [], sums);

        Value At(Value descriptor, int bytes)
        {
            var moved = e.Add(descriptor, e.Index(bytes / SharedPiece.UnitBytes));
            return e.Insert(new Arith.IndexCastOp(e.Location, moved, IntegerType.I64)).Out;
        }
    }

    /// <summary>The bytes from one instruction's share of a piece to the next.</summary>
    private int Step(SharedPiece piece) =>
        piece.LinesLast
            ? Instruction.Depth * SharedPiece.BankBytes
            : Instruction.Depth * DenseElementsAttr.ElementSize(Instruction.Factor);

    /// <summary>Where a piece lies, as the instruction wants it said: address, two offsets, and the pattern.</summary>
    private Value Descriptor(Emitter e, SharedPiece piece, (Value View, Value Start) place, Value line)
    {
        var column = Tile.Depth * SharedPiece.BankBytes;
        var bytes = e.Mul(place.Start, e.Index(DenseElementsAttr.ElementSize(Instruction.Factor)));
        var lines = piece.LinesLast
            ? e.Mul(e.Div(line, e.Index(piece.BankRow)), e.Index(column))
            : e.Mul(line, e.Index(SharedPiece.BankBytes));
        var address = e.Add(e.Add(e.AddressOf(place.View), bytes), lines);
        long leading = piece.LinesLast ? column / SharedPiece.UnitBytes : 1;
        const long Stride = PatternBytes / SharedPiece.UnitBytes;
        const long Pattern128 = 1;
        return e.Add(
            e.Div(address, e.Index(SharedPiece.UnitBytes)),
            e.Index((leading << 16) | (Stride << 32) | (Pattern128 << 62))
        );
    }

    /// <summary>The instructions of a step: what was done to registers lies before, and all products are one group.</summary>
    private string Products(int sums, int steps)
    {
        var type = Instruction.IsCut ? "tf32" : Instruction.Factor.Name;
        var size = string.Create(CultureInfo.InvariantCulture, $"m64n{Tile.Columns}k{Instruction.Depth}");
        var registers = string.Join(", ", Enumerable.Range(0, sums).Select(i => $"${i}"));
        var swaps = Instruction.IsCut ? "" : $", {(Left.LinesLast ? 1 : 0)}, {(Right.LinesLast ? 1 : 0)}";
        var products = Enumerable
            .Range(0, steps)
            .Select(step =>
                $"wgmma.mma_async.sync.aligned.{size}.f32.{type}.{type} {{{registers}}}, ${sums + (2 * step)}, ${sums + (2 * step) + 1}, p, 1, 1{swaps};"
            );
        return string.Join(
            "\n\t",
            [
                "{",
                ".reg .pred p;",
                "setp.ne.b32 p, 1, 0;",
                "wgmma.fence.sync.aligned;",
                .. products,
                "wgmma.commit_group.sync.aligned;",
                "}",
            ]
        );
    }

    /// <summary>Emits assembly whose results are <paramref name="sums"/>, which it changes in place.</summary>
    private static Value[] Assembly(Emitter e, string text, Value[] operands, Value[] sums)
    {
        var numbers = Enumerable.Range(0, sums.Length).Select(i => i.ToString(CultureInfo.InvariantCulture));
        var op = new InlineAsmOp(
            e.Location,
            [.. operands, .. sums],
            text,
            string.Join(
                ',',
                [
                    .. Enumerable.Repeat("=f", sums.Length),
                    .. Enumerable.Repeat("l", operands.Length),
                    .. numbers,
                    "~{memory}",
                ]
            ),
            LlvmStructType.Get([.. sums.Select(s => s.Type)]),
            hasSideEffects: true,
            asmDialect: AsmDialect.Att
        );
        var all = e.Insert(op).Res!;
        return [.. Enumerable.Range(0, sums.Length).Select(i => e.Insert(new ExtractValueOp(e.Location, all, i)).Res)];
    }
}
