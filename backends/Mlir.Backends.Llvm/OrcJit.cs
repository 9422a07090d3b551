using System.Runtime.InteropServices;
using Mlir.Backends.Llvm.Interop;

namespace Mlir.Backends.Llvm;

/// <summary>
/// The one ORC session of the process, which links object code into memory. Each kernel gets a symbol table (JITDylib) and a
/// resource tracker of its own, so that dropping the kernel frees its code; emptied symbol tables are used again, because
/// LLVM's C API cannot destroy one.
/// </summary>
internal static unsafe class OrcJit
{
    /// <summary>The names of dropped kernels are swept from LLVM's string pool after this many drops.</summary>
    private const int DropsPerSweep = 256;

    // Plain locks and arrays of words here and in what runs at start-up: a generic collection over a struct of ours is compiled
    // by the JIT in every process, even in a ready-to-run build, and each costs milliseconds.
    private static readonly Lock Gate = new();
    private static readonly List<object> Empty = [];
    private static Session? instance;
    private static nint[]? helpers;
    private static int dylibs;
    private static int drops;

    [ThreadStatic]
    private static string? reported;

    /// <summary>The number of symbol tables ever made; flat when kernels are dropped. For tests.</summary>
    public static int DylibCount => Volatile.Read(ref dylibs);

    /// <summary>Links objects, which may name each other's symbols, and resolves the given ones.</summary>
    public static NativeCode Load(ReadOnlySpan<LLVMMemoryBufferHandle> objectFiles, IReadOnlyList<string> symbols)
    {
        var (jit, session, dylib) = RentDylib();
        var tracker = new ResourceTrackerHandle(dylib);
        try
        {
            foreach (var objectFile in objectFiles)
            {
                Messages.Check(
                    LLVM.LLVMOrcLLJITAddObjectFileWithRT(jit, tracker.Ref, objectFile.Take()),
                    "adding object code"
                );
            }

            return new NativeCode(tracker, symbols, Lookup(jit, session, dylib, symbols));
        }
        catch
        {
            tracker.Dispose();
            throw;
        }
    }

    private static (LLVMOrcLLJITRef, LLVMOrcExecutionSessionRef, LLVMOrcJITDylibRef) RentDylib()
    {
        lock (Gate)
        {
            instance ??= Create();
            if (Empty.Count == 0)
            {
                return (instance.Jit, instance.Execution, CreateDylib(instance.Jit, instance.Execution));
            }

            var dylib = (LLVMOrcJITDylibRef)Empty[^1];
            Empty.RemoveAt(Empty.Count - 1);
            return (instance.Jit, instance.Execution, dylib);
        }
    }

    private static Session Create()
    {
        using var machine = LlvmTarget.Host.CreateMachine(LLVMCodeGenOptLevel.Aggressive);
        var builder = LLVM.LLVMOrcCreateLLJITBuilder();

        // The target machine passes to the builder; without one LLJIT would detect the host a second time.
        var described = LLVM.LLVMOrcJITTargetMachineBuilderCreateFromTargetMachine(machine.Ref);
        machine.SetHandleAsInvalid();
        LLVM.LLVMOrcLLJITBuilderSetJITTargetMachineBuilder(builder, described);
        LLVMOrcLLJITRef jit;
        Messages.Check(LLVM.LLVMOrcCreateLLJIT(&jit, builder), "starting the JIT");
        var session = LLVM.LLVMOrcLLJITGetExecutionSession(jit);
        LLVM.LLVMOrcExecutionSessionSetErrorReporter(session, &OnError, null);
        return new Session(jit, session);
    }

    private static LLVMOrcJITDylibRef CreateDylib(LLVMOrcLLJITRef jit, LLVMOrcExecutionSessionRef session)
    {
        // "Bare": LLJIT's own kind links every table against the process and runs initialisers; kernels need neither.
        var dylib = LLVM.LLVMOrcExecutionSessionCreateBareJITDylib(session, "kernel" + ++dylibs);
        helpers ??= CodeGenHelpers.Find();
        var pairs = stackalloc LLVMOrcCSymbolMapPair[helpers.Length];
        var count = 0;
        for (var i = 0; i < helpers.Length; i++)
        {
            if (helpers[i] == 0)
            {
                continue;
            }

            pairs[count++] = new LLVMOrcCSymbolMapPair
            {
                Name = LLVM.LLVMOrcLLJITMangleAndIntern(jit, CodeGenHelpers.Names[i]),
                Sym = new LLVMJITEvaluatedSymbol
                {
                    Address = (ulong)helpers[i],
                    Flags = new LLVMJITSymbolFlags
                    {
                        GenericFlags = LLVMJITSymbolFlags.Exported | LLVMJITSymbolFlags.Callable,
                    },
                },
            };
        }

        Messages.Check(
            LLVM.LLVMOrcJITDylibDefine(dylib, LLVM.LLVMOrcAbsoluteSymbols(pairs, (nuint)count)),
            "defining the code generator's helpers"
        );
        return dylib;
    }

