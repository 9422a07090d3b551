using System.Numerics;
using Mlir.Ptx.Decoding;
using Mlir.Ptx.Operations;

namespace Mlir.Ptx.Execution;

/// <summary>
/// 32 threads that run together where they can: an instruction does its work for all lanes of a fragment at once. Threads
/// that a branch parts run one after the other and meet again at the branch's post-dominator.
/// </summary>
internal sealed unsafe partial class Warp : IDisposable
{
    /// <summary>The instructions that a fragment runs before another one has its turn, so that none starves.</summary>
    private const int Slice = 8192;

    private const int MaxDepth = 256;

    private readonly List<Fragment> fragments = [];
    private readonly Dictionary<LoadedFunction, Stack<Frame>> spare = [];
    private readonly Frame main;
    private Instruction current = null!;

    public Warp(Block block, int index)
    {
        Block = block;
        Index = index;
        main = new Frame(block.Launch.Main);
        Counts = new long[Enum.GetValues<PtxInstructionClass>().Length];
        local = new LocalMemory(block.Launch.LocalBytes);
        Clock = new WarpClock(block.Time, index, (block.Launch.Threads + 31) / 32);
    }

    public Block Block { get; }

    /// <summary>The warp's place in its block.</summary>
    public int Index { get; }

    /// <summary>What this warp knows of the others' progress.</summary>
    public WarpClock Clock { get; }

    /// <summary>Copies that the threads have begun and not waited for.</summary>
    public PendingCopies Copies { get; } = new();

    /// <summary>Matrix products that the warp has begun with its neighbours and not waited for.</summary>
    public PendingProducts Products { get; } = new();

    /// <summary>What this warp knew at its last fence: what a fence makes visible; null before the first one.</summary>
    public int[]? Fenced { get; private set; }

    /// <summary>The carries of the threads' last additions that keep one.</summary>
    public uint Carry { get; set; }

    /// <summary>The line of the running instruction.</summary>
    public int Line => current.Syntax.Position.Line;

    /// <summary>The registers of the running fragment's function.</summary>
    public byte* Registers { get; private set; }

    /// <summary>The running fragment.</summary>
    public Fragment Fragment { get; private set; } = null!;

    /// <summary>The threads that have not exited.</summary>
    public uint Alive { get; private set; }

    /// <summary>The threads that it began with.</summary>
    public uint Started { get; private set; }

    /// <summary>What is under way, the finished ones among them until the turn ends.</summary>
    public IReadOnlyList<Fragment> Fragments => fragments;

    /// <summary>Instructions done, by class; a thread's each counts.</summary>
    public long[] Counts { get; }

    /// <summary>Gives registers and the threads' own memory back; nothing may run any more.</summary>
    public void Dispose()
    {
        main.Dispose();
        local.Dispose();
        foreach (var frame in spare.Values.SelectMany(frames => frames))
        {
            frame.Dispose();
        }
    }

    /// <summary>Puts the warp at the kernel's start.</summary>
    public void Begin(uint mask)
    {
        Alive = Started = mask;
        fragments.Clear();
        main.LocalBase = 0;
        main.Reset(this);
        Clock.Reset();
        Copies.Reset();
        Products.Reset();
        Fenced = null;
        fragments.Add(new(0, mask, main, null));
        ResetMemory();
    }

    /// <summary>Lets every fragment run until it waits, or for its share of time; says whether any could.</summary>
    public bool Run()
    {
        var hasRun = false;
        for (var i = 0; i < fragments.Count; i++)
        {
            if (fragments[i].State == FragmentState.Running)
            {
                hasRun = true;
                Advance(fragments[i]);
            }
        }

        fragments.RemoveAll(fragment => fragment.State == FragmentState.Done);
        return hasRun;
    }

    private void Advance(Fragment fragment)
    {
        Fragment = fragment;
        var done = 0L;
        for (var left = Slice; left > 0 && fragment.State == FragmentState.Running; )
        {
            var code = fragment.Frame.Function.Code.Code;
            Registers = fragment.Frame.Registers;
            var meeting = fragment.Join is { IsReturn: false } join ? join.Pc : -1;
            var pc = fragment.Pc;
            Instruction instruction;
            uint mask;
            while (true)
            {
                if (pc == meeting)
                {
                    fragment.Pc = pc;
                    Arrive(fragment);
                    goto Next;
                }

                instruction = code[pc];
                mask = fragment.Mask;
                if (instruction.Guard >= 0)
                {
                    var guard = *(uint*)(Registers + instruction.Guard);
                    mask &= instruction.IsGuardNegated ? ~guard : guard;
                }

                var threads = BitOperations.PopCount(mask);
                Counts[(int)instruction.Class] += threads;
                done += Math.Max(threads, 1);
                if (instruction.IsControl && mask != 0)
                {
                    break;
                }

                pc++;
                if (mask != 0)
                {
                    current = instruction;
                    if (instruction.ProductRegisters is { } touched)
                    {
                        Products.Touch(this, touched, mask);
                    }

                    instruction.Execute(this, mask);
                }

                if (--left <= 0)
                {
                    fragment.Pc = pc;
                    goto Next;
                }
            }

            fragment.Pc = pc;
            current = instruction;
            left--;
            if (instruction.ProductRegisters is { } own)
            {
                Products.Touch(this, own, mask);
            }

            instruction.Execute(this, mask);
            Next:
            ;
        }

        Block.Launch.Spend(done, this);
    }

