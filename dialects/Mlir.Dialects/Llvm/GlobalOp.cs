using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>A variable or constant of the module.</summary>
/// <example><code>llvm.mlir.global internal constant @message("hello\00") {alignment = 1 : i64}</code></example>
[Op("llvm.mlir.global")]
public sealed partial class GlobalOp : Operation, ISymbol, IIsolatedFromAbove
{
    /// <summary>The type of the contents.</summary>
    [Attr(Name = "global_type")]
    public partial IrType GlobalType { get; }

    /// <summary>The name.</summary>
    [Attr(Name = "sym_name")]
    public partial string SymName { get; }

    /// <summary>How other modules see the variable.</summary>
    [Attr(Name = "linkage")]
    public partial Linkage Linkage { get; }

    /// <summary>Whether the contents never change.</summary>
    [Attr(Name = "constant")]
    public partial bool IsConstant { get; }

    /// <summary>The initial contents; absent when the region computes them, or for a declaration.</summary>
    [Attr]
    public partial IrAttribute? Value { get; }

    /// <summary>What the address is a multiple of, in bytes.</summary>
    [Attr]
    public partial long? Alignment { get; }

    /// <summary>The address space; 0 is the default one.</summary>
    [Attr(Name = "addr_space", Type = "i32", Default = "0")]
    public partial int AddrSpace { get; }

    /// <summary>Whether the variable's address matters.</summary>
    [Attr(Name = "unnamed_addr", Type = "i64", Default = "UnnamedAddr.None")]
    public partial UnnamedAddr UnnamedAddr { get; }

    /// <summary>How other linked components see the variable.</summary>
    [Attr(Name = "visibility_", Type = "i64", Default = "Visibility.Default")]
    public partial Visibility Visibility { get; }

    /// <summary>Whether each thread has one of its own.</summary>
    [Attr(Name = "thread_local_")]
    public partial bool ThreadLocal { get; }

    /// <summary>Whether the definition is in the same linked component as its uses.</summary>
    [Attr(Name = "dso_local")]
    public partial bool DsoLocal { get; }

    /// <summary>The section of the object file.</summary>
    [Attr]
    public partial string? Section { get; }

    /// <summary>Computes the initial contents; empty when <see cref="Value"/> holds them.</summary>
    [Region(MaxBlocks = 1)]
    public partial Region Initializer { get; }

    /// <inheritdoc/>
    public string? SymbolName => SymName;

    /// <summary>Parses <c>[linkage] [visibility] [thread_local] [unnamed_addr] [constant] @name(value) [{…}] [: type] [{ … }]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        state.SetAttribute("linkage", EnumAttr<Linkage>.Get(Linkage.External));
        SymbolForm.ParseLinkage(parser, state);
        SymbolForm.ParseVisibility(parser, state);
        if (parser.TryConsume("thread_local"))
        {
            state.SetAttribute("thread_local_", UnitAttr.Instance);
        }

        SymbolForm.ParseUnnamedAddr(parser, state);
        if (parser.TryConsume("constant"))
        {
            state.SetAttribute("constant", UnitAttr.Instance);
        }

        state.SetAttribute("sym_name", StringAttr.Get(parser.ParseSymbolName()));
        parser.Expect("(");
        IrAttribute? value = null;
        if (!parser.TryConsume(")"))
        {
            value = parser.ParseAttribute();
            state.SetAttribute("value", value);
            parser.Expect(")");
        }

        parser.ParseOptionalAttrDict(state);
        if (state.GetAttribute("addr_space") is IntegerAttr { Int64: 0 })
        {
            // MLIR spells the default out.
            state.Attributes.RemoveAll(a => a.Name == "addr_space");
        }

        IrType type;
        if (parser.TryConsume(":"))
        {
            type = parser.ParseType();
            state.Regions.Add(parser.TryParseRegion() ?? new Region());
        }
        else
        {
            type = value is StringAttr text
                ? LlvmArrayType.Get(IntegerType.I8, text.Value.Length)
                : throw parser.Error("type can only be omitted for string globals");
            state.Regions.Add(new Region());
        }

        state.SetAttribute("global_type", TypeAttr.Get(type));
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.Write(EnumKeywords<Linkage>.ToText(Linkage));
        printer.Write(' ');
        SymbolForm.Print(printer, Visibility, Visibility.Default);
        printer.Write(ThreadLocal ? "thread_local " : "");
        SymbolForm.Print(printer, UnnamedAddr, UnnamedAddr.None);
        printer.Write(IsConstant ? "constant " : "");
        printer.WriteSymbolName(SymName);
        printer.Write('(');
        if (Value is not null)
        {
            printer.WriteAttribute(Value);
        }

        printer.Write(')');
        if (AddrSpace == 0)
        {
            printer.WriteAttrDict(
                this,
                "sym_name",
                "global_type",
                "linkage",
                "visibility_",
                "thread_local_",
                "unnamed_addr",
                "constant",
                "value",
                "addr_space"
            );
        }
        else
        {
            printer.WriteAttrDict(
                this,
                "sym_name",
                "global_type",
                "linkage",
                "visibility_",
                "thread_local_",
                "unnamed_addr",
                "constant",
                "value"
            );
        }

        if (Value is StringAttr)
        {
            return;
        }

        printer.Write(" : ");
        printer.WriteType(GlobalType);
        if (!Initializer.IsEmpty)
        {
            printer.Write(' ');
            printer.WriteRegion(Initializer);
        }
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (!LlvmType.IsCompatible(GlobalType) || GlobalType is LlvmVoidType or LlvmFunctionType)
        {
            verifier.Error(this, "expects type to be a valid element type for an LLVM global");
        }

        if (Value is not null && !Initializer.IsEmpty)
        {
            verifier.Error(this, "cannot have both initializer value and region");
        }

        if (
            Value is StringAttr text
            && !(
                GlobalType is LlvmArrayType { ElementType: IntegerType { Width: 8 } } array
                && array.Count == text.Value.Length
            )
        )
        {
            verifier.Error(this, "requires an i8 array type of the length equal to that of the string attribute");
        }

        if (Alignment is { } alignment && (alignment <= 0 || (alignment & (alignment - 1)) != 0))
        {
            verifier.Error(this, "alignment attribute is not a power of 2");
        }
    }
}