    private static nint[] Lookup(
        LLVMOrcLLJITRef jit,
        LLVMOrcExecutionSessionRef session,
        LLVMOrcJITDylibRef dylib,
        IReadOnlyList<string> symbols
    )
    {
        var elements = new LLVMOrcCLookupSetElement[symbols.Count];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i].Name = LLVM.LLVMOrcLLJITMangleAndIntern(jit, symbols[i]);
        }

        reported = null;
        var result = new LookupResult(elements, new nint[elements.Length]);
        var state = GCHandle.Alloc(result);
        try
        {
            var order = new LLVMOrcCJITDylibSearchOrderElement { Dylib = dylib };
            fixed (LLVMOrcCLookupSetElement* set = elements)
            {
                LLVM.LLVMOrcExecutionSessionLookup(
                    session,
                    LLVMOrcLookupKind.Static,
                    &order,
                    1,
                    set,
                    (nuint)elements.Length,
                    &OnLookup,
                    (void*)GCHandle.ToIntPtr(state)
                );
            }

            // Mostly the answer is there when the call returns. But the session has one queue of what is to be linked, and a
            // thread that looks something up at the same time may have taken this from it.
            result.Wait();
        }
        finally
        {
            state.Free();
        }

        if (result.Error is { } error)
        {
            throw new LlvmException($"linking: {error}{(reported is null ? "" : $" ({reported})")}");
        }

        return result.Addresses;
    }

    [UnmanagedCallersOnly]
    private static void OnLookup(LLVMErrorRef error, LLVMOrcCSymbolMapPair* pairs, nuint count, void* state)
    {
        var result = (LookupResult)GCHandle.FromIntPtr((nint)state).Target!;
        result.Error = Messages.Take(error);
        for (nuint i = 0; i < count && result.Error is null; i++)
        {
            // Interned: equal names are the same entry.
            for (var j = 0; j < result.Elements.Length; j++)
            {
                if (result.Elements[j].Name == pairs[i].Name)
                {
                    result.Addresses[j] = (nint)pairs[i].Sym.Address;
                }
            }
        }

        result.SetAnswered();
    }

    [UnmanagedCallersOnly]
    private static void OnError(void* state, LLVMErrorRef error) => reported = Messages.Take(error);

    private sealed record Session(LLVMOrcLLJITRef Jit, LLVMOrcExecutionSessionRef Execution);

    private sealed class LookupResult(LLVMOrcCLookupSetElement[] elements, nint[] addresses)
    {
        private readonly object gate = new();
        private bool answered;

        public LLVMOrcCLookupSetElement[] Elements { get; } = elements;

        public nint[] Addresses { get; } = addresses;

        public string? Error { get; set; }

        /// <summary>The addresses, or the error, are there.</summary>
        public void SetAnswered()
        {
            lock (gate)
            {
                answered = true;
                Monitor.PulseAll(gate);
            }
        }

        /// <summary>Waits until the addresses, or the error, are there.</summary>
        public void Wait()
        {
            lock (gate)
            {
                while (!answered)
                {
                    Monitor.Wait(gate);
                }
            }
        }
    }

    /// <summary>Owns the code of one kernel. Released by the finaliser too: any thread may do it.</summary>
    internal sealed class ResourceTrackerHandle : SafeHandle
    {
        private readonly LLVMOrcJITDylibRef dylib;

        public ResourceTrackerHandle(LLVMOrcJITDylibRef dylib)
            : base(0, ownsHandle: true)
        {
            this.dylib = dylib;
            SetHandle(LLVM.LLVMOrcJITDylibCreateResourceTracker(dylib).Value);
        }

        public LLVMOrcResourceTrackerRef Ref => new(handle);

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            var removed = Messages.Take(LLVM.LLVMOrcResourceTrackerRemove(Ref)) is null;
            LLVM.LLVMOrcReleaseResourceTracker(Ref);
            if (removed)
            {
                lock (Gate)
                {
                    Empty.Add(dylib);
                }
            }

            if (Interlocked.Increment(ref drops) % DropsPerSweep == 0)
            {
                LLVM.LLVMOrcSymbolStringPoolClearDeadEntries(
                    LLVM.LLVMOrcExecutionSessionGetSymbolStringPool(instance!.Execution)
                );
            }

            return removed;
        }
    }
}
