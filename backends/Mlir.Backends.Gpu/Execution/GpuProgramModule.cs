using System.Collections.Concurrent;
using System.Collections.Immutable;
using Mlir.Backends.Gpu.Memory;
using Mlir.Lowering.Gpu;
using Mlir.Runtime;

namespace Mlir.Backends.Gpu.Execution;

/// <summary>
/// A program on a device. Several threads may call it at once: each call has a stream of its own. Arrays of the host are copied there and back;
/// <see cref="InvokeOnDevice"/> takes arrays that are there and gives arrays that stay.
/// </summary>
public sealed class GpuProgramModule : CompiledModule
{
    private readonly GpuProgram program;
    private readonly GpuModule? module; // none where everything is done on the host
    private readonly ConcurrentDictionary<string, ConcurrentBag<PlanRun>> idle = new();
    private volatile bool isDisposed;

    /// <summary>Loads a program onto a device.</summary>
    /// <param name="device">The device; the caller disposes it, after this.</param>
    /// <param name="program">What the host does.</param>
    /// <param name="code">The kernels.</param>
    /// <param name="functions">The functions as callers see them.</param>
    /// <param name="errors">The ways in which they can fail.</param>
    /// <exception cref="KernelCompileException">The device's driver does not take the code.</exception>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public GpuProgramModule(
        GpuDevice device,
        GpuProgram program,
        GpuCode code,
        ImmutableArray<FunctionInterface> functions,
        ImmutableArray<KernelError> errors
    )
        : base(functions, errors)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(program);
        this.program = program;
        Device = device;
        module = program.Kernels.IsEmpty ? null : device.Load(code);
    }

    /// <summary>The device.</summary>
    public GpuDevice Device { get; }

    /// <inheritdoc/>
    public override bool IsUsable => !isDisposed && !Device.IsLost;

    /// <inheritdoc/>
    /// <exception cref="KernelFaultException">A kernel failed.</exception>
    /// <exception cref="DeviceOutOfMemoryException">The device has not the memory.</exception>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public override object[] Invoke(string function, params ReadOnlySpan<object> arguments)
    {
        var (plan, signature) = Find(function, arguments, mayStay: false);
        var run = Rent(plan);
        try
        {
            Start(run, plan, arguments.ToArray(), results: null);
            run.Finish();
            return ReadResults(run, plan, signature);
        }
        finally
        {
            GiveBack(run, plan);
        }
    }

    /// <summary>Calls a function; its results stay on the device and are the caller's own. Waits only for what can fail and for scalar results.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="arguments">
    /// A boxed scalar of exactly the parameter's type, a <see cref="GpuArray{T}"/> of this device, or a <see cref="HostBuffer"/>, which is copied
    /// there for this call, each.
    /// </param>
    /// <returns>The results: boxed scalars, and arrays of the device, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">There is no such function, or the arguments do not fit it.</exception>
    /// <exception cref="KernelFaultException">A kernel failed.</exception>
    /// <exception cref="DeviceOutOfMemoryException">The device has not the memory.</exception>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public object[] InvokeOnDevice(string function, params ReadOnlySpan<object> arguments)
    {
        var (plan, signature) = Find(function, arguments, mayStay: true);
        var run = Rent(plan);
        try
        {
            using var results = new DeviceResults(run, plan, signature);
            Start(run, plan, arguments.ToArray(), results);
            run.Finish();
            return results.Take();
        }
        finally
        {
            GiveBack(run, plan);
        }
    }

    /// <summary>As <see cref="InvokeOnDevice"/>, completed when the results are there; no thread waits for them.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="arguments">As for <see cref="InvokeOnDevice"/>.</param>
    /// <param name="cancellation">Gives up the waiting; what was put in runs on.</param>
    /// <remarks>Where the device decides how the program goes on, as in a loop until something is small, the caller waits for what it decides.</remarks>
    public async Task<object[]> InvokeOnDeviceAsync(
        string function,
        object[] arguments,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var (plan, signature) = Find(function, arguments, mayStay: true);
        var run = Rent(plan);
        try
        {
            using var results = new DeviceResults(run, plan, signature);
            Start(run, plan, arguments, results);
            await run.Stream.WhenDoneAsync(cancellation).ConfigureAwait(false);
            run.Finish();
            return results.Take();
        }
        finally
        {
            GiveBack(run, plan);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        isDisposed = true;
        foreach (var (_, runs) in idle)
        {
            while (runs.TryTake(out var run))
            {
                run.Dispose();
            }
        }
    }

    /// <summary>Puts a call in.</summary>
    /// <param name="run">Where.</param>
    /// <param name="plan">What.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="results">Provides memory for what stays on the device; null where the arena does.</param>
    private static void Start(PlanRun run, LaunchPlan plan, object[] arguments, DeviceResults? results)
    {
        SetNumbers(run, plan, arguments);
        run.Memory.Begin(run.Measure(arena => TakeInputs(arena, arguments), providesResults: results is not null));
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] is HostBuffer host)
            {
                var bytes = host.AsBytes();
                var address = run.Memory.Take(bytes.Length);
                run.Buffers[plan.Parameters[i].Buffer] = address;
                Transfers.Upload(address, bytes, run.Stream);
            }
            else if (arguments[i] is IDeviceArray array)
            {
                run.Buffers[plan.Parameters[i].Buffer] = array.Buffer.UseIn(
                    run.Stream,
                    run.Writes(plan.Parameters[i].Buffer)
                );
            }
        }

        run.Run(results is null ? null : results.Provide);
    }

    /// <summary>A run that nobody else uses.</summary>
    private PlanRun Rent(LaunchPlan plan)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return idle.GetOrAdd(plan.Name, static _ => []).TryTake(out var run)
            ? run
            : new PlanRun(Device, module, program, plan, Errors);
    }

    private void GiveBack(PlanRun run, LaunchPlan plan)
    {
        if (Device.IsLost || isDisposed)
        {
            run.Dispose();
        }
        else
        {
            idle[plan.Name].Add(run);
        }
    }

    private (LaunchPlan Plan, KernelSignature Signature) Find(
        string function,
        ReadOnlySpan<object> arguments,
        bool mayStay
    )
    {
        var signature = GetFunction(function).Signature;
        var plan = program.Functions.First(candidate => candidate.Name == function);
        if (arguments.Length != signature.Parameters.Length)
        {
            throw new ArgumentException(
                $"'{function}' takes {signature.Parameters.Length} arguments {signature}, not {arguments.Length}.",
                nameof(arguments)
            );
        }

        for (var i = 0; i < arguments.Length; i++)
        {
            if (!ProgramArguments.Fits(signature.Parameters[i], arguments[i], mayStay))
            {
                throw new ArgumentException(
                    $"Argument #{i} of '{function}' must be {signature.Parameters[i]}, not {ProgramArguments.Describe(arguments[i])}.",
                    nameof(arguments)
                );
            }

            if (arguments[i] is IDeviceArray array && array.Buffer.Device != Device)
            {
                throw new ArgumentException(
                    $"Argument #{i} of '{function}' is on {array.Buffer.Device.Id}, the function on {Device.Id}: copy it with To(device).",
                    nameof(arguments)
                );
            }
        }

        return (plan, signature);
    }

    private static void SetNumbers(PlanRun run, LaunchPlan plan, object[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = plan.Parameters[i];
            if (!parameter.IsArray)
            {
                run.Slots[parameter.Slots[0]] = ProgramArguments.Bits(arguments[i], parameter.ElementSize);
                continue;
            }

            var lengths = ProgramArguments.Lengths(arguments[i]);
            for (var axis = 0; axis < parameter.Slots.Length; axis++)
            {
                run.Slots[parameter.Slots[axis]] = lengths[axis];
            }
        }
    }

    private static void TakeInputs(ArenaLayout arena, object[] arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument is HostBuffer host)
            {
                arena.Take(host.AsBytes().Length);
            }
        }
    }

    private static object[] ReadResults(PlanRun run, LaunchPlan plan, KernelSignature signature)
    {
        var results = new object[plan.Results.Length];
        for (var i = 0; i < results.Length; i++)
        {
            var result = plan.Results[i];
            var type = signature.Results[i].ElementType;
            if (!result.IsArray)
            {
                results[i] = ProgramArguments.Number(run, result, type);
                continue;
            }

            long[] lengths = [.. result.Slots.Select(slot => run.Slots[slot])];
            var count = lengths.Aggregate(1L, static (product, length) => checked(product * length));
            var host = new HostBuffer(type.NewArray(checked((int)count)), lengths);
            Transfers.Download(run.Buffers[result.Buffer], host.AsBytes(), run.Stream);
            results[i] = host;
        }

        return results;
    }
}
