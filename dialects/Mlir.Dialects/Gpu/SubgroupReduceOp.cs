using Mlir.IR.Text;

namespace Mlir.Dialects.Gpu;

/// <summary>Combines a value over the lanes of a subgroup, or of each cluster of its lanes; all of them get the combination.</summary>
/// <example><code>%s = gpu.subgroup_reduce add %x cluster(size = 4) : (f32) -> f32</code></example>
[Op("gpu.subgroup_reduce")]
public sealed partial class SubgroupReduceOp : Operation, IMemoryEffects
{
    /// <summary>The lane's value.</summary>
    [Operand<AnyType>]
    public partial Value Value { get; }

    /// <summary>How two values combine.</summary>
    [Attr]
    public partial AllReduceOperation Op { get; }

    /// <summary>Whether all lanes of the subgroup are here.</summary>
    [Attr]
    public partial bool Uniform { get; }

    /// <summary>The number of lanes of a cluster; all by default.</summary>
    [Attr(Name = "cluster_size", Type = "i32")]
    public partial int? ClusterSize { get; }

    /// <summary>How far apart the lanes of a cluster are.</summary>
    [Attr(Name = "cluster_stride", Type = "i32", Default = "1")]
    public partial int ClusterStride { get; }

    /// <summary>The combination.</summary>
    [Result(SameTypeAs = nameof(Value))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read | MemoryEffects.Write;

    /// <summary>Parses <c>op %x [uniform] [cluster(size = n [, stride = n])] [{…}] : (type) -> type</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        state.SetAttribute("op", EnumAttr<AllReduceOperation>.Get(parser.ParseEnum<AllReduceOperation>()));
        var value = parser.ParseOperand();
        if (parser.TryConsume("uniform"))
        {
            state.SetAttribute("uniform", UnitAttr.Instance);
        }

        if (parser.TryConsume("cluster"))
        {
            parser.Expect("(");
            ParseNumber(parser, state, "size", "cluster_size");
            if (parser.TryConsume(","))
            {
                ParseNumber(parser, state, "stride", "cluster_stride");
            }

            parser.Expect(")");
        }

        AllReduceOp.ParseEnd(parser, state, value);
    }

    private static void ParseNumber(AsmParser parser, OperationState state, string keyword, string attribute)
    {
        parser.Expect(keyword);
        parser.Expect("=");
        state.SetAttribute(attribute, IntegerAttr.Get(IntegerType.I32, parser.ParseInteger()));
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write($" {EnumKeywords<AllReduceOperation>.ToText(Op)} ");
        printer.WriteOperand(Value);
        printer.Write(Uniform ? " uniform" : "");
        if (ClusterSize is { } size)
        {
            printer.Write($" cluster(size = {size}{(ClusterStride == 1 ? "" : $", stride = {ClusterStride}")})");
        }

        printer.WriteAttrDict(this, "op", "uniform", "cluster_size", "cluster_stride");
        AllReduceOp.PrintTypes(printer, Value.Type);
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (ClusterSize is { } size && (size <= 0 || !int.IsPow2(size)))
        {
            verifier.Error(this, $"cluster size {size} is not a positive power of two");
        }
        else if (ClusterStride <= 0 || !int.IsPow2(ClusterStride))
        {
            verifier.Error(this, $"cluster stride {ClusterStride} is not a positive power of two");
        }
        else if (ClusterSize is null && ClusterStride != 1)
        {
            verifier.Error(this, "cluster stride can only be specified if cluster size is specified");
        }
    }
}
