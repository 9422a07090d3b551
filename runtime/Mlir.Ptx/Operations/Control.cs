using Mlir.Ptx.Decoding;
using Mlir.Ptx.Execution;

namespace Mlir.Ptx.Operations;

/// <summary>An instruction that moves threads or makes them wait.</summary>
internal abstract class ControlInstruction : Instruction
{
    public override bool IsControl => true;
}

/// <summary>A branch, behind which the threads of a warp may be at different places.</summary>
internal abstract class DivergingInstruction : ControlInstruction
{
    /// <summary>Where it may go, besides the next instruction.</summary>
    public abstract IReadOnlyList<int> Targets { get; }

    /// <summary>Where those who went different ways meet; -1 for nowhere.</summary>
    public int Reconvergence { get; set; } = -1;
}

/// <summary>An instruction behind which its threads do not go on.</summary>
internal abstract class LeavingInstruction : ControlInstruction
{
    /// <summary>Whether the whole launch ends.</summary>
    public virtual bool IsFatal => false;
}

internal sealed class Branch(int target) : DivergingInstruction
{
    public override IReadOnlyList<int> Targets => [target];

    public override void Execute(Warp warp, uint mask)
    {
        var fragment = warp.Fragment;
        if (mask == fragment.Mask || target == fragment.Pc + 1)
        {
            warp.Jump(target);
        }
        else
        {
            warp.Part([(fragment.Pc + 1, fragment.Mask & ~mask), (target, mask)], Reconvergence);
        }
    }
}

/// <summary>A branch to one of a list of labels.</summary>
internal sealed unsafe class IndexedBranch(int index, int[] targets) : DivergingInstruction
{
    public override IReadOnlyList<int> Targets => targets;

    public override void Execute(Warp warp, uint mask)
    {
        var fragment = warp.Fragment;
        var choice = (uint*)(warp.Registers + index);
        var groups = new List<(int Target, uint Mask)>();
        for (var lane = 0; lane < 32; lane++)
        {
            if ((fragment.Mask >> lane & 1) == 0)
            {
                continue;
            }

            var target = fragment.Pc + 1;
            if ((mask >> lane & 1) != 0)
            {
                if (choice[lane] >= targets.Length)
                {
                    throw warp.Fault(
                        PtxFault.InvalidOperand,
                        1u << lane,
                        $"the index {choice[lane]} of {targets.Length} branch targets"
                    );
                }

                target = targets[choice[lane]];
            }

            var known = groups.FindIndex(group => group.Target == target);
            if (known < 0)
            {
                groups.Add((target, 1u << lane));
            }
            else
            {
                groups[known] = (target, groups[known].Mask | (1u << lane));
            }
        }

        if (groups.Count == 1)
        {
            warp.Jump(groups[0].Target);
        }
        else
        {
            warp.Part([.. groups], Reconvergence);
        }
    }
}

/// <summary>Back to the caller; from a kernel, the end.</summary>
internal sealed class Return : LeavingInstruction
{
    public override void Execute(Warp warp, uint mask) => warp.Return(mask);
}

/// <summary>The thread's end, however deep it is in calls.</summary>
internal sealed class Exit : LeavingInstruction
{
    public override void Execute(Warp warp, uint mask) => warp.Exit(mask);
}

internal sealed class Trap : LeavingInstruction
{
    public override bool IsFatal => true;

    public override void Execute(Warp warp, uint mask) => throw warp.Fault(PtxFault.Trap, mask, "the kernel gave up");
}

/// <summary>Does nothing: fences, hints, sleep.</summary>
internal sealed class Nothing : Instruction
{
    public override void Execute(Warp warp, uint mask) { }
}

/// <summary>A call of a function of the module.</summary>
internal sealed class CallInstruction(
    FunctionCode callee,
    (int From, int To, int Bytes)[] arguments,
    (int From, int To, int Bytes)[] results
) : ControlInstruction
{
    public override void Execute(Warp warp, uint mask)
    {
        warp.KeepOnly(mask);
        var caller = warp.Fragment.Frame;
        var frame = warp.Call(warp.Block.Launch.Plan.Functions[callee]);
        Move(arguments, caller, frame, mask);
    }

    /// <summary>Copies a function's results to where the call wants them.</summary>
    public static void TakeResults(Join back, Frame frame, uint mask)
    {
        var call = (CallInstruction)back.Frame.Function.Code.Code[back.Pc - 1];
        Move(call.results, frame, back.Frame, mask);
    }

    private readonly (int From, int To, int Bytes)[] results = results;

    private static void Move((int From, int To, int Bytes)[] moves, Frame from, Frame to, uint mask)
    {
        var (fromStride, toStride) = (from.Function.Code.ParameterBytes, to.Function.Code.ParameterBytes);
        foreach (var (source, target, bytes) in moves)
        {
            for (var lane = 0; lane < 32; lane++)
            {
                if ((mask >> lane & 1) != 0)
                {
                    from.Parameters.AsSpan((lane * fromStride) + source, bytes)
                        .CopyTo(to.Parameters.AsSpan((lane * toStride) + target));
                }
            }
        }
    }
}

