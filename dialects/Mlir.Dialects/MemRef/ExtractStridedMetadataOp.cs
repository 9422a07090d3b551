using Mlir.IR.Text;

namespace Mlir.Dialects.MemRef;

/// <summary>What an array is made of: its base memory, offset, sizes and strides.</summary>
/// <example><code>%base, %offset, %sizes:2, %strides:2 = memref.extract_strided_metadata %m : memref&lt;4x?xf32> -> memref&lt;f32>, index, index, index, index, index</code></example>
[Op("memref.extract_strided_metadata")]
public sealed partial class ExtractStridedMetadataOp : Operation, IPure
{
    /// <summary>The array.</summary>
    [Operand<RankedMemRef>]
    public partial Value Source { get; }

    /// <summary>The memory from its start.</summary>
    [Result<RankedMemRef>]
    public partial OpResult BaseBuffer { get; }

    /// <summary>The position of the first element, in elements.</summary>
    [Result<Index>]
    public partial OpResult Offset { get; }

    /// <summary>The sizes, and after them the strides, in elements.</summary>
    [Result<Index>]
    public partial IReadOnlyList<OpResult> SizesAndStrides { get; }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) =>
        index switch
        {
            0 => "base_buffer",
            1 => "offset",
            _ => Rank == 0 ? null
            : index == 2 ? "sizes"
            : index == 2 + Rank ? "strides"
            : null,
        };

    /// <summary>The sizes.</summary>
    public IEnumerable<OpResult> Sizes => SizesAndStrides.Take(Rank);

    /// <summary>The strides, in elements.</summary>
    public IEnumerable<OpResult> Strides => SizesAndStrides.Skip(Rank);

    private int Rank => ((MemRefType)Source.Type).Rank;

    /// <summary>Takes <paramref name="source"/> apart.</summary>
    public ExtractStridedMetadataOp(Location location, Value source)
        : this(location, source, BaseType((MemRefType)source.Type), Indices((MemRefType)source.Type)) { }

    private static MemRefType BaseType(MemRefType source) =>
        MemRefType.Get([], source.ElementType, null, source.MemorySpace);

    private static IrType[] Indices(MemRefType source)
    {
        var types = new IrType[2 * source.Rank];
        Array.Fill(types, IndexType.Instance);
        return types;
    }

    /// <summary>Parses <c>source : type -> types [{…}]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var source = parser.ParseOperand();
        parser.Expect(":");
        var type = parser.ParseType<MemRefType>();
        parser.Resolve(source, type, state);
        parser.Expect("->");
        state.ResultTypes.AddRange(parser.ParseTypeList());
        parser.ParseOptionalAttrDict(state);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperand(Source);
        printer.Write(" : ");
        printer.WriteType(Source.Type);
        printer.Write(" -> ");
        printer.WriteTypes(Results.Select(r => r.Type));
        printer.WriteAttrDict(this);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var type = (MemRefType)Source.Type;
        if (SizesAndStrides.Count != 2 * type.Rank || BaseBuffer.Type != BaseType(type))
        {
            verifier.Error(
                this,
                $"expects {BaseType(type)}, an offset, {type.Rank} sizes and {type.Rank} strides as results"
            );
        }
    }
}
