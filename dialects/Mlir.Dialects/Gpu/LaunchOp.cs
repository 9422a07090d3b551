using Mlir.IR.Text;

namespace Mlir.Dialects.Gpu;

/// <summary>Runs its body on a grid of blocks of threads.</summary>
/// <example><code>gpu.launch blocks(%bx, %by, %bz) in (%gx = %n, %gy = %c1, %gz = %c1) threads(%tx, %ty, %tz) in (%sx = %b, %sy = %c1, %sz = %c1) { … gpu.terminator }</code></example>
[Op("gpu.launch")]
public sealed partial class LaunchOp : Operation, IRecursiveEffects
{
    private const string CountAttribute = "workgroup_attributions";
    private const int Ids = 12;

    /// <summary>What has to be done before an asynchronous launch.</summary>
    [Operand<AnyType>]
    public partial OperandList AsyncDependencies { get; }

    /// <summary>Blocks along x.</summary>
    [Operand<Index>]
    public partial Value GridSizeX { get; }

    /// <summary>Blocks along y.</summary>
    [Operand<Index>]
    public partial Value GridSizeY { get; }

    /// <summary>Blocks along z.</summary>
    [Operand<Index>]
    public partial Value GridSizeZ { get; }

    /// <summary>Threads of a block along x.</summary>
    [Operand<Index>]
    public partial Value BlockSizeX { get; }

    /// <summary>Threads of a block along y.</summary>
    [Operand<Index>]
    public partial Value BlockSizeY { get; }

    /// <summary>Threads of a block along z.</summary>
    [Operand<Index>]
    public partial Value BlockSizeZ { get; }

    /// <summary>Blocks of a cluster along x.</summary>
    [Operand<Index>]
    public partial Value? ClusterSizeX { get; }

    /// <summary>Blocks of a cluster along y.</summary>
    [Operand<Index>]
    public partial Value? ClusterSizeY { get; }

    /// <summary>Blocks of a cluster along z.</summary>
    [Operand<Index>]
    public partial Value? ClusterSizeZ { get; }

    /// <summary>Bytes of shared memory on top of what the launch declares.</summary>
    [Operand<I32>]
    public partial Value? DynamicSharedMemorySize { get; }

    /// <summary>What every thread runs: takes the numbers of block and thread, the sizes of grid and block, shared and private memory.</summary>
    [Region(MinBlocks = 1)]
    public partial Region Body { get; }

    /// <summary>How many pieces of memory the threads of a block share.</summary>
    public int WorkgroupCount => Discardable[CountAttribute] is IntegerAttr count ? (int)count.Int64 : 0;

    /// <summary>Parses <c>blocks(…) in (…) threads(…) in (…) [dynamic_shared_memory_size %n] [workgroup(…)] [private(…)] { … } [{…}]</c>.</summary>
    public static void ParseCustom(AsmParser parser, OperationState state)
    {
        var numbers = new List<RegionArgument>();
        var sizes = new List<RegionArgument>();
        ParseSizes(parser, state, "blocks", numbers, sizes);
        ParseSizes(parser, state, "threads", numbers, sizes);
        var dynamic = parser.TryConsume("dynamic_shared_memory_size") ? 1 : 0;
        if (dynamic > 0)
        {
            parser.Resolve(parser.ParseOperand(), IntegerType.I32, state);
        }

        state.SetAttribute("operandSegmentSizes", DenseArrayAttr.I32(0, 1, 1, 1, 1, 1, 1, 0, 0, 0, dynamic));
        var shared = GPUFuncOp.Attributions(parser, "workgroup");
        state.SetAttribute(CountAttribute, IntegerAttr.Get(IntegerType.I64, shared.Count));
        List<RegionArgument> all = [.. numbers, .. sizes, .. shared, .. GPUFuncOp.Attributions(parser, "private")];
        state.Regions.Add(parser.ParseRegion(all));
        parser.ParseOptionalAttrDict(state);
    }

    private static void ParseSizes(
        AsmParser parser,
        OperationState state,
        string keyword,
        List<RegionArgument> numbers,
        List<RegionArgument> sizes
    )
    {
        parser.Expect(keyword);
        parser.Expect("(");
        ParseThree(() => numbers.Add(ParseIndex()));
        parser.Expect("in");
        parser.Expect("(");
        ParseThree(() =>
        {
            sizes.Add(ParseIndex());
            parser.Expect("=");
            parser.Resolve(parser.ParseOperand(), IndexType.Instance, state);
        });

        RegionArgument ParseIndex()
        {
            var argument = parser.ParseRegionArgument();
            argument.Type = IndexType.Instance;
            return argument;
        }

        void ParseThree(Action parse)
        {
            parse();
            parser.Expect(",");
            parse();
            parser.Expect(",");
            parse();
            parser.Expect(")");
        }
    }

    /// <inheritdoc/>
    public override void Print(AsmPrinter printer)
    {
        printer.Write(" blocks(");
        PrintSizes(printer, 0, GridSizeX, GridSizeY, GridSizeZ);
        printer.Write(" threads(");
        PrintSizes(printer, 3, BlockSizeX, BlockSizeY, BlockSizeZ);
        if (DynamicSharedMemorySize is { } size)
        {
            printer.Write(" dynamic_shared_memory_size ");
            printer.WriteOperand(size);
        }

        var attributions = Body.First!.Arguments.Skip(Ids).ToList();
        GPUFuncOp.PrintAttributions(printer, "workgroup", attributions.Take(WorkgroupCount));
        GPUFuncOp.PrintAttributions(printer, "private", attributions.Skip(WorkgroupCount));
        printer.Write(' ');
        printer.WriteRegion(Body, printEntryArguments: false);
        printer.WriteAttrDict(this, "operandSegmentSizes", CountAttribute);
    }

    private void PrintSizes(AsmPrinter printer, int first, params ReadOnlySpan<Value> sizes)
    {
        var arguments = Body.First!.Arguments;
        printer.WriteOperands(arguments.Skip(first).Take(3).ToArray());
        printer.Write(") in (");
        for (var i = 0; i < 3; i++)
        {
            printer.Write(i == 0 ? "" : ", ");
            printer.WriteOperand(arguments[6 + first + i]);
            printer.Write(" = ");
            printer.WriteOperand(sizes[i]);
        }

        printer.Write(')');
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var arguments = Body.First!.Arguments;
        if (AsyncDependencies.Count > 0 || ClusterSizeX is not null)
        {
            verifier.Error(this, "launches with clusters or asynchronous dependencies are not supported");
        }
        else if (arguments.Count < Ids + WorkgroupCount)
        {
            verifier.Error(this, "unexpected number of region arguments");
        }
        else if (arguments.Take(Ids).Any(a => a.Type is not IndexType))
        {
            verifier.Error(this, "expects the numbers and sizes to be of type index");
        }
        else if (arguments.Skip(Ids).Any(a => a.Type is not MemRefType))
        {
            verifier.Error(this, "expected memref type in attribution");
        }
        else if (Body.Blocks.Any(b => b.Last is { Successors.Count: 0 } and not TerminatorOp))
        {
            verifier.Error(this, "expected 'gpu.terminator' at the end of its body");
        }
    }
}
