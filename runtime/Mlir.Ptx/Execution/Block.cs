using System.Numerics;
using Mlir.Ptx.Operations;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Execution;

/// <summary>A block of threads on one host thread: its warps take turns.</summary>
internal sealed class Block : IDisposable
{
    /// <summary>How often threads that wait for <c>mbarrier</c>s look again while nobody can go on; a kernel that polls several needs some.</summary>
    private const int MaxIdleRounds = 256;

    private readonly Warp[] warps;
    private readonly BlockBarrier[] barriers;
    private readonly Warpgroup[] groups;
    private int idleRounds;

    public Block(Launch launch)
    {
        Launch = launch;
        Shared = new(launch.SharedBytes, launch.Checks);
        Objects = new(this);
        warps = new Warp[(launch.Threads + 31) / 32];
        for (var i = 0; i < warps.Length; i++)
        {
            warps[i] = new(this, i);
        }

        groups = new Warpgroup[warps.Length / Warpgroup.Warps];
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i] = new(this, i);
        }

        barriers = new BlockBarrier[16];
        for (var i = 0; i < barriers.Length; i++)
        {
            barriers[i] = new();
        }
    }

    public Launch Launch { get; }

    public SharedMemory Shared { get; }

    /// <summary>The <c>mbarrier</c>s in it.</summary>
    public BarrierObjects Objects { get; }

    public IReadOnlyList<Warp> Warps => warps;

    /// <summary>Counts what the block's threads did to wait for each other.</summary>
    public BlockTime Time { get; } = new();

    /// <summary>The block's number, counted along the first dimension first.</summary>
    public long Number { get; private set; }

    /// <summary>Its place in the grid.</summary>
    public PtxSize Place { get; private set; }

    /// <summary>Runs a block from start to end.</summary>
    /// <exception cref="PtxFaultException">Something went wrong in the kernel.</exception>
    public void Run(long number)
    {
        Number = number;
        Place = Launch.Grid.At(number);
        Shared.Reset();
        Objects.Reset();
        foreach (var group in groups)
        {
            group.Reset();
        }

        idleRounds = 0;
        foreach (var warp in warps)
        {
            var threads = Math.Min(32, Launch.Threads - (warp.Index * 32));
            warp.Begin(threads == 32 ? uint.MaxValue : (1u << threads) - 1);
        }

        foreach (var barrier in barriers)
        {
            barrier.Clear();
        }

        while (true)
        {
            var hasRun = false;
            foreach (var warp in warps)
            {
                hasRun |= warp.Run();
            }

            if (!hasRun && !TryUnblock())
            {
                foreach (var group in groups)
                {
                    group.CheckEnd();
                }

                return;
            }
        }
    }

    /// <summary>The four warps that a warp multiplies with; null where the block ends before the fourth.</summary>
    public Warpgroup? GroupOf(Warp warp) =>
        warp.Index / Warpgroup.Warps < groups.Length ? groups[warp.Index / Warpgroup.Warps] : null;

    /// <summary>A fragment of a warp comes to a barrier.</summary>
    public void Arrive(Warp warp, BarrierInstruction instruction, int id, int expected, uint mask, uint predicates)
    {
        var barrier = barriers[id];
        if (barrier.IsUsed && barrier.Expected != expected)
        {
            throw warp.Fault(
                PtxFault.BarrierDivergence,
                mask,
                $"barrier {id} waits for {Describe(barrier.Expected)}, and here for {Describe(expected)}"
            );
        }

        barrier.Expected = expected;
        barrier.Arrived += Weight(warp, mask);
        barrier.TrueCount += BitOperations.PopCount(predicates & mask);
        barrier.PredicateCount += BitOperations.PopCount(mask);
        if (instruction.IsPassing)
        {
            barrier.Passing.Add(warp);
            warp.Continue();
        }
        else
        {
            CheckAligned(warp, instruction, barrier, mask);
            warp.Fragment.State = FragmentState.AtBarrier;
            barrier.Waiting.Add((warp, warp.Fragment));
        }

        if (barrier.Arrived >= (expected == 0 ? warps.Length * 32 : expected))
        {
            Complete(barrier);
        }
    }

    /// <summary>A phase of an <c>mbarrier</c> is complete: whoever waits for one looks again.</summary>
    public void WakeObjects()
    {
        idleRounds = 0;
        foreach (var fragment in warps.SelectMany(warp => warp.Fragments))
        {
            if (fragment.State == FragmentState.AtObject)
            {
                fragment.State = FragmentState.Running;
            }
        }
    }

    // Waiting for an mbarrier ends after a while, too, so that a kernel may look at one after the other.
    private bool TryEndWaiting(IEnumerable<Fragment> waiting)
    {
        var atObjects = waiting.Where(fragment => fragment.State == FragmentState.AtObject).ToList();
        if (atObjects.Count == 0 || ++idleRounds > MaxIdleRounds)
        {
            return false;
        }

        foreach (var fragment in atObjects)
        {
            (fragment.State, fragment.HasWaited) = (FragmentState.Running, true);
        }

        return true;
    }

    private static string Describe(int threads) => threads == 0 ? "all threads of the block" : $"{threads} threads";

    // The missing lanes of the last warp come with its first one: barriers count whole warps.
    private static int Weight(Warp warp, uint mask) =>
        BitOperations.PopCount(mask) + ((mask & 1) != 0 ? 32 - BitOperations.PopCount(warp.Started) : 0);

    private void CheckAligned(Warp warp, BarrierInstruction instruction, BlockBarrier barrier, uint mask)
    {
        if (!instruction.IsAligned || (Launch.Checks & PtxChecks.BarrierDivergence) == 0)
        {
            return;
        }

        foreach (var (other, fragment) in barrier.Waiting)
        {
            if (other == warp && fragment.Pc != warp.Fragment.Pc)
            {
                throw warp.Fault(
                    PtxFault.BarrierDivergence,
                    mask,
                    $"threads of one warp are at different barriers: lanes {Lanes(mask)} here, lanes {Lanes(fragment.Mask)} at line {LineOf(fragment)}"
                );
            }
        }
    }

    private void Complete(BlockBarrier barrier)
    {
        idleRounds = 0;
        foreach (var (_, fragment) in barrier.Waiting)
        {
            var instruction = (BarrierInstruction)fragment.Frame.Function.Code.Code[fragment.Pc];
            instruction.Reduce(fragment, barrier);
            fragment.Pc++;
            fragment.State = FragmentState.Running;
        }

        WarpClock.Synchronize(
            Time,
            barrier.Waiting.Select(waiting => waiting.Warp).Concat(barrier.Passing).Select(warp => warp.Clock)
        );
        barrier.Clear();
    }

    /// <summary>Nobody can run: either all are done, or exited threads are all that a barrier lacks, or it is an error.</summary>
    private bool TryUnblock()
    {
        var waiting = warps
            .SelectMany(warp => warp.Fragments.Select(fragment => (Warp: warp, Fragment: fragment)))
            .ToList();
        if (waiting.Count == 0)
        {
            return false;
        }

        if (TryEndWaiting(waiting.Select(at => at.Fragment)))
        {
            return true;
        }

        var exited = warps.Sum(warp => Weight(warp, warp.Started & ~warp.Alive));
        foreach (var barrier in barriers)
        {
            if (barrier.Expected == 0 && barrier.IsUsed && barrier.Arrived + exited >= warps.Length * 32)
            {
                if ((Launch.Checks & PtxChecks.BarrierDivergence) != 0)
                {
                    var gone = warps.First(warp => warp.Alive != warp.Started);
                    var thread = (gone.Index * 32) + BitOperations.TrailingZeroCount(gone.Started & ~gone.Alive);
                    throw Stuck(
                        PtxFault.BarrierDivergence,
                        waiting[0],
                        $"threads wait at a barrier, and thread {Launch.Size.At(thread)} has exited without coming to it"
                    );
                }

                Complete(barrier);
                return true;
            }
        }

        var isAtBarrier = waiting.Any(at => at.Fragment.State == FragmentState.AtBarrier);
        throw Stuck(
            isAtBarrier ? PtxFault.BarrierDivergence : PtxFault.Deadlock,
            waiting.First(at => at.Fragment.State == FragmentState.AtBarrier || !isAtBarrier),
            $"threads wait for each other: {string.Join("; ", waiting.Take(8).Select(Describe))}"
        );
    }

    private string Describe((Warp Warp, Fragment Fragment) at)
    {
        var text = $"warp {at.Warp.Index}, lanes {Lanes(at.Fragment.Mask)} at line {LineOf(at.Fragment)}";
        return at.Fragment.Join is { } join && (join.Arrived & ~at.Fragment.Mask) != 0
            ? $"{text}, lanes {Lanes(join.Arrived)} where they would meet them again, line {join.Frame.Function.Code.Code[join.Pc].Syntax.Position.Line}"
            : text;
    }

    private PtxFaultException Stuck(PtxFault fault, (Warp Warp, Fragment Fragment) at, string detail) =>
        Fault(
            fault,
            at.Fragment.Frame.Function.Code.Code[at.Fragment.Pc].Syntax,
            (at.Warp.Index * 32) + BitOperations.TrailingZeroCount(at.Fragment.Mask),
            detail
        );

    private static int LineOf(Fragment fragment) => fragment.Frame.Function.Code.Code[fragment.Pc].Syntax.Position.Line;

    /// <summary>Lanes as ranges, for messages.</summary>
    public static string Lanes(uint mask)
    {
        var parts = new List<string>();
        for (var lane = 0; lane < 32; lane++)
        {
            if ((mask >> lane & 1) == 0)
            {
                continue;
            }

            var first = lane;
            while (lane < 31 && (mask >> (lane + 1) & 1) != 0)
            {
                lane++;
            }

            parts.Add(first == lane ? $"{first}" : $"{first}-{lane}");
        }

        return string.Join(",", parts);
    }

    /// <summary>An error of one thread.</summary>
    public PtxFaultException Fault(PtxFault fault, InstructionSyntax instruction, int thread, string detail) =>
        new(
            fault,
            Launch.Kernel.Name,
            instruction.Position.Line,
            instruction.Text,
            Place,
            Launch.Size.At(thread),
            detail,
            instruction.Source?.ToString()
        );

    public void Dispose()
    {
        Shared.Dispose();
        foreach (var warp in warps)
        {
            warp.Dispose();
        }
    }
}
