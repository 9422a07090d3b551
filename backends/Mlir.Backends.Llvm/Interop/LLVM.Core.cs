using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Mlir.Backends.Llvm.Interop;

/// <summary>
/// LLVM's C API under its own names, each signature once, split over files like the C headers. Every call needs
/// <see cref="LlvmLibrary.Require"/> to have returned first; the owners in Handles.cs see to that.
/// </summary>
internal static unsafe partial class LLVM
{
    /// <summary>The name that <see cref="LlvmLibrary"/> resolves to the shared library it found.</summary>
    public const string Library = "LLVM";

    // Core.h: version, messages, contexts

    [LibraryImport(Library)]
    public static partial void LLVMGetVersion(uint* major, uint* minor, uint* patch);

    [LibraryImport(Library)]
    public static partial void LLVMDisposeMessage(byte* message);

    [LibraryImport(Library)]
    public static partial LLVMContextRef LLVMContextCreate();

    [LibraryImport(Library)]
    public static partial void LLVMContextDispose(LLVMContextRef context);

    [LibraryImport(Library)]
    public static partial void LLVMContextSetDiagnosticHandler(
        LLVMContextRef context,
        delegate* unmanaged<LLVMDiagnosticInfoRef, void*, void> handler,
        void* state
    );

    [LibraryImport(Library)]
    public static partial byte* LLVMGetDiagInfoDescription(LLVMDiagnosticInfoRef info);

    [LibraryImport(Library)]
    public static partial LLVMDiagnosticSeverity LLVMGetDiagInfoSeverity(LLVMDiagnosticInfoRef info);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint LLVMGetMDKindIDInContext(LLVMContextRef context, string name, uint length);

    // ErrorHandling.h, Error.h

    [LibraryImport(Library)]
    public static partial void LLVMInstallFatalErrorHandler(delegate* unmanaged<byte*, void> handler);

    [LibraryImport(Library)]
    public static partial byte* LLVMGetErrorMessage(LLVMErrorRef error);

    [LibraryImport(Library)]
    public static partial void LLVMDisposeErrorMessage(byte* message);

    // Core.h: modules

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMModuleRef LLVMModuleCreateWithNameInContext(string name, LLVMContextRef context);

    [LibraryImport(Library)]
    public static partial void LLVMDisposeModule(LLVMModuleRef module);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void LLVMSetTarget(LLVMModuleRef module, string triple);

    [LibraryImport(Library)]
    public static partial byte* LLVMPrintModuleToString(LLVMModuleRef module);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMGetFirstFunction(LLVMModuleRef module);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMGetNextFunction(LLVMValueRef function);

    [LibraryImport(Library)]
    public static partial int LLVMVerifyModule(LLVMModuleRef module, LLVMVerifierFailureAction action, byte** message);

    [LibraryImport(Library)]
    public static partial int LLVMParseIRInContext(
        LLVMContextRef context,
        LLVMMemoryBufferRef buffer,
        LLVMModuleRef* module,
        byte** message
    );

    // Core.h: memory buffers

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMMemoryBufferRef LLVMCreateMemoryBufferWithMemoryRangeCopy(
        byte* data,
        nuint length,
        string name
    );

    [LibraryImport(Library)]
    public static partial byte* LLVMGetBufferStart(LLVMMemoryBufferRef buffer);

    [LibraryImport(Library)]
    public static partial nuint LLVMGetBufferSize(LLVMMemoryBufferRef buffer);

    [LibraryImport(Library)]
    public static partial void LLVMDisposeMemoryBuffer(LLVMMemoryBufferRef buffer);

    // Core.h: types

    [LibraryImport(Library)]
    public static partial LLVMTypeRef LLVMVoidTypeInContext(LLVMContextRef context);

    [LibraryImport(Library)]
    public static partial LLVMTypeRef LLVMIntTypeInContext(LLVMContextRef context, uint bits);

    [LibraryImport(Library)]
    public static partial LLVMTypeRef LLVMHalfTypeInContext(LLVMContextRef context);

    [LibraryImport(Library)]
    public static partial LLVMTypeRef LLVMBFloatTypeInContext(LLVMContextRef context);

