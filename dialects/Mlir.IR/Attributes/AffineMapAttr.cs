using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>An affine map as a constant, <c>affine_map&lt;(d0) -> (d0)&gt;</c>.</summary>
public sealed record AffineMapAttr : IrAttribute
{
    private AffineMapAttr(AffineMap map) => Map = map;

    /// <summary>The map.</summary>
    public AffineMap Map { get; }

    /// <summary>The attribute that holds <paramref name="map"/>.</summary>
    public static AffineMapAttr Get(AffineMap map) => Intern(new AffineMapAttr(map));

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write("affine_map<");
        printer.WriteAffineMap(Map);
        printer.Write('>');
    }
}
