using Mlir.IR.Text;

namespace Mlir.Dialects.Func;

/// <summary>A function; one without a body is a declaration.</summary>
/// <example><code>func.func private @f(%x: i32) -> i32 attributes {a} { … }</code></example>
[Op("func.func")]
public sealed partial class FuncOp : Operation, IFunctionLike, IIsolatedFromAbove
{
    private static readonly string[] InSyntax =
    [
        "sym_name",
        "function_type",
        "sym_visibility",
        "arg_attrs",
        "res_attrs",
    ];

    /// <summary>The function's symbol.</summary>
    [Attr(Name = "sym_name")]
    public partial string SymName { get; }

    /// <summary>The parameter and result types. Setting them leaves the body as it is.</summary>
    [Attr(Name = "function_type")]
    public partial FunctionType FunctionType { get; set; }

    /// <summary>Who may refer to the symbol: <c>public</c> (also when absent), <c>private</c> or <c>nested</c>.</summary>
    [Attr(Name = "sym_visibility")]
    public partial string? SymVisibility { get; }

    /// <summary>A dictionary of attributes for each parameter.</summary>
    [Attr(Name = "arg_attrs")]
    public partial ArrayAttr? ArgAttrs { get; }

    /// <summary>A dictionary of attributes for each result.</summary>
    [Attr(Name = "res_attrs")]
    public partial ArrayAttr? ResAttrs { get; }

    /// <summary>Whether calls must stay calls.</summary>
    [Attr(Name = "no_inline")]
    public partial bool NoInline { get; }

    /// <summary>The body; its entry block takes the parameters.</summary>
    [Region]
    public partial Region Body { get; }

    /// <inheritdoc/>
    public string SymbolName => SymName;

    string? ISymbol.SymbolName => SymName;

    /// <summary>Whether there is no body.</summary>
    public bool IsDeclaration => Body.IsEmpty;

    /// <summary>Whether the symbol can be referred to from outside the module.</summary>
    public bool IsPublic => SymVisibility is null or "public";

    /// <summary>The entry block of a function that has a body.</summary>
    public Block Entry => Body.First ?? throw new InvalidOperationException($"@{SymName} has no body");

    /// <summary>Adds the entry block, with one argument a parameter.</summary>
    public Block AddEntryBlock()
    {
        var block = Body.AddBlock();
        foreach (var type in FunctionType.Inputs)
        {
            block.AddArgument(type, Location);
        }

        return block;
    }

    /// <summary>The attributes of parameter number <paramref name="index"/>.</summary>
    public DictionaryAttr GetArgAttrs(int index) => Get(ArgAttrs, index);

    /// <summary>The attributes of result number <paramref name="index"/>.</summary>
    public DictionaryAttr GetResAttrs(int index) => Get(ResAttrs, index);

    /// <summary>Parses <c>[visibility] @name(parameters) [-> results] [attributes {…}] [{ body }]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        if (parser.TryParseKeyword(out var visibility))
        {
            if (visibility is not ("public" or "private" or "nested"))
            {
                throw parser.Error($"expected a visibility or the function's name, got '{visibility}'");
            }

            state.SetAttribute("sym_visibility", StringAttr.Get(visibility));
        }

        state.SetAttribute("sym_name", StringAttr.Get(parser.ParseSymbolName()));
        var parameters = new List<RegionArgument>();
        var (inputs, inputAttributes) = (new List<IrType>(), new List<DictionaryAttr>());
        parser.Expect("(");
        if (!parser.TryConsume(")"))
        {
            do
            {
                parser.CheckCount(inputs.Count, "parameters");
                if (
                    parameters.Count == inputs.Count
                    && parser.TryParseRegionArgument(allowType: true, allowAttrs: true) is { } parameter
                )
                {
                    parameters.Add(parameter);
                    inputs.Add(parameter.Type ?? throw parser.Error("expected ':' and the parameter's type"));
                    inputAttributes.Add(parameter.Attributes);
                }
                else if (parameters.Count == 0)
                {
                    inputs.Add(parser.ParseType());
                    inputAttributes.Add(parser.ParseOptionalDictionary());
                }
                else
                {
                    throw parser.Error("expected the name of a parameter, as the first one has a name");
                }
            } while (parser.TryConsume(","));
            parser.Expect(")");
        }

        var (results, resultAttributes) = (new List<IrType>(), new List<DictionaryAttr>());
        if (parser.TryConsume("->"))
        {
            if (!parser.TryConsume("("))
            {
                results.Add(parser.ParseType());
                resultAttributes.Add(DictionaryAttr.Empty);
            }
            else if (!parser.TryConsume(")"))
            {
                do
                {
                    parser.CheckCount(results.Count, "results");
                    results.Add(parser.ParseType());
                    resultAttributes.Add(parser.ParseOptionalDictionary());
                } while (parser.TryConsume(","));
                parser.Expect(")");
            }
        }

