using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>A function of LLVM IR: a definition with blocks, or a declaration.</summary>
/// <example><code>
/// llvm.func @add(%a: i32, %b: i32) -> i32 {
///   %s = llvm.add %a, %b : i32
///   llvm.return %s : i32
/// }
/// </code></example>
[Op("llvm.func")]
public sealed partial class LLVMFuncOp : Operation, IFunctionLike, IIsolatedFromAbove
{
    /// <summary>The name.</summary>
    [Attr(Name = "sym_name")]
    public partial string SymName { get; }

    /// <summary>The type of the parameters and the result.</summary>
    [Attr(Name = "function_type")]
    public partial LlvmFunctionType FunctionType { get; }

    /// <summary>How other modules see the function.</summary>
    [Attr(Name = "linkage", Default = "Linkage.External")]
    public partial Linkage Linkage { get; }

    /// <summary>The calling convention.</summary>
    [Attr(Name = "CConv", Default = "CConv.C")]
    public partial CConv CConv { get; }

    /// <summary>How other linked components see the function.</summary>
    [Attr(Name = "visibility_", Type = "i64", Default = "Visibility.Default")]
    public partial Visibility Visibility { get; }

    /// <summary>Whether the function's address matters.</summary>
    [Attr(Name = "unnamed_addr", Type = "i64", Default = "UnnamedAddr.None")]
    public partial UnnamedAddr UnnamedAddr { get; }

    /// <summary>Whether the definition is in the same linked component as its uses.</summary>
    [Attr(Name = "dso_local")]
    public partial bool DsoLocal { get; }

    /// <summary>What is known about each parameter: a dictionary each.</summary>
    [Attr(Name = "arg_attrs")]
    public partial ArrayAttr? ArgAttrs { get; }

    /// <summary>What is known about the result: a dictionary.</summary>
    [Attr(Name = "res_attrs")]
    public partial ArrayAttr? ResAttrs { get; }

    /// <summary>Attributes of LLVM IR that are passed on: a string, or a pair of strings, each.</summary>
    [Attr]
    public partial ArrayAttr? Passthrough { get; }

    /// <summary>How other operations of the module see the function: <c>private</c>, <c>nested</c> or <c>public</c>.</summary>
    [Attr(Name = "sym_visibility")]
    public partial string? SymVisibility { get; }

    /// <summary>The body; empty for a declaration.</summary>
    [Region]
    public partial Region Body { get; }

    /// <inheritdoc/>
    public string? SymbolName => SymName;

    FunctionType IFunctionLike.FunctionType =>
        Mlir.IR.FunctionType.Get(
            FunctionType.Parameters.Span,
            FunctionType.ReturnType is LlvmVoidType ? [] : [FunctionType.ReturnType]
        );

    /// <summary>Starts the body with a block that takes the parameters.</summary>
    public Block AddEntryBlock() => Body.AddBlock(FunctionType.Parameters.Span);

    /// <summary>The attributes of parameter number <paramref name="index"/>.</summary>
    public DictionaryAttr GetArgAttrs(int index) =>
        ArgAttrs is { } all && index < all.Items.Count && all.Items[index] is DictionaryAttr one
            ? one
            : DictionaryAttr.Empty;

    /// <summary>Sets one attribute of parameter number <paramref name="index"/>.</summary>
    public void SetArgAttr(int index, string name, IrAttribute value)
    {
        var all = new IrAttribute[FunctionType.Parameters.Count];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = i == index ? GetArgAttrs(i).With(name, value) : GetArgAttrs(i);
        }

