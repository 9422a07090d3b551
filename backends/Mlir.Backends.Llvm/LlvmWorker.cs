using Mlir.Backends.Llvm.Interop;

namespace Mlir.Backends.Llvm;

/// <summary>
/// What one compilation needs and the next can use again: a context, a target machine and its data layout. None of them is
/// thread-safe, so a compilation rents a worker and returns it.
/// </summary>
internal sealed class LlvmWorker : IDisposable
{
    /// <summary>A context never frees the types and constants it made unique, so it is renewed after this many modules.</summary>
    private const int ModulesPerContext = 64;

    /// <summary>Idle workers above this number are disposed of rather than kept.</summary>
    private const int IdleLimit = 8;

    private static readonly List<LlvmWorker> Idle = [];

    private readonly LLVMCodeGenOptLevel level;
    private readonly LLVMTargetMachineHandle machine;
    private readonly LLVMTargetDataHandle layout;
    private readonly LLVMPassBuilderOptionsHandle passOptions;
    private LlvmContext context;
    private int modules;

    private LlvmWorker(LlvmTarget target, LLVMCodeGenOptLevel level)
    {
        Target = target;
        this.level = level;
        machine = target.CreateMachine(level);
        layout = new LLVMTargetDataHandle(machine);
        passOptions = new LLVMPassBuilderOptionsHandle();
        context = new LlvmContext();
    }

    /// <summary>The context to build the module in.</summary>
    public LlvmContext Context => context;

    /// <summary>What it compiles for.</summary>
    public LlvmTarget Target { get; }

    /// <summary>LLVM's machine for SPIR-V remembers values of the last module, and crashes on the next one.</summary>
    private bool CanServeAgain => !Target.IsSpirv;

    /// <summary>Takes an idle worker, or makes one.</summary>
    public static LlvmWorker Rent(LlvmTarget target, LLVMCodeGenOptLevel level)
    {
        var worker = TakeIdle(target, level) ?? new LlvmWorker(target, level);
        if (worker.modules++ == ModulesPerContext)
        {
            worker.context.Dispose();
            worker.context = new LlvmContext();
            worker.modules = 1;
        }

        return worker;
    }

    /// <summary>Gives the worker back. Its modules must be disposed of by now.</summary>
    public void Dispose()
    {
        lock (Idle)
        {
            if (Idle.Count < IdleLimit && CanServeAgain)
            {
                Idle.Add(this);
                return;
            }
        }

        context.Dispose();
        passOptions.Dispose();
        layout.Dispose();
        machine.Dispose();
    }

    private static LlvmWorker? TakeIdle(LlvmTarget target, LLVMCodeGenOptLevel level)
    {
        lock (Idle)
        {
            for (var i = Idle.Count - 1; i >= 0; i--)
            {
                if (Idle[i].level == level && Idle[i].Target == target)
                {
                    var worker = Idle[i];
                    Idle.RemoveAt(i);
                    return worker;
                }
            }

            return null;
        }
    }

    /// <summary>Tells the module what it is compiled for; passes look at this.</summary>
    public void Prepare(LlvmModule module)
    {
        LLVM.LLVMSetTarget(module.Ref, Target.Triple);
        LLVM.LLVMSetModuleDataLayout(module.Ref, layout.Ref);
    }

    /// <summary>Runs a pass pipeline over a verified module.</summary>
    public void Run(LlvmModule module, string passes)
    {
        Messages.Check(LLVM.LLVMRunPasses(module.Ref, passes, machine.Ref, passOptions.Ref), "optimising");
        context.ThrowIfErrors("optimising");
    }

    /// <summary>Generates assembly or object code from a verified module.</summary>
    public unsafe LLVMMemoryBufferHandle Emit(LlvmModule module, LLVMCodeGenFileType type)
    {
        LLVMMemoryBufferRef buffer;
        byte* message = null;
        if (LLVM.LLVMTargetMachineEmitToMemoryBuffer(machine.Ref, module.Ref, type, &message, &buffer) != 0)
        {
            throw new LlvmException($"generating code: {Messages.Take(message)}");
        }

        var result = new LLVMMemoryBufferHandle(buffer);
        context.ThrowIfErrors("generating code");
        return result;
    }
}
