using Mlir.IR.Text;

namespace Mlir.Dialects.Gpu;

/// <summary>Kernels that many threads run at once, and their launches.</summary>
[Dialect("gpu")]
public sealed partial class GpuDialect : Dialect
{
    /// <summary>On a function of a GPU module: it is launched rather than called.</summary>
    public const string KernelAttribute = "gpu.kernel";

    /// <summary>On a module: it holds GPU modules and launches their kernels.</summary>
    public const string ContainerAttribute = "gpu.container_module";

    /// <inheritdoc/>
    public override IrAttribute? ParseAttribute(AsmParser parser, string name)
    {
        if (name != "address_space")
        {
            return null;
        }

        parser.Expect("<");
        var space = parser.ParseEnum<AddressSpace>();
        parser.Expect(">");
        return EnumAttr<AddressSpace>.Get(space);
    }

    /// <inheritdoc/>
    public override IrAttribute? ParseEnclosedAttribute(AsmParser parser, string name) =>
        name switch
        {
            "dim" => EnumAttr<Dimension>.Get(parser.ParseEnum<Dimension>()),
            "shuffle_mode" => EnumAttr<ShuffleMode>.Get(parser.ParseEnum<ShuffleMode>()),
            "all_reduce_op" => EnumAttr<AllReduceOperation>.Get(parser.ParseEnum<AllReduceOperation>()),
            _ => null,
        };
}
