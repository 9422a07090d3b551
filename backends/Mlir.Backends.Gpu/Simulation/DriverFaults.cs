using Mlir.Backends.Gpu.Interop;

namespace Mlir.Backends.Gpu.Simulation;

/// <summary>What shall go wrong in the driver double, and when. Thread-safe.</summary>
internal sealed class DriverFaults : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (int After, DriverResult Result)> calls = [];
    private readonly ManualResetEventSlim copies = new(true);
    private volatile bool armed;

    /// <summary>The compiler's log with which code is rejected from now on; null to accept it.</summary>
    public string? RejectedCodeLog { get; set; }

    /// <summary>Makes a call of one function fail, once.</summary>
    /// <param name="function">The function's name in <see cref="IGpuDriver"/>; of an asynchronous one the call fails, not the work.</param>
    /// <param name="result">What it returns.</param>
    /// <param name="skip">How many calls succeed before.</param>
    public void FailCall(string function, DriverResult result, int skip = 0)
    {
        lock (gate)
        {
            calls[function] = (skip, result);
            armed = true;
        }
    }

    /// <summary>Whether a call that shall fail was not made yet.</summary>
    public bool IsPending => armed;

    /// <summary>Lets all calls succeed again.</summary>
    public void Clear()
    {
        lock (gate)
        {
            calls.Clear();
            armed = false;
        }
    }

    /// <summary>Makes copies wait where they stand in their streams, until <see cref="ReleaseCopies"/>.</summary>
    public void HoldCopies() => copies.Reset();

    /// <summary>Lets held copies go on.</summary>
    public void ReleaseCopies() => copies.Set();

    /// <summary>Called by every copy before it moves a byte.</summary>
    public void PassCopy() => copies.Wait();

    /// <summary>What a call shall return instead of doing its work; null for its work.</summary>
    public DriverResult? Of(string function)
    {
        if (!armed)
        {
            return null;
        }

        lock (gate)
        {
            if (!calls.TryGetValue(function, out var fault))
            {
                return null;
            }

            if (fault.After > 0)
            {
                calls[function] = (fault.After - 1, fault.Result);
                return null;
            }

            calls.Remove(function);
            armed = calls.Count > 0;
            return fault.Result;
        }
    }

    public void Dispose()
    {
        copies.Set();
        copies.Dispose();
    }
}
