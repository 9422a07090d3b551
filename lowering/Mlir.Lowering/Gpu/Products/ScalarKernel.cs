using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>A product by the threads' own arithmetic: each computes 8 × 8 sums in registers, in order, and reads 16 bytes of shared memory at once.</summary>
/// <param name="product">The product.</param>
/// <param name="wide">Whether rows of the arrays are aligned, so that copies bring whole units.</param>
internal sealed class ScalarKernel(MatrixProduct product, bool wide) : ProductKernel(product, Share, wide)
{
    private const int PerThread = 8;

    /// <summary>What is read at once.</summary>
    private const int Together = 4;

    /// <summary>Threads of a warp lie side by side in rows of eight.</summary>
    private const int Across = 8;

    /// <summary>A block's share.</summary>
    public static ProductTile Share { get; } = new(Rows: 128, Columns: 128, Depth: 8, Stages: 3, Threads: 256);

    private const int Half = 64;

    protected override SharedPiece Left { get; } = Piece(product, product.Left, Share.Rows);

    protected override SharedPiece Right { get; } = Piece(product, product.Right, Share.Columns);

    protected override IrType Sum => Product.Element;

    protected override int Parts => 2;

    protected override bool CanAddZeros => false;

    /// <summary>Whether the numbers are as wide as what is read at once supposes, and lie in arrays.</summary>
    public static bool Supports(MatrixProduct product) =>
        IsWord(product.Element)
        && IsWord(product.Left.Element)
        && IsWord(product.Right.Element)
        && product.Left.IsArray
        && product.Right.IsArray;

    private static bool IsWord(IrType type) => type is FloatType { Width: 32 } or IntegerType { Width: 32 };

    private static SharedPiece Piece(MatrixProduct product, ProductFactor factor, int lines) =>
        new(factor, lines, Share, product.Depth, SharedForm.Lines);

    protected override Value RowOf(Emitter e, int part, Value row) => e.Add(row, e.Index(part * Half));

    protected override (int Part, Value Row, Value Column)[] Places(Emitter e, Value thread)
    {
        var (down, across) = FirstOf(e, thread);
        return
        [
            .. from i in Enumerable.Range(0, PerThread)
            from j in Enumerable.Range(0, PerThread)
            select (
                i / Together,
                e.Add(down, e.Index(i % Together)),
                e.Add(across, e.Index((j % Together) + (j / Together * Half)))
            ),
        ];
    }

    /// <summary>The first row and the first column of a thread, in each half of the tile.</summary>
    private static (Value Down, Value Across) FirstOf(Emitter e, Value thread)
    {
        var (warp, lane) = (e.Div(thread, e.Index(Kernel.Warp)), e.Rem(thread, e.Index(Kernel.Warp)));
        var across = e.Add(e.Mul(e.Rem(warp, e.Index(2)), e.Index(Across)), e.Rem(lane, e.Index(Across)));
        var rows = e.Index(Kernel.Warp / Across);
        var down = e.Add(e.Mul(e.Div(warp, e.Index(2)), rows), e.Div(lane, e.Index(Across)));
        return (e.Mul(down, e.Index(Together)), e.Mul(across, e.Index(Together)));
    }

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
        meanwhile();
        var (down, across) = FirstOf(e, thread);
        if (depth is not null)
        {
            return e.For(e.Index(0), depth, e.Index(1), sums, (inside, k, carried) => Step(inside, k, carried));
        }

        for (var k = 0; k < Tile.Depth; k++)
        {
            sums = Step(e, e.Index(k), sums);
        }

        return sums;

        Value[] Step(Emitter inside, Value k, Value[] before)
        {
            var rows = Elements(inside, Left, left, down, k);
            var columns = Elements(inside, Right, right, across, k);
            return
            [
                .. before.Select((sum, i) => Product.Add(inside, rows[i / PerThread], columns[i % PerThread], sum)),
            ];
        }
    }

    private static Value[] Elements(
        Emitter e,
        SharedPiece piece,
        (Value View, Value Start) pieces,
        Value first,
        Value k
    )
    {
        var type = VectorType.Get([Together], ((MemRefType)pieces.View.Type).ElementType);
        return
        [
            .. from half in Enumerable.Range(0, PerThread / Together)
            let place = piece.Place(e, e.Add(first, e.Index(half * Half)), k)
            let vector = e.AlignedLoad(type, pieces.View, e.Add(pieces.Start, place), SharedPiece.UnitBytes)
            from i in Enumerable.Range(0, Together)
            select e.Extract(vector, i),
        ];
    }
}
