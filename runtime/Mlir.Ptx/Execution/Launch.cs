using Mlir.Ptx.Memory;

namespace Mlir.Ptx.Execution;

/// <summary>One run of a kernel over its grid: what all its blocks share.</summary>
internal sealed unsafe class Launch
{
    private readonly CancellationToken cancellation;
    private readonly long budget;
    private readonly Lock guard = new();
    private long spent;
    private long nextBlock;
    private long faultedBlock = long.MaxValue;
    private Exception? failure;

    public Launch(LaunchPlan plan, byte* parameters, int parameterBytes, CancellationToken cancellation)
    {
        Plan = plan;
        Parameters = parameters;
        ParameterBytes = parameterBytes;
        budget = plan.Budget;
        this.cancellation = cancellation;
        GlobalAccesses = (Checks & PtxChecks.GlobalRaces) != 0 ? new GlobalAccesses() : null;
    }

    public LaunchPlan Plan { get; }
    public PtxKernel Kernel => Plan.Kernel;
    public LoadedFunction Main => Plan.Main;
    public DeviceMemory Memory => Plan.Memory;
    public PtxSize Grid => Plan.Grid;
    public PtxSize Size => Plan.Size;
    public PtxChecks Checks => Plan.Checks;

    /// <summary>The threads of a block.</summary>
    public int Threads => (int)Size.Count;

    /// <summary>A block's shared memory, dynamic and static.</summary>
    public int SharedBytes => Plan.SharedBytes;

    /// <summary>What each thread has of its own as the kernel starts.</summary>
    public int LocalBytes => Main.Code.LocalBytes;

    public byte* Parameters { get; }
    public int ParameterBytes { get; }

    /// <summary>Who accessed global memory, where the launch asks for it.</summary>
    public GlobalAccesses? GlobalAccesses { get; }

    /// <summary>Runs all blocks on up to so many host threads.</summary>
    public PtxStatistics Run(int threads)
    {
        var statistics = new PtxStatistics();
        var workers = (int)Math.Min(threads, Grid.Count);
        if (workers <= 1)
        {
            Work(statistics);
        }
        else
        {
            _ = Parallel.For(0, workers, new() { MaxDegreeOfParallelism = workers }, _ => Work(statistics));
        }

        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }

        return statistics;
    }

    // Blocks begin in their order, and those before a faulty one run to their end: the fault of the first faulty block is
    // the one that is told, however many threads there are.
    private void Work(PtxStatistics statistics)
    {
        using var block = new Block(this);
        long blocks = 0;
        try
        {
            while (
                Interlocked.Increment(ref nextBlock) - 1 is var number
                && number < Grid.Count
                && number < Volatile.Read(ref faultedBlock)
            )
            {
                blocks++;
                block.Run(number);
            }
        }
        catch (AbandonedException)
        {
            // The fault of the earlier block is the one that is told.
        }
        catch (Exception exception)
        {
            Fail(exception, exception is PtxFaultException { Fault: not PtxFault.BudgetExceeded } ? block.Number : -1);
        }
        finally
        {
            lock (guard)
            {
                statistics.Add(block, blocks);
            }
        }
    }

    private void Fail(Exception exception, long block)
    {
        lock (guard)
        {
            if (block < faultedBlock)
            {
                failure = exception;
                Volatile.Write(ref faultedBlock, block);
            }
        }
    }

    /// <summary>Ends a block that nobody needs any more, because one before it has failed.</summary>
    private sealed class AbandonedException : Exception;

    /// <summary>Counts instructions against the budget, and looks whether the launch is to end.</summary>
    public void Spend(long instructions, Warp warp)
    {
        if (Interlocked.Add(ref spent, instructions) > budget)
        {
            throw warp.Fault(
                PtxFault.BudgetExceeded,
                warp.Started,
                $"the launch has used up its {budget} instructions"
            );
        }

        cancellation.ThrowIfCancellationRequested();
        if (warp.Block.Number > Volatile.Read(ref faultedBlock))
        {
            throw new AbandonedException();
        }
    }
}
