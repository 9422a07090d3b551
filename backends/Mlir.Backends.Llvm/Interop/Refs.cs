namespace Mlir.Backends.Llvm.Interop;

// The C API's opaque pointer types. Each is a word wide, travels in a register and owns nothing; what must be disposed of has a SafeHandle in Handles.cs.

internal readonly record struct LLVMContextRef(nint Value);

internal readonly record struct LLVMModuleRef(nint Value);

internal readonly record struct LLVMTypeRef(nint Value);

internal readonly record struct LLVMValueRef(nint Value)
{
    public bool IsNull => Value == 0;
}

internal readonly record struct LLVMUseRef(nint Value)
{
    public bool IsNull => Value == 0;
}

internal readonly record struct LLVMBasicBlockRef(nint Value);

internal readonly record struct LLVMBuilderRef(nint Value);

internal readonly record struct LLVMMetadataRef(nint Value);

internal readonly record struct LLVMAttributeRef(nint Value);

internal readonly record struct LLVMTargetRef(nint Value);

internal readonly record struct LLVMTargetMachineRef(nint Value);

internal readonly record struct LLVMTargetDataRef(nint Value);

internal readonly record struct LLVMPassBuilderOptionsRef(nint Value);

internal readonly record struct LLVMMemoryBufferRef(nint Value);

internal readonly record struct LLVMDiagnosticInfoRef(nint Value);

internal readonly record struct LLVMErrorRef(nint Value);

internal readonly record struct LLVMOrcLLJITRef(nint Value);

internal readonly record struct LLVMOrcLLJITBuilderRef(nint Value);

internal readonly record struct LLVMOrcExecutionSessionRef(nint Value);

internal readonly record struct LLVMOrcObjectLayerRef(nint Value);

internal readonly record struct LLVMOrcJITDylibRef(nint Value);

internal readonly record struct LLVMOrcJITTargetMachineBuilderRef(nint Value);

internal readonly record struct LLVMOrcResourceTrackerRef(nint Value);

internal readonly record struct LLVMOrcMaterializationUnitRef(nint Value);

internal readonly record struct LLVMOrcSymbolStringPoolRef(nint Value);

internal readonly record struct LLVMOrcSymbolStringPoolEntryRef(nint Value);
