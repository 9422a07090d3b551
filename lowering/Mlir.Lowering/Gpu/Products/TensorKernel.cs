using Mlir.Dialects.Nvgpu;
using Mlir.Dialects.Vector;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>A product on tensor cores: each warp computes a part of the tile, by products of small matrices that lie in the registers of its lanes.</summary>
/// <param name="product">The product.</param>
/// <param name="instruction">What is multiplied at once.</param>
/// <param name="tile">A block's share.</param>
/// <param name="warps">How many warps share the rows, and how many the columns.</param>
/// <param name="wide">Whether rows of the arrays are aligned, so that copies bring whole units.</param>
/// <param name="form">How the factors are read; null for what suits them.</param>
internal class TensorKernel(
    MatrixProduct product,
    MatrixInstruction instruction,
    ProductTile tile,
    (int Rows, int Columns) warps,
    bool wide,
    SharedForm? form = null
) : ProductKernel(product, tile, wide)
{
    private readonly int _warpRows = tile.Rows / warps.Rows;
    private readonly int _warpColumns = tile.Columns / warps.Columns;

    /// <summary>What is multiplied at once.</summary>
    protected MatrixInstruction Instruction => instruction;

    private int RowTiles => _warpRows / instruction.Rows;

    private int ColumnTiles => _warpColumns / MatrixInstruction.Columns;

    /// <summary>Groups of eight rows of a small matrix.</summary>
    private int Eights => instruction.Rows / 8;

    protected override SharedPiece Left { get; } = Piece(product, instruction, tile, product.Left, tile.Rows, form);

    protected override SharedPiece Right { get; } =
        Piece(product, instruction, tile, product.Right, tile.Columns, form);

    protected override IrType Sum => instruction.Sum;

    protected override int Parts => Math.Max(1, Tile.Rows / 64);

    protected override bool CanAddZeros => true;

    private static SharedPiece Piece(
        MatrixProduct product,
        MatrixInstruction instruction,
        ProductTile tile,
        ProductFactor factor,
        int lines,
        SharedForm? form
    ) =>
        new(
            factor,
            lines,
            tile,
            product.Depth,
            form ?? (LoadsMatrices(instruction, factor) ? SharedForm.EightRows : SharedForm.FourRows)
        );

    /// <summary>Matrices are loaded whole where a register's elements lie side by side, or can change places.</summary>
    private static bool LoadsMatrices(MatrixInstruction instruction, ProductFactor factor) =>
        instruction.Factor.Width == 16 || (instruction.Factor.Width == 32 && !factor.IsAlongLast);

    protected override Value RowOf(Emitter e, int part, Value row)
    {
        var height = _warpRows / Parts;
        var (warp, inner) = (e.Div(row, e.Index(height)), e.Rem(row, e.Index(height)));
        return e.Add(e.Mul(warp, e.Index(_warpRows)), e.Add(inner, e.Index(part * height)));
    }

    protected override (int Part, Value Row, Value Column)[] Places(Emitter e, Value thread)
    {
        var (row, column, lane) = Warp(e, thread);
        var height = _warpRows / Parts;
        var (group, pair) = (e.Div(lane, e.Index(4)), e.Mul(e.Rem(lane, e.Index(4)), e.Index(2)));
        var (firstRow, firstColumn) = (
            e.Add(e.Mul(row, e.Index(height)), group),
            e.Add(e.Mul(column, e.Index(_warpColumns)), pair)
        );
        return
        [
            .. from i in Enumerable.Range(0, RowTiles)
            from n in Enumerable.Range(0, ColumnTiles)
            from eight in Enumerable.Range(0, Eights)
            from c in Enumerable.Range(0, 2)
            let inner = (i * instruction.Rows) + (8 * eight)
            select (
                inner / height,
                e.Add(firstRow, e.Index(inner % height)),
                e.Add(firstColumn, e.Index((n * MatrixInstruction.Columns) + c))
            ),
        ];
    }

    private (Value Row, Value Column, Value Lane) Warp(Emitter e, Value thread)
    {
        var number = e.Div(thread, e.Index(Kernel.Warp));
        var columns = e.Index(warps.Columns);
        return (e.Div(number, columns), e.Rem(number, columns), e.Rem(thread, e.Index(Kernel.Warp)));
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
        var (row, column, lane) = Warp(e, thread);
        var (firstRow, firstColumn) = (e.Mul(row, e.Index(_warpRows)), e.Mul(column, e.Index(_warpColumns)));
        var perTile = 2 * Eights;
        var type = VectorType.Get([Eights, 2], instruction.Sum);
        var matrices = Enumerable
            .Range(0, sums.Length / perTile)
            .Select(i => Vector(e, type, sums[(i * perTile)..((i + 1) * perTile)]))
            .ToArray();
        for (var k = 0; k < Tile.Depth; k += instruction.Depth)
        {
            var a = Enumerable
                .Range(0, RowTiles)
                .Select(i => LeftMatrix(e, left, lane, e.Add(firstRow, e.Index(i * instruction.Rows)), k))
                .ToArray();
            var b = RightMatrices(e, right, lane, firstColumn, k);
            for (var i = 0; i < matrices.Length; i++)
            {
                var multiply = new MmaSyncOp(
                    e.Location,
                    a[i / ColumnTiles],
                    b[i % ColumnTiles],
                    matrices[i],
                    ArrayAttr.Get(Size(instruction.Rows), Size(MatrixInstruction.Columns), Size(instruction.Depth)),
                    type,
                    tf32Enabled: instruction.IsCut
                );
                matrices[i] = e.Insert(multiply).Res;
            }
        }

        return [.. matrices.SelectMany(m => e.Insert(ToElementsOp.Of(e.Location, m)).Elements)];

        static IntegerAttr Size(int size) => IntegerAttr.Get(IntegerType.I64, size);
    }

    private static Value Vector(Emitter e, VectorType type, ReadOnlySpan<Value> elements) =>
        e.Insert(new FromElementsOp(e.Location, elements, type)).Dest;

    private VectorType Registers(int count) => VectorType.Get([count, instruction.PerRegister], instruction.Factor);

    /// <summary>The registers of a left factor: eight rows after the other, then the second half of the depth.</summary>
    private Value LeftMatrix(Emitter e, (Value View, Value Start) pieces, Value lane, Value line, int depth)
    {
        var type = Registers(Eights * instruction.Depth / (4 * instruction.PerRegister));
        if (!LoadsMatrices(instruction, Product.Left))
        {
            return Vector(
                e,
                type,
                [
                    .. from half in Enumerable.Range(0, instruction.Depth / 4)
                    from eight in Enumerable.Range(0, Eights)
                    select Element(e, Left, pieces, lane, e.Add(line, e.Index(8 * eight)), depth + (4 * half)),
                ]
            );
        }

        var number = e.Div(lane, e.Index(8));
        var (odd, high) = (e.Rem(number, e.Index(2)), e.Div(number, e.Index(2)));
        return LoadMatrices(e, Left, pieces, lane, line, odd, depth, high, type);
    }

    /// <summary>The registers of all right factors of a warp; matrices are loaded for two at once.</summary>
    private Value[] RightMatrices(Emitter e, (Value View, Value Start) pieces, Value lane, Value first, int depth)
    {
        var registers = instruction.Depth / (4 * instruction.PerRegister);
        var type = Registers(registers);
        if (!LoadsMatrices(instruction, Product.Right))
        {
            return
            [
                .. Enumerable
                    .Range(0, ColumnTiles)
                    .Select(n =>
                        Vector(
                            e,
                            type,
                            [
                                .. Enumerable
                                    .Range(0, registers)
                                    .Select(half =>
                                        Element(
                                            e,
                                            Right,
                                            pieces,
                                            lane,
                                            e.Add(first, e.Index(n * MatrixInstruction.Columns)),
                                            depth + (4 * half)
                                        )
                                    ),
                            ]
                        )
                    ),
            ];
        }

        var number = e.Div(lane, e.Index(8));
        var (odd, high) = (e.Rem(number, e.Index(2)), e.Div(number, e.Index(2)));
        var matrices = new List<Value>();
        for (var n = 0; n < ColumnTiles; n += 2)
        {
            var line = e.Add(first, e.Index(n * MatrixInstruction.Columns));
            var both = LoadMatrices(e, Right, pieces, lane, line, high, depth, odd, Registers(2 * registers));
            Value[] elements = [.. e.Insert(ToElementsOp.Of(e.Location, both)).Elements];
            matrices.Add(Vector(e, type, elements[..(elements.Length / 2)]));
            matrices.Add(Vector(e, type, elements[(elements.Length / 2)..]));
        }

        return [.. matrices];
    }

    /// <summary>Four matrices of eight rows: a lane names a row of one of them, which is the second in lines or in depth.</summary>
    private static Value LoadMatrices(
        Emitter e,
        SharedPiece piece,
        (Value View, Value Start) pieces,
        Value lane,
        Value line,
        Value lineHalf,
        int depth,
        Value depthHalf,
        VectorType type
    )
    {
        var row = e.Rem(lane, e.Index(8));
        line = e.Add(line, e.Mul(lineHalf, e.Index(8)));
        var unit = piece.LinesLast ? 8 : piece.Unit;
        var at = e.Add(e.Index(depth), e.Mul(depthHalf, e.Index(unit)));
        (line, at) = piece.LinesLast ? (line, e.Add(at, row)) : (e.Add(line, row), at);
        var place = e.Add(pieces.Start, piece.Place(e, line, at));
        return e.Insert(
            new LdMatrixOp(e.Location, pieces.View, [place], transpose: piece.LinesLast, numTiles: 4, type)
        ).Res;
    }

    /// <summary>The element of this lane: a line for each four lanes, which hold four neighbours in depth.</summary>
    private static Value Element(
        Emitter e,
        SharedPiece piece,
        (Value View, Value Start) pieces,
        Value lane,
        Value line,
        int depth
    )
    {
        line = e.Add(line, e.Div(lane, e.Index(4)));
        var at = e.Add(e.Index(depth), e.Rem(lane, e.Index(4)));
        return e.Load(pieces.View, [e.Add(pieces.Start, piece.Place(e, line, at))]);
    }
}
