using Mlir.Dialects.Linalg;
using Mlir.IR;
using Arith = Mlir.Dialects.Arith;

namespace Mlir.Lowering;

/// <summary>The loops of one contraction on memrefs.</summary>
/// <remarks>
/// From the outside: pairs of matrices (batch loops, and columns beyond the last dimension), or blocks of columns and rows, which threads
/// share; parts of the reduced loop, whose panels are packed into the second cache; panels of rows; register tiles. Small products skip the
/// packing.
/// </remarks>
internal sealed partial class ContractionNest
{
    // Products up to this size stay on one thread, which needs some twenty microseconds for them.
    private const long SharedProducts = 1 << 19;

    // What a thread takes at a time: short enough to share evenly.
    private const long ChunkProducts = 1 << 16;

    // More pieces than this only cost time to hand out.
    private const long MostChunks = 256;

    // With fewer rows a packed element is not used often enough.
    private const long LeastPackedRows = 48;

    // A right factor up to this part of the second cache is read where it lies.
    private const int UnpackedPart = 8;

    private readonly Contraction _contraction;
    private readonly GenericOp _op;
    private readonly TileContractions _options;
    private readonly OutputFusion _fusion;
    private readonly Emitter _emit;
    private readonly Value[] _sizes;
    private readonly int[] _outer;
    private readonly int _column;
    private readonly TileSizes _tile;
    private readonly VectorType _vector;
    private readonly Value _rows;
    private readonly Value _columns;
    private readonly Value _depth;
    private readonly bool _pairs;

    public ContractionNest(Contraction contraction, TileContractions options)
    {
        (_contraction, _op, _options) = (contraction, contraction.Op, options);
        _fusion = OutputFusion.Find(_op, VectorBody.Supports);
        _emit = new Emitter(new OpBuilder(_fusion.Place), _op.Location);
        _sizes = [.. Enumerable.Range(0, _op.IteratorKinds.Length).Select(SizeOf)];
        _column = contraction.Columns[^1];
        _outer = [.. contraction.Batch, .. contraction.Columns[..^1]];
        _rows = _emit.Product(contraction.Rows.Select(d => _sizes[d]));
        _columns = _sizes[_column];
        _depth = _emit.Product(contraction.Reduced.Select(d => _sizes[d]));
        _tile = TileSizes.For(contraction.Accumulator, options, Known(_rows), Known(_columns));
        _vector = VectorType.Get([_tile.Lanes], contraction.Accumulator);
        _pairs = ComesInPairs(contraction);
    }

    /// <summary>Whether the output can be written in vectors of a type that processors multiply.</summary>
    public static bool Supports(Contraction contraction) =>
        contraction.Accumulator is FloatType { Name: "f32" or "f64" } or IntegerType { Width: 32 or 64 }
        && IsDense(contraction.Op.Outputs[0])
        && contraction.Op.Inputs.All(v => v.Type is not MemRefType m || IsScalar(m.ElementType));

    private static bool IsScalar(IrType type) =>
        type is IntegerType { Width: 1 or 8 or 16 or 32 or 64 } or IndexType or FloatType { Width: 16 or 32 or 64 };

    private static bool IsDense(Value array) => array.Type is MemRefType { Layout: null };

    private static long? Known(Value size) => size.ConstInt is { } known ? (long)known : null;

    public void Emit()
    {
        var panels = FindPanels();
        if (_outer.Length > 0)
        {
            EmitBatch(panels);
        }
        else
        {
            EmitOne(_emit, panels, null, [], _options.Parallel);
        }

        _fusion.Finish(_op);
    }

    /// <summary>Each thread takes whole products, with memory of its own for panels.</summary>
    private void EmitBatch(Panels? panels)
    {
        var sizes = _outer.Select(d => _sizes[d]).ToArray();
        var count = _emit.Product(sizes);
        var chunk = ChunkOf(_emit, count, _emit.Mul(_emit.Mul(_rows, _columns), _depth));
        _emit.ForChunks(
            count,
            chunk,
            _options.Parallel ? 1 : 0,
            (emit, begin, end) =>
            {
                var packed = Allocate(emit, panels);
                emit.For(
                    begin,
                    end,
                    emit.Index(1),
                    [],
                    (e, product, _) =>
                    {
                        EmitOne(e, panels, packed, e.Delinearize(product, sizes), parallel: false);
                        return [];
                    }
                );
                Free(emit, packed);
            }
        );
    }

    /// <summary>One product of two matrices, packed or not.</summary>
    private void EmitOne(Emitter emit, Panels? panels, Value? packed, Value[] outer, bool parallel)
    {
        if (panels is not { Asked: { } asked, IsShared: false })
        {
            EmitBlocks(emit, panels, packed, outer, parallel);
            return;
        }

        emit.If(
            asked,
            [],
            e =>
            {
                EmitBlocks(e, panels with { Asked = null }, null, outer, parallel);
                return [];
            },
            e =>
            {
                EmitBlocks(e, null, null, outer, parallel);
                return [];
            }
        );
    }

    /// <summary>Whether the right factor lies along the columns as it is needed.</summary>
    private bool RightIsReadable()
    {
        foreach (var step in _contraction.StepsTo(_contraction.Right).Where(s => s is not IConstantLike))
        {
            if (step is not (Arith.ExtFOp or Arith.ExtSIOp or Arith.ExtUIOp))
            {
                return false;
            }
        }

        return ArgumentsOf(_contraction.Right)
            .All(a =>
                IsDense(_op.Operands[a.Index])
                && _op.MapOf(a.Index).Results is { Count: > 0 } results
                && results[results.Count - 1] is AffineDimExpr { Position: var last }
                && last == _column
            );
    }

    private IEnumerable<BlockArgument> ArgumentsOf(Value factor) =>
        _contraction
            .StepsTo(factor)
            .SelectMany(s => s.Operands.ToArray())
            .Append(factor)
            .OfType<BlockArgument>()
            .Where(a => ReferenceEquals(a.ParentBlock, _op.BodyBlock))
            .Distinct();

    /// <summary>How far a loop goes, as a number where any array says it.</summary>
    private Value SizeOf(int loop)
    {
        var known = _op.ArraysAlong(loop).FirstOrDefault(a => !((MemRefType)a.Array.Type).IsDynamicDim(a.Dim));
        return known.Array is null ? _emit.LoopSize(_op, loop) : _emit.MemRefDim(known.Array, known.Dim);
    }
}
