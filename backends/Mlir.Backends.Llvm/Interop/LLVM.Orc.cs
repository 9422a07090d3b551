using System.Runtime.InteropServices;

namespace Mlir.Backends.Llvm.Interop;

// Orc.h, LLJIT.h, OrcEE.h.
internal static unsafe partial class LLVM
{
    [LibraryImport(Library)]
    public static partial LLVMOrcLLJITBuilderRef LLVMOrcCreateLLJITBuilder();

    [LibraryImport(Library)]
    public static partial void LLVMOrcLLJITBuilderSetJITTargetMachineBuilder(
        LLVMOrcLLJITBuilderRef builder,
        LLVMOrcJITTargetMachineBuilderRef machine
    );

    [LibraryImport(Library)]
    public static partial void LLVMOrcLLJITBuilderSetObjectLinkingLayerCreator(
        LLVMOrcLLJITBuilderRef builder,
        delegate* unmanaged<void*, LLVMOrcExecutionSessionRef, byte*, LLVMOrcObjectLayerRef> create,
        void* state
    );

    [LibraryImport(Library)]
    public static partial LLVMOrcObjectLayerRef LLVMOrcCreateRTDyldObjectLinkingLayerWithSectionMemoryManager(
        LLVMOrcExecutionSessionRef session
    );

    [LibraryImport(Library)]
    public static partial LLVMOrcJITTargetMachineBuilderRef LLVMOrcJITTargetMachineBuilderCreateFromTargetMachine(
        LLVMTargetMachineRef machine
    );

    [LibraryImport(Library)]
    public static partial LLVMErrorRef LLVMOrcCreateLLJIT(LLVMOrcLLJITRef* jit, LLVMOrcLLJITBuilderRef builder);

    [LibraryImport(Library)]
    public static partial LLVMErrorRef LLVMOrcDisposeLLJIT(LLVMOrcLLJITRef jit);

    [LibraryImport(Library)]
    public static partial LLVMOrcExecutionSessionRef LLVMOrcLLJITGetExecutionSession(LLVMOrcLLJITRef jit);

    [LibraryImport(Library)]
    public static partial LLVMErrorRef LLVMOrcLLJITAddObjectFileWithRT(
        LLVMOrcLLJITRef jit,
        LLVMOrcResourceTrackerRef tracker,
        LLVMMemoryBufferRef buffer
    );

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMOrcSymbolStringPoolEntryRef LLVMOrcLLJITMangleAndIntern(LLVMOrcLLJITRef jit, string name);

    [LibraryImport(Library)]
    public static partial void LLVMOrcReleaseSymbolStringPoolEntry(LLVMOrcSymbolStringPoolEntryRef entry);

    [LibraryImport(Library)]
    public static partial void LLVMOrcRetainSymbolStringPoolEntry(LLVMOrcSymbolStringPoolEntryRef entry);

    [LibraryImport(Library)]
    public static partial LLVMOrcSymbolStringPoolRef LLVMOrcExecutionSessionGetSymbolStringPool(
        LLVMOrcExecutionSessionRef session
    );

    [LibraryImport(Library)]
    public static partial void LLVMOrcSymbolStringPoolClearDeadEntries(LLVMOrcSymbolStringPoolRef pool);

    [LibraryImport(Library)]
    public static partial void LLVMOrcExecutionSessionSetErrorReporter(
        LLVMOrcExecutionSessionRef session,
        delegate* unmanaged<void*, LLVMErrorRef, void> report,
        void* state
    );

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMOrcJITDylibRef LLVMOrcExecutionSessionCreateBareJITDylib(
        LLVMOrcExecutionSessionRef session,
        string name
    );

    [LibraryImport(Library)]
    public static partial LLVMOrcResourceTrackerRef LLVMOrcJITDylibCreateResourceTracker(LLVMOrcJITDylibRef dylib);

    [LibraryImport(Library)]
    public static partial LLVMErrorRef LLVMOrcResourceTrackerRemove(LLVMOrcResourceTrackerRef tracker);

    [LibraryImport(Library)]
    public static partial void LLVMOrcReleaseResourceTracker(LLVMOrcResourceTrackerRef tracker);

    [LibraryImport(Library)]
    public static partial LLVMOrcMaterializationUnitRef LLVMOrcAbsoluteSymbols(
        LLVMOrcCSymbolMapPair* symbols,
        nuint count
    );

    [LibraryImport(Library)]
    public static partial LLVMErrorRef LLVMOrcJITDylibDefine(
        LLVMOrcJITDylibRef dylib,
        LLVMOrcMaterializationUnitRef unit
    );

    [LibraryImport(Library)]
    public static partial void LLVMOrcExecutionSessionLookup(
        LLVMOrcExecutionSessionRef session,
        LLVMOrcLookupKind kind,
        LLVMOrcCJITDylibSearchOrderElement* order,
        nuint orderLength,
        LLVMOrcCLookupSetElement* symbols,
        nuint symbolCount,
        delegate* unmanaged<LLVMErrorRef, LLVMOrcCSymbolMapPair*, nuint, void*, void> handle,
        void* state
    );
}
