using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.Dialects.Gpu;
using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>Makes a kernel of one launch.</summary>
/// <param name="module">The module of the host.</param>
/// <param name="kernels">The symbols of the GPU module.</param>
/// <param name="launch">The launch.</param>
internal sealed class KernelOutliner(ModuleOp module, SymbolTable kernels, LaunchOp launch)
{
    private readonly HashSet<Operation> _moved = new(ReferenceEqualityComparer.Instance);
    private readonly List<Operation> _order = [];
    private readonly HashSet<Value> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly List<Value> _arguments = [];

    // launch blocks(%g) threads(%t) { body(%x, %view, %c) } → launch_func @kernels::@k … args(%x, %root)
    public void Run()
    {
        foreach (var op in launch.Body.Blocks.SelectMany(b => b.Operations).SelectMany(o => o.Walk()))
        {
            foreach (var operand in op.Operands)
            {
                if (!(operand.Definer ?? operand.ParentBlock!.ParentOp!).IsWithin(launch))
                {
                    Capture(operand);
                }
            }
        }

        var entry = launch.Body.Single;
        var shared = entry.Arguments.Skip(12).Select(a => a.Type).ToArray();
        var threads = (IntegerAttr)launch.Discardable[Kernel.BlockSizeAttribute]!;
        var function = kernels.Insert(
            GPUFuncOp.Create(
                launch.Location,
                kernels.Unique($"{launch.ParentOfType<FuncOp>()!.SymName}_kernel"),
                [.. _arguments.Select(a => a.Type)],
                shared,
                isKernel: true,
                DenseArrayAttr.I32((int)threads.Int64, 1, 1)
            )
        );
        function.SetAttribute(Kernel.BlockSizeAttribute, threads);
        var mapping = new IrMapping();
        for (var i = 0; i < _arguments.Count; i++)
        {
            mapping.Map(_arguments[i], function.Entry.Arguments[i]);
        }

        for (var i = 0; i < shared.Length; i++)
        {
            mapping.Map(entry.Arguments[12 + i], function.Entry.Arguments[_arguments.Count + i]);
        }

        var builder = new OpBuilder(function.Entry);
        MapNumbers(entry, mapping, builder);
        foreach (var op in _order)
        {
            builder.Clone(op, mapping);
        }

        for (var op = entry.First!; op is not TerminatorOp; op = op.Next!)
        {
            builder.Clone(op, mapping);
        }

        builder.Insert(new Dialects.Gpu.ReturnOp(launch.Location, default));
        new OpBuilder(launch).Insert(
            LaunchFuncOp.Create(
                launch.Location,
                SymbolRefAttr.Get(OutlineKernels.ModuleName, function.SymName),
                [launch.GridSizeX, launch.GridSizeY, launch.GridSizeZ],
                [launch.BlockSizeX, launch.BlockSizeY, launch.BlockSizeZ],
                [.. _arguments],
                launch.DynamicSharedMemorySize
            )
        );
        launch.Erase();
    }

    private void MapNumbers(Block entry, IrMapping mapping, OpBuilder builder)
    {
        Map(0, d => new BlockIdOp(launch.Location, d));
        Map(3, d => new ThreadIdOp(launch.Location, d));
        Map(6, d => new GridDimOp(launch.Location, d));
        Map(9, d => new BlockDimOp(launch.Location, d));

        void Map(int first, Func<Dimension, Operation> make)
        {
            for (var i = 0; i < 3; i++)
            {
                if (!entry.Arguments[first + i].IsUnused)
                {
                    mapping.Map(entry.Arguments[first + i], builder.Insert(make((Dimension)i)).Results[0]);
                }
            }
        }
    }

    /// <summary>Makes <paramref name="value"/> known in the kernel: by the operation that makes it where that can move, as an argument otherwise.</summary>
    private void Capture(Value value)
    {
        if (!_seen.Add(value))
        {
            return;
        }

        if (value.Definer is not { } definer || !CanMove(definer))
        {
            _arguments.Add(value);
        }
        else if (_moved.Add(definer))
        {
            foreach (var operand in definer.Operands)
            {
                Capture(operand);
            }

            if (definer is GetGlobalOp global)
            {
                CopyGlobal(global);
            }

            _order.Add(definer);
        }
    }

    private bool CanMove(Operation op) =>
        op switch
        {
            IConstantLike or GetGlobalOp => true,
            LoadOp load => IsUnchanged(load),
            _ when Views.IsView(op) => true,
            _ => op.Regions.Count == 0
                && SideEffects.IsPure(op)
                && op.Results.All(r => r.Type is FloatType or IntegerType),
        };

    /// <summary>Whether the kernel would read what the host reads: nothing in between writes; memory that is freed in between is freed later.</summary>
    private bool IsUnchanged(LoadOp load)
    {
        if (!ReferenceEquals(load.Block, launch.Block))
        {
            return false;
        }

        var root = Views.Root(load.Memref);
        var frees = new List<DeallocOp>();
        for (var op = load.Next; op is not null && !ReferenceEquals(op, launch); op = op.Next)
        {
            if (op is DeallocOp free && ReferenceEquals(Views.Root(free.Memref), root))
            {
                frees.Add(free);
            }
            else if (MayWrite(op, root))
            {
                return false;
            }
        }

        foreach (var free in frees)
        {
            free.MoveAfter(launch);
        }

        return true;
    }

    private static bool MayWrite(Operation op, Value root) =>
        op switch
        {
            LaunchFuncOp outlined => outlined.KernelOperands.Any(a => ReferenceEquals(a, root)),
            AllocOp or AllocaOp or DeallocOp => false,
            _ when op.Regions.Count == 0 => !SideEffects.IsRemovable(op) && op is not Dialects.Cf.AssertOp,
            _ => true,
        };

    private void CopyGlobal(GetGlobalOp use)
    {
        var name = use.SymbolName.Leaf;
        if (kernels.Lookup(name) is null && new SymbolTable(module).Lookup(name) is GlobalOp global)
        {
            kernels.Insert((GlobalOp)global.Clone(), kernels.Op.Regions[0].Single.First);
        }
    }
}
