using System.Buffers.Binary;
using System.Collections.Immutable;
using Mlir.Backends.Gpu.Memory;
using Mlir.Backends.Gpu.Streams;
using Mlir.Lowering.Gpu;
using Mlir.Runtime;

namespace Mlir.Backends.Gpu.Execution;

/// <summary>
/// Runs a plan in a stream of its own: slots are computed here, launches are collected and put in together, so that what repeats is replayed as a
/// graph. One call at a time.
/// </summary>
internal sealed class PlanRun : IDisposable
{
    private const int StatusBytes = sizeof(int);

    /// <summary>How many launches of a plan with loops are collected before they are put in.</summary>
    private const int MostCollected = 64;

    private readonly GpuDevice device;
    private readonly GpuModule? module;
    private readonly LaunchPlan plan;
    private readonly ImmutableArray<KernelInfo> infos;
    private readonly GpuKernel[] kernels;
    private readonly ImmutableArray<KernelError> errors;
    private readonly LaunchList list;
    private readonly ArenaLayout measured = new();
    private readonly DeviceBuffer? status;
    private readonly bool[] written;
    private readonly long[] places; // of buffers, while sizes are only measured

    public PlanRun(
        GpuDevice device,
        GpuModule? module,
        GpuProgram program,
        LaunchPlan plan,
        ImmutableArray<KernelError> errors
    )
    {
        this.device = device;
        this.module = module;
        this.plan = plan;
        this.errors = errors;
        infos = program.Kernels;
        kernels = new GpuKernel[infos.Length];
        Slots = new long[plan.SlotCount];
        Buffers = new ulong[plan.BufferCount];
        places = new long[plan.BufferCount];
        written = new bool[plan.BufferCount];
        foreach (var launch in plan.Steps.OfType<LaunchStep>())
        {
            for (var i = 0; i < launch.Arguments.Length; i++)
            {
                if (
                    launch.Arguments[i] is { IsBuffer: true, Number: var buffer }
                    && infos[launch.Kernel].Parameters[i] != KernelParameterKind.ReadOnlyAddress
                )
                {
                    written[buffer] = true;
                }
            }
        }

        // What a buffer is handed on to may be written, too.
        for (var isNew = true; isNew; )
        {
            isNew = false;
            foreach (var move in plan.Steps.OfType<MoveStep>().Where(m => written[m.Target] && !written[m.Source]))
            {
                written[move.Source] = isNew = true;
            }
        }

        Stream = device.CreateStream();
        try
        {
            Memory = new RunMemory(Stream);
            list = new LaunchList(device) { MayReplay = !plan.HasControlFlow };
            var canFail = plan.Steps.Any(step => step is LaunchStep launch && infos[launch.Kernel].CanFail);
            status = canFail ? new DeviceBuffer(device, StatusBytes, Stream) : null;
        }
        catch
        {
            Stream.Dispose();
            throw;
        }
    }

    /// <summary>Where everything is done.</summary>
    public GpuStream Stream { get; }

    /// <summary>What buffers get that nobody else provides.</summary>
    public RunMemory Memory { get; }

    /// <summary>The numbers.</summary>
    public long[] Slots { get; }

    /// <summary>The addresses.</summary>
    public ulong[] Buffers { get; }

    /// <summary>Whether a kernel may write a buffer.</summary>
    public bool Writes(int buffer) => written[buffer];

    /// <summary>The bytes that a run needs with what <paramref name="before"/> takes first; for a plan whose sizes only a run shows, what the runs so far took.</summary>
    /// <param name="before">Takes what is there before the first step.</param>
    /// <param name="providesResults">Whether results have memory of their own.</param>
    public long Measure(Action<ArenaLayout> before, bool providesResults)
    {
        if (plan.HasControlFlow)
        {
            return Memory.Peak;
        }

        measured.Reset(long.MaxValue);
        before(measured);
        foreach (var step in plan.Steps)
        {
            switch (step)
            {
                case AllocateStep allocate when !(providesResults && allocate.Result >= 0):
                    places[allocate.Buffer] = measured.Take(BytesOf(allocate));
                    break;
                case FreeStep free:
                    measured.Give(places[free.Buffer]);
                    break;
                default:
                    ComputeHere(step);
                    break;
            }
        }

        return measured.HighWater;
    }

