using Mlir.Ptx.Decoding;
using Mlir.Ptx.Execution;
using Mlir.Ptx.Memory;
using Mlir.Ptx.Text;

namespace Mlir.Ptx;

/// <summary>
/// A GPU in software: memory with addresses of its own, and launches that interpret PTX and say what is wrong with it. Several
/// threads may use a machine at the same time.
/// </summary>
public sealed class PtxMachine : IDisposable
{
    private readonly PtxMachineOptions options;
    private readonly DeviceMemory memory;
    private readonly Lock guard = new();
    private readonly Dictionary<PtxModule, Dictionary<Variable, Allocation>> loaded = [];
    private long launches;

    /// <summary>Makes a machine.</summary>
    /// <param name="options">What it has and what it looks for.</param>
    public PtxMachine(PtxMachineOptions? options = null)
    {
        this.options = options ?? new();
        memory = new(this.options.MemoryBytes);
    }

    /// <summary>The bytes of global memory that are in use.</summary>
    public long MemoryInUse => memory.InUse;

    /// <summary>How many allocations are live, the variables of loaded modules among them.</summary>
    public int AllocationCount => memory.Live.Count;

    /// <summary>Allocates global memory, all zero.</summary>
    /// <param name="bytes">The size, of one byte or more.</param>
    /// <returns>The address, a multiple of 256 that was never given out before.</returns>
    /// <exception cref="PtxOutOfMemoryException">There is not as much left.</exception>
    public ulong Allocate(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        return memory.Allocate(bytes, "an allocation").Address;
    }

    /// <summary>Gives an allocation back. A launch that uses it afterwards fails.</summary>
    /// <exception cref="PtxMemoryException">The address is not that of a live allocation.</exception>
    public void Free(ulong address) => memory.Free(address);

    /// <summary>Copies bytes into the machine.</summary>
    /// <exception cref="PtxMemoryException">The range does not lie in one live allocation.</exception>
    public void Write(ulong destination, ReadOnlySpan<byte> source)
    {
        memory.Enter();
        try
        {
            source.CopyTo(memory.Range(destination, source.Length));
        }
        finally
        {
            memory.Leave();
        }
    }

    /// <summary>Copies bytes out of the machine.</summary>
    /// <exception cref="PtxMemoryException">The range does not lie in one live allocation.</exception>
    public void Read(ulong source, Span<byte> destination)
    {
        memory.Enter();
        try
        {
            memory.Range(source, destination.Length).CopyTo(destination);
        }
        finally
        {
            memory.Leave();
        }
    }

    /// <summary>Copies bytes inside of the machine; the ranges may overlap.</summary>
    /// <exception cref="PtxMemoryException">A range does not lie in one live allocation.</exception>
    public void Copy(ulong destination, ulong source, long bytes)
    {
        memory.Enter();
        try
        {
            memory.Move(destination, source, bytes);
        }
        finally
        {
            memory.Leave();
        }
    }

