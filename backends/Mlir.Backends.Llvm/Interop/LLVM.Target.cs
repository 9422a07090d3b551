using System.Runtime.InteropServices;

namespace Mlir.Backends.Llvm.Interop;

// Target.h, TargetMachine.h, Transforms/PassBuilder.h.
internal static unsafe partial class LLVM
{
    [LibraryImport(Library)]
    public static partial byte* LLVMGetDefaultTargetTriple();

    [LibraryImport(Library)]
    public static partial byte* LLVMGetHostCPUName();

    [LibraryImport(Library)]
    public static partial byte* LLVMGetHostCPUFeatures();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LLVMGetTargetFromTriple(string triple, LLVMTargetRef* target, byte** message);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMTargetMachineRef LLVMCreateTargetMachine(
        LLVMTargetRef target,
        string triple,
        string cpu,
        string features,
        LLVMCodeGenOptLevel level,
        LLVMRelocMode relocation,
        LLVMCodeModel model
    );

    [LibraryImport(Library)]
    public static partial void LLVMDisposeTargetMachine(LLVMTargetMachineRef machine);

    [LibraryImport(Library)]
    public static partial LLVMTargetDataRef LLVMCreateTargetDataLayout(LLVMTargetMachineRef machine);

    [LibraryImport(Library)]
    public static partial void LLVMDisposeTargetData(LLVMTargetDataRef data);

    [LibraryImport(Library)]
    public static partial void LLVMSetModuleDataLayout(LLVMModuleRef module, LLVMTargetDataRef data);

    [LibraryImport(Library)]
    public static partial int LLVMTargetMachineEmitToMemoryBuffer(
        LLVMTargetMachineRef machine,
        LLVMModuleRef module,
        LLVMCodeGenFileType type,
        byte** message,
        LLVMMemoryBufferRef* buffer
    );

    [LibraryImport(Library)]
    public static partial LLVMPassBuilderOptionsRef LLVMCreatePassBuilderOptions();

    [LibraryImport(Library)]
    public static partial void LLVMDisposePassBuilderOptions(LLVMPassBuilderOptionsRef options);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMErrorRef LLVMRunPasses(
        LLVMModuleRef module,
        string passes,
        LLVMTargetMachineRef machine,
        LLVMPassBuilderOptionsRef options
    );
}
