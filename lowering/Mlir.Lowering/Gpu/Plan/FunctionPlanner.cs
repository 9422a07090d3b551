using System.Collections.Immutable;
using Mlir.Dialects.Cf;
using Mlir.Dialects.Func;
using Mlir.Dialects.Gpu;
using Mlir.Dialects.MemRef;
using Mlir.IR;
using FuncReturn = Mlir.Dialects.Func.ReturnOp;

namespace Mlir.Lowering.Gpu;

/// <summary>Turns one function of the host into steps.</summary>
/// <param name="function">The function; its control flow is blocks and branches.</param>
/// <param name="kernels">The number of each kernel.</param>
/// <param name="errors">The entry of each failure in the error table.</param>
internal sealed partial class FunctionPlanner(
    FuncOp function,
    Dictionary<string, int> kernels,
    Dictionary<(string Text, string Place), int> errors
)
{
    private readonly Dictionary<Value, int> _slots = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Value, int> _buffers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Value, int[]> _sizes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<long, int> _constants = [];
    private readonly List<PlanStep> _steps = [];
    private readonly Dictionary<Block, int> _starts = new(ReferenceEqualityComparer.Instance);
    private readonly List<(int Step, Block? Target)> _jumps = []; // to the end where there is no block
    private readonly List<(int Step, int To)> _branches = [];
    private ImmutableArray<PlanResult>? _results;
    private int _slotCount;
    private int _bufferCount;

    public LaunchPlan Plan()
    {
        var parameters = ImmutableArray.CreateBuilder<PlanParameter>();
        foreach (var argument in function.Entry.Arguments)
        {
            parameters.Add(AddParameter(argument));
        }

        foreach (var block in function.Body.Blocks.Skip(1))
        {
            foreach (var argument in block.Arguments)
            {
                AddBlockArgument(argument);
            }
        }

        var blocks = function.Body.Blocks.ToList();
        for (var i = 0; i < blocks.Count; i++)
        {
            _starts[blocks[i]] = _steps.Count;
            for (var op = blocks[i].First; op is not null; op = op.Next)
            {
                Add(op, i + 1 < blocks.Count ? blocks[i + 1] : null);
            }
        }

        // Constants come first, and every step that is named by its number moves behind them.
        var constants = _constants.Select(PlanStep (c) => new ConstantStep(c.Value, c.Key)).ToList();
        foreach (var (step, target) in _jumps)
        {
            _steps[step] = new JumpStep(constants.Count + (target is null ? _steps.Count : _starts[target]));
        }

        foreach (var (step, to) in _branches)
        {
            _steps[step] = (BranchStep)_steps[step] with { Step = constants.Count + to };
        }

        return new LaunchPlan(
            function.SymName,
            parameters.ToImmutable(),
            _results ?? throw Refuse(function, "a function that never returns"),
            _slotCount,
            _bufferCount,
            [.. constants, .. _steps]
        );
    }

    private PlanParameter AddParameter(BlockArgument argument)
    {
        if (argument.Type is not MemRefType type)
        {
            _slots[argument] = _slotCount++;
            return new PlanParameter(-1, Bytes(argument.Type), [_slots[argument]]);
        }

        if (type.Layout is not null)
        {
            throw Refuse(function, $"a parameter must be dense, not {type}");
        }

        _buffers[argument] = _bufferCount++;
        _sizes[argument] = [.. Enumerable.Range(0, type.Rank).Select(_ => _slotCount++)];
        return new PlanParameter(_buffers[argument], Bytes(type.ElementType), [.. _sizes[argument]]);
    }

    /// <summary>What a loop or a condition hands on: a number in a slot, an array as whatever memory a buffer is at that time.</summary>
    private void AddBlockArgument(BlockArgument argument)
    {
        if (argument.Type is not MemRefType type)
        {
            _slots[argument] = _slotCount++;
            return;
        }

        if (type.Layout is not null)
        {
            throw Refuse(function, $"an array that is handed on must be dense, not {type}");
        }

        _buffers[argument] = _bufferCount++;
        _sizes[argument] =
        [
            .. type.Shape.Span.ToArray().Select(size => size == ShapedType.Dynamic ? _slotCount++ : Constant(size)),
        ];
    }

    private void Add(Operation op, Block? next)
    {
        switch (op)
        {
            case AllocOp or AllocaOp:
                AddAllocation(op);
                break;

            case DeallocOp free when _buffers.TryGetValue(Views.Root(free.Memref), out var buffer):
                _steps.Add(new FreeStep(buffer));
                break;

            case LaunchFuncOp launch:
                AddLaunch(launch);
                break;

            case LoadOp load:
                AddLoad(load);
                break;

            case DimOp dim when dim.Index.ConstInt is { } number:
                _slots[dim.Result] = Sizes(dim.Source)[(int)number];
                break;

            case AssertOp assertion:
                var entry = (assertion.Msg, ErrorTable.PlaceOf(assertion.Location));
                _steps.Add(new AssertStep(Slot(assertion.Arg), errors[entry]));
                break;

            case BranchOp branch:
                Hand(branch, branch.Dest, branch.DestOperands);
                Jump(branch.Dest, next);
                break;

            case CondBranchOp branch:
                var condition = Slot(branch.Condition);
                var at = _steps.Count;
                _steps.Add(new BranchStep(condition, 0));
                Hand(branch, branch.TrueDest, branch.TrueDestOperands);
                Jump(branch.TrueDest, null);
                _branches.Add((at, _steps.Count));
                Hand(branch, branch.FalseDest, branch.FalseDestOperands);
                Jump(branch.FalseDest, next);
                break;

            case FuncReturn end:
                AddReturn(end);
                if (next is not null)
                {
                    _jumps.Add((_steps.Count, null));
                    _steps.Add(new JumpStep(0));
                }

                break;

            case var view when Views.IsView(view):
                break;

            default:
                AddArithmetic(op);
                break;
        }
    }

    private void AddAllocation(Operation op)
    {
        var memory = op.Results[0];
        var type = (MemRefType)memory.Type;
        var sizes = op is AllocOp alloc ? alloc.DynamicSizes : ((AllocaOp)op).DynamicSizes;
        _buffers[memory] = _bufferCount++;
        _sizes[memory] = Mixed(type.Shape.Span, sizes);
        var result = op.Discardable[MemRefToLlvm.ResultAttribute] is IntegerAttr number ? (int)number.Int64 : -1;
        _steps.Add(new AllocateStep(_buffers[memory], Product(_sizes[memory]), Bytes(type.ElementType), result));
    }

    private void AddLaunch(LaunchFuncOp launch)
    {
        var arguments = ImmutableArray.CreateBuilder<PlanArgument>();
        foreach (var operand in launch.KernelOperands)
        {
            if (operand.Type is not MemRefType type)
            {
                arguments.Add(new PlanArgument(false, Slot(operand)));
                continue;
            }

            arguments.Add(new PlanArgument(true, Buffer(operand, launch)));
            for (var i = 0; i < type.Rank; i++)
            {
                if (type.IsDynamicDim(i))
                {
                    arguments.Add(new PlanArgument(false, Sizes(operand)[i]));
                }
            }
        }

        _steps.Add(
            new LaunchStep(kernels[launch.Kernel.Leaf], Slot(launch.GridSizeX), arguments.ToImmutable())
            {
                SharedBytes = launch.DynamicSharedMemorySize is { } bytes ? Slot(bytes) : -1,
            }
        );
    }

    /// <summary>An element that only the caller wants stays where it is; for others the host waits.</summary>
    private void AddLoad(LoadOp load)
    {
        if (load.Indices.Count == 0 && Users(load.Result).All(u => u is FuncReturn))
        {
            return;
        }

        if (load.Memref.Type is not MemRefType { Layout: null })
        {
            throw Refuse(load, "an element that the host reads from a part of an array");
        }

        var sizes = Sizes(load.Memref);
        var position = Constant(0);
        for (var i = 0; i < load.Indices.Count; i++)
        {
            position = Compute(
                PlanOperation.Add,
                Compute(PlanOperation.Multiply, position, sizes[i]),
                Slot(load.Indices[i])
            );
        }

        _slots[load.Result] = _slotCount++;
        _steps.Add(new ReadStep(_slots[load.Result], Buffer(load.Memref, load), position, Bytes(load.Result.Type)));
    }

    private void AddReturn(FuncReturn end)
    {
        if (_results is not null)
        {
            throw Refuse(end, "a function that returns in several places");
        }

        var results = ImmutableArray.CreateBuilder<PlanResult>();
        foreach (var value in end.Operands)
        {
            if (value.Type is MemRefType type)
            {
                if (type.Layout is not null)
                {
                    throw Refuse(end, $"a result must be dense, not {type}");
                }

                results.Add(new PlanResult(Buffer(value, end), Bytes(type.ElementType), true, [.. Sizes(value)]));
            }
            else if (!_slots.ContainsKey(value) && value.Definer is LoadOp load)
            {
                results.Add(new PlanResult(Buffer(load.Memref, end), Bytes(value.Type), false, []));
            }
            else
            {
                results.Add(new PlanResult(-1, Bytes(value.Type), false, [Slot(value)]));
            }
        }

        _results = results.ToImmutable();
    }

    /// <summary>Puts arguments into the slots and buffers of a block, all at once.</summary>
    private void Hand(Operation branch, Block target, OperandList values)
    {
        var (numbers, arrays) = (new List<(int To, int From)>(), new List<(int To, int From)>());
        for (var i = 0; i < values.Count; i++)
        {
            var argument = target.Arguments[i];
            if (argument.Type is not MemRefType type)
            {
                numbers.Add((_slots[argument], Slot(values[i])));
                continue;
            }

            arrays.Add((_buffers[argument], Buffer(values[i], branch)));
            var sizes = Sizes(values[i]);
            for (var dim = 0; dim < sizes.Length; dim++)
            {
                if (type.IsDynamicDim(dim))
                {
                    numbers.Add((_sizes[argument][dim], sizes[dim]));
                }
            }
        }

        AllAtOnce(numbers, () => _slotCount++, (to, from) => new ComputeStep(to, PlanOperation.Or, from, from));
        AllAtOnce(arrays, () => _bufferCount++, (to, from) => new MoveStep(to, from));
    }

    /// <summary>Copies, of which those that would overwrite what another one reads go by a place of their own.</summary>
    private void AllAtOnce(List<(int To, int From)> copies, Func<int> place, Func<int, int, PlanStep> copy)
    {
        copies.RemoveAll(c => c.To == c.From);
        for (var i = 0; i < copies.Count; i++)
        {
            if (copies[..i].Exists(c => c.To == copies[i].From))
            {
                var between = place();
                _steps.Add(copy(between, copies[i].From));
                copies[i] = (copies[i].To, between);
            }
        }

        _steps.AddRange(copies.Select(c => copy(c.To, c.From)));
    }

    private void Jump(Block target, Block? next)
    {
        if (!ReferenceEquals(target, next))
        {
            _jumps.Add((_steps.Count, target));
            _steps.Add(new JumpStep(0));
        }
    }

    private static List<Operation> Users(Value value)
    {
        var users = new List<Operation>();
        foreach (var use in value.Uses)
        {
            users.Add(use.Owner);
        }

        return users;
    }

    private int Buffer(Value array, Operation at) =>
        _buffers.TryGetValue(Views.Root(array), out var buffer)
            ? buffer
            : throw Refuse(at, "an array that is neither a parameter nor allocated here");

    private static int Bytes(IrType type) => type is IndexType ? 8 : DenseElementsAttr.ElementSize(type);

    private static DiagnosticException Refuse(Operation op, string what) =>
        new(LaunchPlanner.Unsupported.At(op.Location, op.Name, what));
}
