using Mlir.IR.Text;

namespace Mlir.Dialects.MemRef;

/// <summary>An array that exists once for the whole module.</summary>
/// <example><code>memref.global "private" constant @table : memref&lt;2xf32> = dense&lt;[1.0, 2.0]> {alignment = 64 : i64}</code></example>
[Op("memref.global")]
public sealed partial class GlobalOp : Operation, ISymbol
{
    /// <summary>The name.</summary>
    [Attr(Name = "sym_name")]
    public partial string SymName { get; }

    /// <summary>How other operations see the global: <c>private</c>, <c>nested</c> or <c>public</c>.</summary>
    [Attr(Name = "sym_visibility")]
    public partial string? SymVisibility { get; }

    /// <summary>The type of the array.</summary>
    [Attr(Name = "type")]
    public partial MemRefType Type { get; }

    /// <summary>The elements, or a unit attribute for an array that is not initialised; absent for one defined elsewhere.</summary>
    [Attr(Name = "initial_value")]
    public partial IrAttribute? InitialValue { get; }

    /// <summary>Whether the elements never change.</summary>
    [Attr(Name = "constant")]
    public partial bool IsConstant { get; }

    /// <summary>What the address is a multiple of, in bytes.</summary>
    [Attr]
    public partial long? Alignment { get; }

    /// <inheritdoc/>
    public string? SymbolName => SymName;

    /// <summary>Parses <c>["visibility"] [constant] @name : type [= value | = uninitialized] [{…}]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        if (parser.TryParseString(out var visibility))
        {
            state.SetAttribute("sym_visibility", StringAttr.Get(visibility));
        }

        if (parser.TryConsume("constant"))
        {
            state.SetAttribute("constant", UnitAttr.Instance);
        }

        state.SetAttribute("sym_name", StringAttr.Get(parser.ParseSymbolName()));
        parser.Expect(":");
        var at = parser.CurrentLocation;
        var type = parser.ParseType<MemRefType>();
        if (!type.HasStaticShape)
        {
            throw parser.Error("type should be static shaped memref, but got " + type, at);
        }

        state.SetAttribute("type", TypeAttr.Get(type));
        if (parser.TryConsume("="))
        {
            state.SetAttribute(
                "initial_value",
                parser.TryConsume("uninitialized")
                    ? UnitAttr.Instance
                    : parser.ParseAttribute(RankedTensorType.Get(type.Shape.Span, type.ElementType))
            );
        }

        parser.ParseOptionalAttrDict(state);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        if (SymVisibility is { } visibility)
        {
            printer.WriteString(visibility);
            printer.Write(' ');
        }

        printer.Write(IsConstant ? "constant " : "");
        printer.WriteSymbolName(SymName);
        printer.Write(" : ");
        printer.WriteType(Type);
        if (InitialValue is { } value)
        {
            printer.Write(" = ");
            if (value is UnitAttr)
            {
                printer.Write("uninitialized");
            }
            else
            {
                printer.WriteAttributeWithoutType(value);
            }
        }

        printer.WriteAttrDict(this, "sym_name", "sym_visibility", "type", "initial_value", "constant");
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (!Type.HasStaticShape)
        {
            verifier.Error(this, $"type should be static shaped memref, but got {Type}");
            return;
        }

        if (InitialValue is not (null or UnitAttr or DenseElementsAttr))
        {
            verifier.Error(this, "initial value should be a unit or elements attribute, but got " + InitialValue);
        }
        else if (
            InitialValue is DenseElementsAttr elements
            && (elements.ShapedType.Shape != Type.Shape || elements.ShapedType.ElementType != Type.ElementType)
        )
        {
            verifier.Error(this, $"initial value of type {elements.Type} does not fit {Type}");
        }

        ShapeFacts.VerifyAlignment(this, Alignment, verifier);
    }
}
