using Mlir.IR.Text;

namespace Mlir.Dialects.Nvvm;

/// <summary>What NVIDIA's processors have and LLVM IR has not: numbers of threads, barriers, shuffles, matrix instructions.</summary>
[Dialect("nvvm")]
public sealed partial class NvvmDialect : Dialect
{
    /// <inheritdoc/>
    public override IrAttribute? ParseAttribute(AsmParser parser, string name) =>
        name switch
        {
            "mma_layout" => ParseCase<MMALayout>(parser),
            "mma_type" => ParseCase<MMATypes>(parser),
            "ld_st_matrix_elt_type" => ParseCase<LdStMatrixEltType>(parser),
            "shape" => ParseShape(parser),
            "ld_st_matrix_shape" => ParseMatrixShape(parser),
            _ => null,
        };

    /// <inheritdoc/>
    public override IrAttribute? ParseEnclosedAttribute(AsmParser parser, string name) =>
        name switch
        {
            "shfl_kind" => EnumAttr<ShflKind>.Get(parser.ParseEnum<ShflKind>()),
            "load_cache_modifier" => EnumAttr<LoadCacheModifier>.Get(parser.ParseEnum<LoadCacheModifier>()),
            _ => null,
        };

    private static EnumAttr<T> ParseCase<T>(AsmParser parser)
        where T : struct, Enum
    {
        parser.Expect("<");
        var value = parser.ParseEnum<T>();
        parser.Expect(">");
        return EnumAttr<T>.Get(value);
    }

    private static MMAShapeAttr ParseShape(AsmParser parser)
    {
        var (m, n, k) = (ParseSize(parser, "<", "m"), ParseSize(parser, ",", "n"), ParseSize(parser, ",", "k"));
        parser.Expect(">");
        return MMAShapeAttr.Get(m, n, k);
    }

    private static LdStMatrixShapeAttr ParseMatrixShape(AsmParser parser)
    {
        var (m, n) = (ParseSize(parser, "<", "m"), ParseSize(parser, ",", "n"));
        parser.Expect(">");
        return LdStMatrixShapeAttr.Get(m, n);
    }

    private static int ParseSize(AsmParser parser, string before, string name)
    {
        parser.Expect(before);
        parser.Expect(name);
        parser.Expect("=");
        var at = parser.CurrentLocation;
        var size = parser.ParseInteger();
        return size is > 0 and <= int.MaxValue ? (int)size : throw parser.Error("expected a positive size", at);
    }
}