        SetAttribute("arg_attrs", ArrayAttr.Get(all));
    }

    /// <summary>Parses <c>[linkage] [visibility] [unnamed_addr] [cc] @name(parameters) [-> type] [attributes {…}] [{ … }]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        SymbolForm.ParseLinkage(parser, state);
        SymbolForm.ParseVisibility(parser, state);
        SymbolForm.ParseUnnamedAddr(parser, state);
        foreach (var convention in Enum.GetValues<CConv>())
        {
            if (parser.TryConsume(EnumKeywords<CConv>.ToText(convention)))
            {
                state.SetAttribute("CConv", EnumAttr<CConv>.Get(convention));
                break;
            }
        }

        state.SetAttribute("sym_name", StringAttr.Get(parser.ParseSymbolName()));
        var (types, attributes, entry, varArg) = ParseParameters(parser);
        IrType result = LlvmVoidType.Instance;
        var resultAttributes = DictionaryAttr.Empty;
        if (parser.TryConsume("->"))
        {
            var parenthesized = parser.TryConsume("(");
            result = parser.ParseType();
            if (parenthesized)
            {
                resultAttributes = parser.ParseOptionalDictionary();
                parser.Expect(")");
            }
        }

        state.SetAttribute("function_type", TypeAttr.Get(LlvmFunctionType.Get(result, [.. types], varArg)));
        if (attributes.Any(a => !((DictionaryAttr)a).Items.IsEmpty))
        {
            state.SetAttribute("arg_attrs", ArrayAttr.Get([.. attributes]));
        }

        if (!resultAttributes.Items.IsEmpty)
        {
            state.SetAttribute("res_attrs", ArrayAttr.Get(resultAttributes));
        }

        parser.ParseOptionalAttrDictWithKeyword(state);
        var at = parser.CurrentLocation;
        var body = entry.Count == types.Count ? parser.TryParseRegion(entry) : parser.TryParseRegion();
        if (body is not null && body.IsEmpty)
        {
            throw parser.Error("expected non-empty function body", at);
        }

        state.Regions.Add(body ?? new Region());
    }

    private static (
        List<IrType> Types,
        List<IrAttribute> Attributes,
        List<RegionArgument> Entry,
        bool VarArg
    ) ParseParameters(AsmParser parser)
    {
        var (types, attributes, entry) = (new List<IrType>(), new List<IrAttribute>(), new List<RegionArgument>());
        parser.Expect("(");
        if (parser.TryConsume(")"))
        {
            return (types, attributes, entry, false);
        }

        var varArg = false;
        do
        {
            if (parser.TryConsume("..."))
            {
                varArg = true;
                break;
            }

            var at = parser.CurrentLocation;
            if (parser.TryParseOperand(out var name))
            {
                parser.Expect(":");
                var argument = new RegionArgument(name, parser.ParseType())
                {
                    Attributes = parser.ParseOptionalDictionary(),
                };
                if (parser.TryParseTrailingLocation(out var location))
                {
                    argument.Location = location;
                }

                entry.Add(argument);
                types.Add(argument.Type!);
                attributes.Add(argument.Attributes);
            }
            else
            {
                types.Add(parser.ParseType());
                attributes.Add(parser.ParseOptionalDictionary());
            }

            if (entry.Count != 0 && entry.Count != types.Count)
            {
                throw parser.Error("expected either all parameters to have names or none", at);
            }
        } while (parser.TryConsume(","));
        parser.Expect(")");
        return (types, attributes, entry, varArg);
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        SymbolForm.Print(printer, Linkage, Linkage.External);
        SymbolForm.Print(printer, Visibility, Visibility.Default);
        SymbolForm.Print(printer, UnnamedAddr, UnnamedAddr.None);
        SymbolForm.Print(printer, CConv, CConv.C);
        printer.WriteSymbolName(SymName);
        printer.Write('(');
        var type = FunctionType;
        for (var i = 0; i < type.Parameters.Count; i++)
        {
            printer.Write(i == 0 ? "" : ", ");
            if (!Body.IsEmpty)
            {
                printer.WriteRegionArgument(Body.First!.Arguments[i], withType: true, GetArgAttrs(i));
                continue;
            }

            printer.WriteType(type.Parameters[i]);
            PrintAttributes(printer, GetArgAttrs(i));
        }

        printer.Write(
            !type.IsVarArg ? ")"
            : type.Parameters.IsEmpty ? "...)"
            : ", ...)"
        );
        if (type.ReturnType is not LlvmVoidType)
        {
            printer.Write(" -> ");
            if (ResAttrs is { Items: [DictionaryAttr { Items.IsEmpty: false } attributes] })
            {
                printer.Write('(');
                printer.WriteType(type.ReturnType);
                PrintAttributes(printer, attributes);
                printer.Write(')');
            }
            else
            {
                printer.WriteType(type.ReturnType);
            }
        }

        printer.WriteAttrDictWithKeyword(
            this,
            "sym_name",
            "function_type",
            "linkage",
            "CConv",
            "visibility_",
            "unnamed_addr",
            "arg_attrs",
            "res_attrs"
        );
        if (!Body.IsEmpty)
        {
            printer.Write(' ');
            printer.WriteRegion(Body, printEntryArguments: false);
        }
    }

    private static void PrintAttributes(AsmPrinter printer, DictionaryAttr attributes)
    {
        if (!attributes.Items.IsEmpty)
        {
            printer.Write(' ');
            printer.WriteDictionary(attributes.Items.Span);
        }
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var type = FunctionType;
        if (Body.IsEmpty)
        {
            if (Linkage is not (Linkage.External or Linkage.ExternWeak))
            {
                verifier.Error(this, "external functions must have 'external' or 'extern_weak' linkage");
            }

            return;
        }

        if (Linkage is Linkage.Common or Linkage.ExternWeak)
        {
            verifier.Error(this, $"functions cannot have '{EnumKeywords<Linkage>.ToText(Linkage)}' linkage");
        }

        var arguments = Body.First!.Arguments;
        if (arguments.Count != type.Parameters.Count)
        {
            verifier.Error(
                this,
                $"entry block must have {type.Parameters.Count} arguments to match function signature"
            );
            return;
        }

        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i].Type != type.Parameters[i])
            {
                verifier.Error(
                    this,
                    $"type of entry block argument #{i}({arguments[i].Type}) must match the type of the corresponding argument in function signature({type.Parameters[i]})"
                );
            }
        }
    }
}
