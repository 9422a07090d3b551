using Mlir.IR.Text;

namespace Mlir.Dialects.Gpu;

/// <summary>A function of the device, with memory that the threads of a block share and memory that each thread has of its own.</summary>
/// <example><code>gpu.func @k(%a: memref&lt;?xf32>) workgroup(%w : memref&lt;32xf32, #gpu.address_space&lt;workgroup>>) kernel { … gpu.return }</code></example>
[Op("gpu.func")]
public sealed partial class GPUFuncOp : Operation, IFunctionLike, IIsolatedFromAbove
{
    private const string NameAttribute = "sym_name";
    private const string CountAttribute = "workgroup_attributions";

    /// <summary>The parameter and result types; attributions are no parameters.</summary>
    [Attr(Name = "function_type")]
    public partial FunctionType FunctionType { get; set; }

    /// <summary>A dictionary of attributes for each parameter.</summary>
    [Attr(Name = "arg_attrs")]
    public partial ArrayAttr? ArgAttrs { get; }

    /// <summary>A dictionary of attributes for each result.</summary>
    [Attr(Name = "res_attrs")]
    public partial ArrayAttr? ResAttrs { get; }

    /// <summary>The three sizes of the blocks that it is launched with, where they are known.</summary>
    [Attr(Name = "known_block_size")]
    public partial DenseArrayAttr? KnownBlockSize { get; }

    /// <summary>The three sizes of the grids that it is launched with, where they are known.</summary>
    [Attr(Name = "known_grid_size")]
    public partial DenseArrayAttr? KnownGridSize { get; }

    /// <summary>The body; its entry block takes the parameters, then shared memory, then private memory.</summary>
    [Region(MinBlocks = 1)]
    public partial Region Body { get; }

    /// <summary>The function's symbol.</summary>
    public string SymName => ((StringAttr)Discardable[NameAttribute]!).Value;

    /// <inheritdoc/>
    public string? SymbolName => (Discardable[NameAttribute] as StringAttr)?.Value;

    /// <summary>Whether it is launched rather than called.</summary>
    public bool IsKernel => Discardable[GpuDialect.KernelAttribute] is UnitAttr;

    /// <summary>The entry block.</summary>
    public Block Entry => Body.First!;

    /// <summary>How many pieces of memory the threads of a block share.</summary>
    public int WorkgroupCount => Discardable[CountAttribute] is IntegerAttr count ? (int)count.Int64 : 0;

    /// <summary>The pieces of memory that the threads of a block share.</summary>
    public IEnumerable<BlockArgument> Workgroup => Entry.Arguments.Skip(FunctionType.Inputs.Count).Take(WorkgroupCount);

    /// <summary>The pieces of memory that each thread has of its own.</summary>
    public IEnumerable<BlockArgument> Private => Entry.Arguments.Skip(FunctionType.Inputs.Count + WorkgroupCount);

    /// <summary>A function with an entry block that takes the parameters and the attributions.</summary>
    /// <param name="location">Where it comes from.</param>
    /// <param name="name">Its symbol.</param>
    /// <param name="inputs">The parameters' types.</param>
    /// <param name="workgroup">The types of the memory that the threads of a block share.</param>
    /// <param name="isKernel">Whether it is launched rather than called.</param>
    /// <param name="blockSize">The three sizes of the blocks that it is launched with, where they are known.</param>
    public static GPUFuncOp Create(
        Location location,
        string name,
        ReadOnlySpan<IrType> inputs,
        ReadOnlySpan<IrType> workgroup,
        bool isKernel,
        DenseArrayAttr? blockSize = null
    )
    {
        var function = new GPUFuncOp(location, FunctionType.Get(inputs, []), knownBlockSize: blockSize);
        function.SetAttribute(NameAttribute, StringAttr.Get(name));
        function.SetAttribute(CountAttribute, IntegerAttr.Get(IntegerType.I64, workgroup.Length));
        if (isKernel)
        {
            function.SetAttribute(GpuDialect.KernelAttribute, UnitAttr.Instance);
        }

        var entry = function.Body.AddBlock();
        foreach (var type in (ReadOnlySpan<IrType>)[.. inputs, .. workgroup])
        {
            entry.AddArgument(type, location);
        }

        return function;
    }

