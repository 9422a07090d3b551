using Mlir.Backends.Gpu.Interop;
using Mlir.Ptx;

namespace Mlir.Backends.Gpu.Simulation;

/// <summary>A device of the driver double: a PTX machine, and whether it is still in order.</summary>
internal sealed class DoubleDevice : IDisposable
{
    private readonly Lock gate = new();
    private volatile bool isLost;

    public DoubleDevice(int ordinal, nint context, DriverDoubleOptions options)
    {
        Ordinal = ordinal;
        Context = context;
        Machine = new PtxMachine(
            new PtxMachineOptions { MemoryBytes = options.MemoryBytes, Threads = options.Threads }
        );
    }

    public int Ordinal { get; }

    /// <summary>The handle of its one context.</summary>
    public nint Context { get; }

    public PtxMachine Machine { get; }

    /// <summary>How often its context was retained.</summary>
    public int Retained;

    /// <summary>Which devices' memory its kernels may reach.</summary>
    public HashSet<nint> Peers { get; } = [];

    public bool IsLost => isLost;

    /// <summary>What every call returns since the device was lost; success before.</summary>
    public DriverResult Status { get; private set; }

    /// <summary>What happened.</summary>
    public string? Fault { get; private set; }

    /// <summary>Loses the device: what comes first is what stays.</summary>
    public void Lose(DriverResult result, string fault)
    {
        lock (gate)
        {
            if (!isLost)
            {
                Status = result;
                Fault = fault;
                isLost = true;
            }
        }
    }

    /// <summary>Does a stream's work; what goes wrong in it loses the device.</summary>
    public void Guard(StreamWork work)
    {
        try
        {
            work.Run();
        }
        catch (PtxFaultException fault)
        {
            Lose(CodeOf(fault.Fault), fault.Message);
        }
        catch (PtxException failure)
        {
            Lose(DriverResult.LaunchFailed, failure.Message);
        }
    }

    public void Dispose() => Machine.Dispose();

    private static DriverResult CodeOf(PtxFault kind) =>
        kind switch
        {
            PtxFault.OutOfBounds or PtxFault.UseAfterFree or PtxFault.ReadOnly => DriverResult.IllegalAddress,
            PtxFault.Misaligned => DriverResult.MisalignedAddress,
            PtxFault.Assertion => DriverResult.Assert,
            PtxFault.BudgetExceeded => DriverResult.LaunchTimeout,
            _ => DriverResult.LaunchFailed,
        };
}