    [LibraryImport(Library)]
    public static partial LLVMTypeRef LLVMFloatTypeInContext(LLVMContextRef context);

    [LibraryImport(Library)]
    public static partial LLVMTypeRef LLVMDoubleTypeInContext(LLVMContextRef context);

    [LibraryImport(Library)]
    public static partial LLVMTypeRef LLVMX86FP80TypeInContext(LLVMContextRef context);

    [LibraryImport(Library)]
    public static partial LLVMTypeRef LLVMFP128TypeInContext(LLVMContextRef context);

    [LibraryImport(Library)]
    public static partial LLVMTypeRef LLVMPointerTypeInContext(LLVMContextRef context, uint addressSpace);

    [LibraryImport(Library)]
    public static partial LLVMTypeRef LLVMArrayType2(LLVMTypeRef element, ulong count);

    [LibraryImport(Library)]
    public static partial LLVMTypeRef LLVMVectorType(LLVMTypeRef element, uint count);

    [LibraryImport(Library)]
    public static partial LLVMTypeRef LLVMScalableVectorType(LLVMTypeRef element, uint count);

    [LibraryImport(Library)]
    public static partial LLVMTypeRef LLVMStructTypeInContext(
        LLVMContextRef context,
        LLVMTypeRef* elements,
        uint count,
        int packed
    );

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMTypeRef LLVMStructCreateNamed(LLVMContextRef context, string name);

    [LibraryImport(Library)]
    public static partial void LLVMStructSetBody(LLVMTypeRef type, LLVMTypeRef* elements, uint count, int packed);

    [LibraryImport(Library)]
    public static partial LLVMTypeRef LLVMFunctionType(
        LLVMTypeRef result,
        LLVMTypeRef* parameters,
        uint count,
        int variadic
    );

    [LibraryImport(Library)]
    public static partial LLVMTypeRef LLVMTypeOf(LLVMValueRef value);

    // Core.h: constants

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMConstInt(LLVMTypeRef type, ulong value, int signExtend);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMConstIntOfArbitraryPrecision(LLVMTypeRef type, uint words, ulong* value);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMConstBitCast(LLVMValueRef value, LLVMTypeRef type);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMConstNull(LLVMTypeRef type);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMGetUndef(LLVMTypeRef type);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMGetPoison(LLVMTypeRef type);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMConstVector(LLVMValueRef* elements, uint count);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMConstArray2(LLVMTypeRef element, LLVMValueRef* elements, ulong count);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMConstStringInContext(
        LLVMContextRef context,
        byte* text,
        uint length,
        int withoutNull
    );

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMConstStructInContext(
        LLVMContextRef context,
        LLVMValueRef* values,
        uint count,
        int packed
    );

    // Core.h: globals and functions

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMValueRef LLVMAddGlobalInAddressSpace(
        LLVMModuleRef module,
        LLVMTypeRef type,
        string name,
        uint addressSpace
    );

    [LibraryImport(Library)]
    public static partial void LLVMSetInitializer(LLVMValueRef global, LLVMValueRef value);

    [LibraryImport(Library)]
    public static partial void LLVMSetGlobalConstant(LLVMValueRef global, int isConstant);

    [LibraryImport(Library)]
    public static partial void LLVMSetLinkage(LLVMValueRef global, LLVMLinkage linkage);