    /// <summary>Parses <c>@name(parameters) [-> results] [workgroup(…)] [private(…)] [kernel] [attributes {…}] { … }</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        state.SetAttribute(NameAttribute, StringAttr.Get(parser.ParseSymbolName()));
        var arguments = parser.ParseRegionArgumentList("(", ")", allowType: true, allowAttrs: true);
        if (arguments.Exists(a => !a.Attributes.Items.IsEmpty))
        {
            state.SetAttribute("arg_attrs", ArrayAttr.Get([.. arguments.Select(a => a.Attributes)]));
        }

        var inputs = arguments.Select(a => a.Type!).ToArray();
        var results = parser.ParseOptionalArrowTypeList();
        var shared = Attributions(parser, "workgroup");
        state.SetAttribute("function_type", TypeAttr.Get(FunctionType.Get(inputs, [.. results])));
        state.SetAttribute(CountAttribute, IntegerAttr.Get(IntegerType.I64, shared.Count));
        arguments.AddRange(shared);
        arguments.AddRange(Attributions(parser, "private"));
        if (parser.TryConsume("kernel"))
        {
            state.SetAttribute(GpuDialect.KernelAttribute, UnitAttr.Instance);
        }

        parser.ParseOptionalAttrDictWithKeyword(state);
        state.Regions.Add(parser.ParseRegion(arguments));
    }

    /// <summary>Parses <c>keyword(%x : type, …)</c> if the keyword is next.</summary>
    internal static List<RegionArgument> Attributions(AsmParser parser, string keyword) =>
        parser.TryConsume(keyword) ? parser.ParseRegionArgumentList("(", ")", allowType: true) : [];

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteSymbolName(SymName);
        printer.Write('(');
        for (var i = 0; i < FunctionType.Inputs.Count; i++)
        {
            printer.Write(i == 0 ? "" : ", ");
            var attributes = ArgAttrs?.Items[i] as DictionaryAttr ?? DictionaryAttr.Empty;
            printer.WriteRegionArgument(Entry.Arguments[i], withType: true, attributes);
        }

        printer.Write(')');
        printer.WriteArrowTypeList(FunctionType.Results);
        PrintAttributions(printer, "workgroup", Workgroup);
        PrintAttributions(printer, "private", Private);
        printer.Write(IsKernel ? " kernel" : "");
        printer.WriteAttrDictWithKeyword(
            this,
            NameAttribute,
            "function_type",
            CountAttribute,
            "arg_attrs",
            "res_attrs",
            GpuDialect.KernelAttribute
        );
        printer.Write(' ');
        printer.WriteRegion(Body, printEntryArguments: false);
    }

    /// <summary>Prints <c>keyword(%x : type, …)</c> where there is something to print.</summary>
    internal static void PrintAttributions(AsmPrinter printer, string keyword, IEnumerable<BlockArgument> attributions)
    {
        var separator = $" {keyword}(";
        foreach (var attribution in attributions)
        {
            printer.Write(separator);
            printer.WriteRegionArgument(attribution, withType: true, DictionaryAttr.Empty);
            separator = ", ";
        }

        printer.Write(separator == ", " ? ")" : "");
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (SymbolName is null)
        {
            verifier.Error(this, "requires string attribute 'sym_name'");
        }
        else if (IsKernel && !FunctionType.Results.IsEmpty)
        {
            verifier.Error(this, "expected void return type for kernel function");
        }
        else if (Entry.Arguments.Count < FunctionType.Inputs.Count + WorkgroupCount)
        {
            verifier.Error(
                this,
                $"expected at least {FunctionType.Inputs.Count + WorkgroupCount} arguments to body region"
            );
        }
        else
        {
            for (var i = 0; i < FunctionType.Inputs.Count; i++)
            {
                if (Entry.Arguments[i].Type != FunctionType.Inputs[i])
                {
                    verifier.Error(
                        this,
                        $"expected body region argument #{i} to be of type {FunctionType.Inputs[i]}, got {Entry.Arguments[i].Type}"
                    );
                }
            }

            foreach (var attribution in Entry.Arguments.Skip(FunctionType.Inputs.Count))
            {
                if (attribution.Type is not MemRefType)
                {
                    verifier.Error(this, $"expected memref type in attribution, got {attribution.Type}");
                }
            }
        }
    }
}