    /// <summary>Runs the steps; what was put in runs on when this returns.</summary>
    /// <param name="provide">The memory of a result, by its number and its bytes; null where the arena provides it.</param>
    public void Run(Func<int, long, ulong>? provide)
    {
        list.Clear();
        if (status is not null)
        {
            list.AddClear(status.Address, StatusBytes);
        }

        Span<ulong> arguments = stackalloc ulong[MostArguments];
        for (var i = 0; i < plan.Steps.Length; i++)
        {
            switch (plan.Steps[i])
            {
                case AllocateStep allocate:
                    Buffers[allocate.Buffer] =
                        provide is not null && allocate.Result >= 0
                            ? provide(allocate.Result, BytesOf(allocate))
                            : Memory.Take(BytesOf(allocate));
                    break;
                case FreeStep free:
                    if (Memory.IsBlock(Buffers[free.Buffer]))
                    {
                        Submit(); // another stream may get it, and waits for what this one has been given
                    }

                    Memory.Give(Buffers[free.Buffer]);
                    break;
                case MoveStep move:
                    Buffers[move.Target] = Buffers[move.Source];
                    break;
                case LaunchStep launch:
                    if (plan.HasControlFlow && list.Count == MostCollected)
                    {
                        Submit(); // a loop: the device may begin
                    }

                    Add(launch, arguments);
                    break;
                case ReadStep read:
                    Submit();
                    Slots[read.Target] = Read(
                        Buffers[read.Buffer] + (ulong)(Slots[read.Position] * read.ElementSize),
                        read.ElementSize
                    );
                    break;
                case JumpStep jump:
                    i = jump.Step - 1;
                    break;
                case BranchStep branch:
                    i = Slots[branch.Condition] == 0 ? branch.Step - 1 : i;
                    break;
                case var step:
                    ComputeHere(step);
                    break;
            }
        }

        Submit();
    }

    /// <summary>Waits for everything and throws what a kernel has found wrong.</summary>
    public void Finish()
    {
        if (status is not null && Read(status.Address, StatusBytes) is var code and not 0)
        {
            throw Failure((int)code - 1);
        }
    }

    /// <summary>Copies a number from the device, and waits for it.</summary>
    public long Read(ulong address, int bytes)
    {
        Span<byte> value = stackalloc byte[sizeof(long)];
        value.Clear();
        Transfers.Download(address, value[..bytes], Stream);
        return BinaryPrimitives.ReadInt64LittleEndian(value);
    }

    public void Dispose()
    {
        list.Dispose();
        status?.Dispose();
        Memory.Dispose();
        Stream.Dispose();
    }

    private int MostArguments =>
        1
        + plan.Steps.Select(static step => step is LaunchStep launch ? launch.Arguments.Length : 0)
            .DefaultIfEmpty()
            .Max();

    private void Submit()
    {
        list.Submit(Stream);
        list.Clear();
    }

    private void Add(LaunchStep launch, Span<ulong> arguments)
    {
        var blocks = Slots[launch.Blocks];
        if (blocks == 0)
        {
            return;
        }

        var info = infos[launch.Kernel];
        var kernel = kernels[launch.Kernel] ??= module!.GetKernel(info.Name);
        var count = 0;
        foreach (var argument in launch.Arguments)
        {
            arguments[count++] = argument.IsBuffer ? Buffers[argument.Number] : (ulong)Slots[argument.Number];
        }

        if (info.CanFail)
        {
            arguments[count++] = status!.Address;
        }

        var shared = launch.SharedBytes < 0 ? 0 : checked((int)Slots[launch.SharedBytes]);
        list.AddLaunch(
            kernel,
            new GpuGrid(checked((int)blocks), info.BlockSize) { SharedBytes = shared },
            arguments[..count]
        );
    }

    private void ComputeHere(PlanStep step)
    {
        switch (step)
        {
            case ConstantStep constant:
                Slots[constant.Target] = constant.Value;
                break;
            case ComputeStep compute:
                Slots[compute.Target] = SlotMath.Compute(
                    compute.Operation,
                    Slots[compute.First],
                    Slots[compute.Second],
                    Slots[compute.Third]
                );
                break;
            case AssertStep check when Slots[check.Condition] == 0:
                throw Failure(check.Error);
            default:
                break;
        }
    }

    private Exception Failure(int error) =>
        (uint)error < (uint)errors.Length
            ? errors[error].ToException()
            : new InvalidOperationException($"'{plan.Name}' failed with a status that it does not explain: {error}.");

    /// <exception cref="DeviceOutOfMemoryException">No device has so much.</exception>
    private long BytesOf(AllocateStep allocate)
    {
        var elements = Slots[allocate.Elements];
        return elements >= 0 && elements <= device.Info.MemoryBytes / Math.Max(1, allocate.ElementSize)
            ? elements * allocate.ElementSize
            : throw new DeviceOutOfMemoryException(
                device.Id,
                elements < 0 || elements > long.MaxValue / allocate.ElementSize
                    ? long.MaxValue
                    : elements * allocate.ElementSize,
                device.Statistics.Memory
            );
    }
}