    [LibraryImport(Library)]
    public static partial void LLVMSetValueName2(LLVMValueRef value, byte* name, nuint length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMValueRef LLVMGetNamedFunction(LLVMModuleRef module, string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void LLVMAddTargetDependentFunctionAttr(LLVMValueRef function, string name, string value);

    [LibraryImport(Library)]
    public static partial byte* LLVMPrintTypeToString(LLVMTypeRef type);

    [LibraryImport(Library)]
    public static partial int LLVMLinkModules2(LLVMModuleRef destination, LLVMModuleRef source);

    [LibraryImport(Library)]
    public static partial LLVMLinkage LLVMGetLinkage(LLVMValueRef global);

    [LibraryImport(Library)]
    public static partial void LLVMSetUnnamedAddress(LLVMValueRef global, LLVMUnnamedAddr value);

    [LibraryImport(Library)]
    public static partial void LLVMSetAlignment(LLVMValueRef value, uint bytes);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LLVMValueRef LLVMAddFunction(LLVMModuleRef module, string name, LLVMTypeRef type);

    [LibraryImport(Library)]
    public static partial void LLVMSetFunctionCallConv(LLVMValueRef function, uint convention);

    [LibraryImport(Library)]
    public static partial void LLVMSetInstructionCallConv(LLVMValueRef call, uint convention);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMGetParam(LLVMValueRef function, uint index);

    [LibraryImport(Library)]
    public static partial int LLVMIsDeclaration(LLVMValueRef global);

    [LibraryImport(Library)]
    public static partial byte* LLVMGetValueName2(LLVMValueRef value, nuint* length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint LLVMLookupIntrinsicID(string name, nuint length);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMGetIntrinsicDeclaration(
        LLVMModuleRef module,
        uint id,
        LLVMTypeRef* types,
        nuint count
    );

    [LibraryImport(Library)]
    public static partial LLVMTypeRef LLVMGlobalGetValueType(LLVMValueRef global);

    [LibraryImport(Library)]
    public static partial LLVMUseRef LLVMGetFirstUse(LLVMValueRef value);

    [LibraryImport(Library)]
    public static partial LLVMUseRef LLVMGetNextUse(LLVMUseRef use);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMGetUser(LLVMUseRef use);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMIsACallInst(LLVMValueRef value);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMGetCalledValue(LLVMValueRef call);

    // Core.h: attributes and metadata

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint LLVMGetEnumAttributeKindForName(string name, nuint length);

    [LibraryImport(Library)]
    public static partial LLVMAttributeRef LLVMCreateEnumAttribute(LLVMContextRef context, uint kind, ulong value);

    [LibraryImport(Library)]
    public static partial LLVMAttributeRef LLVMCreateTypeAttribute(LLVMContextRef context, uint kind, LLVMTypeRef type);

    [LibraryImport(Library)]
    public static partial LLVMAttributeRef LLVMCreateStringAttribute(
        LLVMContextRef context,
        byte* key,
        uint keyLength,
        byte* value,
        uint valueLength
    );

    [LibraryImport(Library)]
    public static partial LLVMAttributeRef LLVMGetEnumAttributeAtIndex(LLVMValueRef function, uint index, uint kind);

    [LibraryImport(Library)]
    public static partial void LLVMAddAttributeAtIndex(LLVMValueRef function, uint index, LLVMAttributeRef attribute);

    [LibraryImport(Library)]
    public static partial void LLVMAddCallSiteAttribute(LLVMValueRef call, uint index, LLVMAttributeRef attribute);

    [LibraryImport(Library)]
    public static partial LLVMMetadataRef LLVMMDStringInContext2(LLVMContextRef context, byte* text, nuint length);

    [LibraryImport(Library)]
    public static partial LLVMMetadataRef LLVMMDNodeInContext2(
        LLVMContextRef context,
        LLVMMetadataRef* nodes,
        nuint count
    );

    [LibraryImport(Library)]
    public static partial LLVMMetadataRef LLVMTemporaryMDNode(
        LLVMContextRef context,
        LLVMMetadataRef* nodes,
        nuint count
    );

    [LibraryImport(Library)]
    public static partial void LLVMMetadataReplaceAllUsesWith(LLVMMetadataRef temporary, LLVMMetadataRef replacement);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMMetadataAsValue(LLVMContextRef context, LLVMMetadataRef node);

    [LibraryImport(Library)]
    public static partial LLVMMetadataRef LLVMValueAsMetadata(LLVMValueRef value);

    [LibraryImport(Library)]
    public static partial void LLVMReplaceMDNodeOperandWith(LLVMValueRef node, uint index, LLVMMetadataRef replacement);

    [LibraryImport(Library)]
    public static partial void LLVMSetMetadata(LLVMValueRef instruction, uint kind, LLVMValueRef node);
}