    /// <summary>Makes what the warp knows ready for those who read what it publishes next.</summary>
    public void Fence()
    {
        if (Block.Launch.GlobalAccesses is not null)
        {
            Fenced = Clock.Snapshot();
            Clock.Advance();
        }
    }

    // ---------------------------------------------------------------- parting and meeting

    /// <summary>Goes on behind the instruction.</summary>
    public void Continue() => Fragment.Pc++;

    /// <summary>Goes on elsewhere, all threads together.</summary>
    public void Jump(int target) => Fragment.Pc = target;

    /// <summary>Parts the fragment: each group goes to its target, and all meet at <paramref name="meeting"/>.</summary>
    public void Part(ReadOnlySpan<(int Target, uint Mask)> groups, int meeting)
    {
        var fragment = Fragment;
        var join = fragment.Join;
        if (meeting >= 0 && !(join is { IsReturn: false } && join.Pc == meeting && join.Frame == fragment.Frame))
        {
            join = new(meeting, fragment.Mask, join, fragment.Frame, isReturn: false);
        }

        var isReused = false;
        foreach (var (target, mask) in groups)
        {
            if (target == meeting)
            {
                join!.Arrived |= mask;
            }
            else if (!isReused)
            {
                isReused = true;
                (fragment.Pc, fragment.Mask, fragment.Join) = (target, mask, join);
            }
            else
            {
                fragments.Add(new(target, mask, fragment.Frame, join));
            }
        }
    }

    /// <summary>Where a guard lets some threads through only, the others wait behind the instruction.</summary>
    public void KeepOnly(uint mask)
    {
        var fragment = Fragment;
        if (mask != fragment.Mask)
        {
            Part([(fragment.Pc, mask), (fragment.Pc + 1, fragment.Mask & ~mask)], fragment.Pc + 1);
        }
    }

    private void Arrive(Fragment fragment)
    {
        var join = fragment.Join!;
        join.Arrived |= fragment.Mask;
        if (join.IsComplete)
        {
            (fragment.Mask, fragment.Join) = (join.Arrived, join.Parent);
        }
        else
        {
            fragment.State = FragmentState.Done;
        }
    }

    /// <summary>Ends threads of the running fragment.</summary>
    public void Exit(uint mask)
    {
        for (var left = mask; left != 0; left &= left - 1)
        {
            Copies.Wait(this, BitOperations.TrailingZeroCount(left), -1);
        }

        Alive &= ~mask;
        Forget(mask, null);
        Leave(mask);
        Review();
    }

    /// <summary>Calls a function with the running fragment, whose threads meet again behind the call.</summary>
    public Frame Call(LoadedFunction function)
    {
        var fragment = Fragment;
        var caller = fragment.Frame;
        if (caller.Depth >= MaxDepth)
        {
            throw Fault(PtxFault.StackOverflow, fragment.Mask, $"calls are nested deeper than {MaxDepth}");
        }

        var frame = spare.TryGetValue(function, out var frames) && frames.TryPop(out var free) ? free : new(function);
        frame.Caller = caller;
        frame.Depth = caller.Depth + 1;
        frame.LocalBase = caller.LocalBase + caller.Function.Code.LocalBytes;
        local.Reserve(frame.LocalBase + function.Code.LocalBytes, this, fragment.Mask);
        frame.Reset(this);
        fragment.Join = new(fragment.Pc + 1, fragment.Mask, fragment.Join, caller, isReturn: true);
        fragment.Frame = frame;
        fragment.Pc = 0;
        return frame;
    }

    /// <summary>Brings threads of the running fragment back behind the call; those of a kernel end.</summary>
    public void Return(uint mask)
    {
        var fragment = Fragment;
        if (fragment.Frame.Caller is null)
        {
            Exit(mask);
            return;
        }

        var back = fragment.Join!;
        while (!back.IsReturn)
        {
            back = back.Parent!;
        }

        Forget(mask, back);
        var frame = fragment.Frame;
        CallInstruction.TakeResults(back, frame, mask);
        back.Arrived |= mask;
        Leave(mask);
        Review();
        if (
            !fragments.Any(other => other.State != FragmentState.Done && other.Frame == frame)
            && back.Arrived == back.Expected
        )
        {
            (spare.TryGetValue(frame.Function, out var frames) ? frames : spare[frame.Function] = []).Push(frame);
        }
    }

    // Nobody waits any longer for these threads, up to a meeting that they do come to.
    private void Forget(uint mask, Join? end)
    {
        for (var join = Fragment.Join; join != end; join = join!.Parent)
        {
            join!.Expected &= ~mask;
            touched.Add(join);
        }

        if (end is not null)
        {
            touched.Add(end);
        }
    }

    private void Leave(uint mask)
    {
        Fragment.Mask &= ~mask;
        if (Fragment.Mask == 0)
        {
            Fragment.State = FragmentState.Done;
        }
        else
        {
            Fragment.Pc++;
        }
    }

    private readonly List<Join> touched = [];

    // Meetings from which threads were taken out may be complete now; innermost first.
    private void Review()
    {
        foreach (var join in touched)
        {
            if (join.IsComplete)
            {
                fragments.Add(new(join.Pc, join.Arrived, join.Frame, join.Parent));
                join.Expected = 0;
                join.Arrived = 0;
            }
        }

        touched.Clear();
        ReviewWarpWaits();
    }
}