/// <summary>Decodes branches, calls and ends.</summary>
internal static class ControlDecoder
{
    public static Instruction Branch(Decoder decoder)
    {
        _ = decoder.Has("uni");
        decoder.RequireOperands(1);
        return new Branch(decoder.Label(decoder.Operand(0)));
    }

    public static Instruction IndexedBranch(Decoder decoder)
    {
        _ = decoder.Require("idx");
        _ = decoder.Has("uni");
        decoder.RequireOperands(2);
        var index = decoder.Source(0, Text.PtxType.U32);
        var targets = decoder.BranchTargets(decoder.Operand(1)).Select(decoder.Label);
        return new IndexedBranch(index, [.. targets]);
    }

    // call (result), name, (argument, …);   call name, (argument, …);   call name;
    public static Instruction Call(Decoder decoder)
    {
        _ = decoder.Has("uni");
        var next = 0;
        var given = decoder.Operand(0) is Text.ListSyntax ? decoder.Items(next++) : [];
        var name = decoder.Operand(next++);
        var passed = next < decoder.OperandCount ? decoder.Items(next++) : [];
        decoder.RequireOperands(next);
        if (name is Text.NameSyntax { Name: FailedAssertion.Function } && passed.Count == 5)
        {
            return new FailedAssertion([.. passed.Select(argument => Argument(decoder, argument).Offset)]);
        }

        var callee = decoder.Function(name);
        decoder.Code.Callees.Add(callee);
        return new CallInstruction(
            callee,
            Moves(decoder, passed, callee.Syntax.Parameters, (mine, its) => (mine, Offset(callee, its), its.Bytes)),
            Moves(decoder, given, callee.Syntax.Results, (mine, its) => (Offset(callee, its), mine, its.Bytes))
        );
    }

    /// <summary>A variable that holds an argument or a result of a call, and where it lies in a lane's parameters.</summary>
    private static (Text.Variable Variable, int Offset) Argument(Decoder decoder, Text.OperandSyntax operand) =>
        operand is Text.NameSyntax { Variable: { } variable }
        && decoder.Code.ParameterOffsets.TryGetValue(variable, out var offset)
            ? (variable, offset)
            : throw Decoder.Fail(operand.Position, "expected a .param variable of this function");

    private static int Offset(FunctionCode callee, Text.Variable parameter) => callee.ParameterOffsets[parameter];

    private static (int From, int To, int Bytes)[] Moves(
        Decoder decoder,
        IReadOnlyList<Text.OperandSyntax> mine,
        List<Text.Variable> its,
        Func<int, Text.Variable, (int From, int To, int Bytes)> move
    )
    {
        if (mine.Count != its.Count)
        {
            throw decoder.Fail($"gives {mine.Count} values where the function has {its.Count}");
        }

        var moves = new (int From, int To, int Bytes)[mine.Count];
        for (var i = 0; i < moves.Length; i++)
        {
            var (variable, offset) = Argument(decoder, mine[i]);
            if (variable.Bytes != its[i].Bytes)
            {
                throw Decoder.Fail(
                    mine[i].Position,
                    $"'{variable.Name}' has {variable.Bytes} bytes, and '{its[i].Name}' {its[i].Bytes}"
                );
            }

            moves[i] = move(offset, its[i]);
        }

        return moves;
    }

    public static Instruction Return(Decoder decoder)
    {
        _ = decoder.Has("uni");
        decoder.RequireOperands(0);
        return new Return();
    }

    public static Instruction Exit(Decoder decoder)
    {
        decoder.RequireOperands(0);
        return new Exit();
    }

    public static Instruction Trap(Decoder decoder)
    {
        decoder.RequireOperands(0);
        return new Trap();
    }
}