    /// <summary>Fills a range with a pattern of one byte or more, again and again.</summary>
    /// <exception cref="PtxMemoryException">The range does not lie in one live allocation.</exception>
    public void Fill(ulong destination, long bytes, ReadOnlySpan<byte> pattern)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pattern.Length, 1);
        memory.Enter();
        try
        {
            memory.Fill(destination, bytes, pattern);
        }
        finally
        {
            memory.Leave();
        }
    }

    /// <summary>Puts a module's variables into memory with their first values; does nothing where they are there.</summary>
    /// <exception cref="PtxOutOfMemoryException">There is not enough memory left.</exception>
    public void Load(PtxModule module) => _ = Variables(module);

    /// <summary>Takes a module's variables out of memory.</summary>
    public void Unload(PtxModule module)
    {
        lock (guard)
        {
            if (loaded.Remove(module, out var variables))
            {
                foreach (var allocation in variables.Values)
                {
                    memory.Free(allocation.Address);
                }
            }
        }
    }

    /// <summary>The address of a module's variable; loads the module where that has not been done.</summary>
    /// <exception cref="KeyNotFoundException">The module has no such variable.</exception>
    public ulong AddressOf(PtxModule module, string variable) =>
        module.Decoder.Variable(variable) is { } found && Variables(module).TryGetValue(found, out var allocation)
            ? allocation.Address
            : throw new KeyNotFoundException($"the module has no variable '{variable}' in global or constant memory");

    /// <summary>Runs a kernel and waits for its end.</summary>
    /// <param name="kernel">What to run.</param>
    /// <param name="grid">How many blocks.</param>
    /// <param name="block">How many threads in each of them.</param>
    /// <param name="dynamicSharedBytes">Shared memory in addition to what the kernel declares.</param>
    /// <param name="arguments">A value for each parameter.</param>
    /// <exception cref="PtxLaunchException">Sizes or arguments do not fit the kernel or the machine.</exception>
    /// <exception cref="PtxFaultException">Something went wrong in the kernel.</exception>
    public PtxStatistics Launch(
        PtxKernel kernel,
        PtxSize grid,
        PtxSize block,
        int dynamicSharedBytes,
        params ReadOnlySpan<PtxArgument> arguments
    )
    {
        if (arguments.Length != kernel.Parameters.Count)
        {
            throw new PtxLaunchException(
                $"'{kernel.Name}' has {kernel.Parameters.Count} parameters, and {arguments.Length} arguments are given"
            );
        }

        var parameters = new byte[kernel.ParameterBytes];
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = kernel.Parameters[i];
            if (arguments[i].Bytes != parameter.Bytes)
            {
                throw new PtxLaunchException(
                    $"'{parameter.Name}' of '{kernel.Name}' has {parameter.Bytes} bytes, and {arguments[i].Bytes} are given"
                );
            }

            arguments[i].CopyTo(parameters.AsSpan(parameter.Offset));
        }

        return Launch(kernel, grid, block, dynamicSharedBytes, parameters);
    }

    /// <summary>Runs a kernel and waits for its end.</summary>
    /// <param name="kernel">What to run.</param>
    /// <param name="grid">How many blocks.</param>
    /// <param name="block">How many threads in each of them.</param>
    /// <param name="dynamicSharedBytes">Shared memory in addition to what the kernel declares.</param>
    /// <param name="parameters">The parameter buffer, laid out as <see cref="PtxKernel.Parameters"/> says.</param>
    /// <param name="cancellation">Ends the launch early.</param>
    /// <param name="checks">What to look for; what the machine's options say where this is null.</param>
    /// <exception cref="PtxLaunchException">Sizes do not fit the kernel or the machine.</exception>
    /// <exception cref="PtxFaultException">Something went wrong in the kernel.</exception>
    /// <exception cref="OperationCanceledException">The launch was cancelled.</exception>
    public unsafe PtxStatistics Launch(
        PtxKernel kernel,
        PtxSize grid,
        PtxSize block,
        int dynamicSharedBytes,
        ReadOnlySpan<byte> parameters,
        CancellationToken cancellation = default,
        PtxChecks? checks = null
    )
    {
        var shared = LaunchLimits.Check(kernel, grid, block, dynamicSharedBytes, parameters.Length, options);
        cancellation.ThrowIfCancellationRequested();
        memory.Enter();
        try
        {
            var plan = new LaunchPlan(
                kernel,
                memory,
                Bind(kernel),
                grid,
                block,
                shared,
                dynamicSharedBytes,
                checks ?? options.Checks,
                options.InstructionBudget,
                Interlocked.Increment(ref launches)
            );
            fixed (byte* buffer = parameters)
            {
                var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
                return new Launch(plan, buffer, parameters.Length, cancellation).Run(threads);
            }
        }
        finally
        {
            memory.Leave();
        }
    }

    /// <summary>Releases the machine's memory.</summary>
    public void Dispose()
    {
        lock (guard)
        {
            loaded.Clear();
        }

        memory.ReleaseAll();
    }

    private Dictionary<Variable, Allocation> Variables(PtxModule module)
    {
        lock (guard)
        {
            return loaded.TryGetValue(module, out var known)
                ? known
                : loaded[module] = ModuleLoader.Load(module, memory);
        }
    }

    private Dictionary<FunctionCode, LoadedFunction> Bind(PtxKernel kernel) =>
        ModuleLoader.Bind(kernel, Variables(kernel.Module));
}