        state.SetAttribute("function_type", TypeAttr.Get(FunctionType.Get([.. inputs], [.. results])));
        parser.ParseOptionalAttrDictWithKeyword(state);
        Put("arg_attrs", inputAttributes);
        Put("res_attrs", resultAttributes);
        if (parser.Peek("{"))
        {
            // Parameters without names are named by the label of the entry block.
            var start = parser.CurrentLocation;
            var body = parser.ParseRegion(parameters);
            if (body.IsEmpty)
            {
                throw parser.Error("expected non-empty function body", start);
            }

            state.Regions.Add(body);
        }
        else
        {
            state.Regions.Add(new Region());
        }

        void Put(string name, List<DictionaryAttr> dictionaries)
        {
            if (dictionaries.Exists(d => !d.Items.IsEmpty))
            {
                state.SetAttribute(name, ArrayAttr.Get([.. dictionaries]));
            }
        }
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        if (SymVisibility is { } visibility)
        {
            printer.Write(visibility);
            printer.Write(' ');
        }

        printer.WriteSymbolName(SymName);
        printer.Write('(');
        for (var i = 0; i < FunctionType.Inputs.Count; i++)
        {
            printer.Write(i == 0 ? "" : ", ");
            if (Body.First is { } entry && i < entry.Arguments.Count)
            {
                printer.WriteRegionArgument(entry.Arguments[i], withType: true, GetArgAttrs(i));
            }
            else
            {
                printer.WriteType(FunctionType.Inputs[i]);
                WriteDictionary(printer, GetArgAttrs(i));
            }
        }

        printer.Write(')');
        WriteResults(printer);
        printer.WriteAttrDictWithKeyword(this, InSyntax);
        if (!Body.IsEmpty)
        {
            printer.Write(' ');
            printer.WriteRegion(Body, printEntryArguments: false);
        }
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var type = FunctionType;
        if (ArgAttrs is { } argAttrs && argAttrs.Items.Count != type.Inputs.Count)
        {
            verifier.Error(
                this,
                $"expects argument attribute array to have the same number of elements as the number of function arguments, got {argAttrs.Items.Count}, but expected {type.Inputs.Count}"
            );
        }

        if (ResAttrs is { } resAttrs && resAttrs.Items.Count != type.Results.Count)
        {
            verifier.Error(
                this,
                $"expects result attribute array to have the same number of elements as the number of function results, got {resAttrs.Items.Count}, but expected {type.Results.Count}"
            );
        }

        if (ParentOp is { } parent and not (ISymbolTable or UnregisteredOp))
        {
            verifier.Error(this, "symbol's parent must have the SymbolTable trait");
        }

        if (SymVisibility is not (null or "public" or "private" or "nested"))
        {
            verifier.Error(
                this,
                $"visibility expected to be one of [\"public\", \"private\", \"nested\"], but got \"{SymVisibility}\""
            );
        }

        if (Body.First is not { } entry)
        {
            if (IsPublic && ParentOp is not null)
            {
                verifier.Error(this, "symbol declaration cannot have public visibility");
            }

            return;
        }

        if (entry.Arguments.Count != type.Inputs.Count)
        {
            verifier.Error(this, $"entry block must have {type.Inputs.Count} arguments to match function signature");
            return;
        }

        for (var i = 0; i < type.Inputs.Count; i++)
        {
            if (entry.Arguments[i].Type != type.Inputs[i])
            {
                verifier.Error(
                    this,
                    $"type of entry block argument #{i}('{entry.Arguments[i].Type}') must match the type of the corresponding argument in function signature('{type.Inputs[i]}')"
                );
            }
        }
    }

    private void WriteResults(AsmPrinter printer)
    {
        var results = FunctionType.Results;
        if (results.IsEmpty)
        {
            return;
        }

        var parentheses = results.Count > 1 || results[0] is FunctionType || !GetResAttrs(0).Items.IsEmpty;
        printer.Write(parentheses ? " -> (" : " -> ");
        for (var i = 0; i < results.Count; i++)
        {
            printer.Write(i == 0 ? "" : ", ");
            printer.WriteType(results[i]);
            WriteDictionary(printer, GetResAttrs(i));
        }

        printer.Write(parentheses ? ")" : "");
    }

    private static void WriteDictionary(AsmPrinter printer, DictionaryAttr dictionary)
    {
        if (!dictionary.Items.IsEmpty)
        {
            printer.Write(' ');
            printer.WriteAttribute(dictionary);
        }
    }

    private static DictionaryAttr Get(ArrayAttr? dictionaries, int index) =>
        dictionaries is { } array && index < array.Items.Count && array.Items[index] is DictionaryAttr found
            ? found
            : DictionaryAttr.Empty;
}
