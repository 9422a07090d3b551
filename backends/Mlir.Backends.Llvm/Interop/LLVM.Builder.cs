using System.Runtime.InteropServices;

namespace Mlir.Backends.Llvm.Interop;

// Core.h: blocks and the instruction builder. Values are left unnamed: LLVM numbers them when it prints.
internal static unsafe partial class LLVM
{
    [LibraryImport(Library)]
    public static partial LLVMBasicBlockRef LLVMAppendBasicBlockInContext(
        LLVMContextRef context,
        LLVMValueRef function,
        byte* name
    );

    [LibraryImport(Library)]
    public static partial LLVMBuilderRef LLVMCreateBuilderInContext(LLVMContextRef context);

    [LibraryImport(Library)]
    public static partial void LLVMDisposeBuilder(LLVMBuilderRef builder);

    [LibraryImport(Library)]
    public static partial void LLVMPositionBuilderAtEnd(LLVMBuilderRef builder, LLVMBasicBlockRef block);

    [LibraryImport(Library)]
    public static partial void LLVMClearInsertionPosition(LLVMBuilderRef builder);

    [LibraryImport(Library)]
    public static partial LLVMBasicBlockRef LLVMGetInsertBlock(LLVMBuilderRef builder);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildRetVoid(LLVMBuilderRef builder);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildRet(LLVMBuilderRef builder, LLVMValueRef value);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildBr(LLVMBuilderRef builder, LLVMBasicBlockRef target);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildCondBr(
        LLVMBuilderRef builder,
        LLVMValueRef condition,
        LLVMBasicBlockRef then,
        LLVMBasicBlockRef otherwise
    );

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildSwitch(
        LLVMBuilderRef builder,
        LLVMValueRef value,
        LLVMBasicBlockRef otherwise,
        uint cases
    );

    [LibraryImport(Library)]
    public static partial void LLVMAddCase(LLVMValueRef @switch, LLVMValueRef value, LLVMBasicBlockRef target);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildUnreachable(LLVMBuilderRef builder);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildPhi(LLVMBuilderRef builder, LLVMTypeRef type, byte* name);

    [LibraryImport(Library)]
    public static partial void LLVMAddIncoming(
        LLVMValueRef phi,
        LLVMValueRef* values,
        LLVMBasicBlockRef* blocks,
        uint count
    );

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildBinOp(
        LLVMBuilderRef builder,
        LLVMOpcode opcode,
        LLVMValueRef left,
        LLVMValueRef right,
        byte* name
    );

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildFNeg(LLVMBuilderRef builder, LLVMValueRef value, byte* name);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildCast(
        LLVMBuilderRef builder,
        LLVMOpcode opcode,
        LLVMValueRef value,
        LLVMTypeRef type,
        byte* name
    );

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildICmp(
        LLVMBuilderRef builder,
        LLVMIntPredicate predicate,
        LLVMValueRef left,
        LLVMValueRef right,
        byte* name
    );

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildFCmp(
        LLVMBuilderRef builder,
        LLVMRealPredicate predicate,
        LLVMValueRef left,
        LLVMValueRef right,
        byte* name
    );

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildSelect(
        LLVMBuilderRef builder,
        LLVMValueRef condition,
        LLVMValueRef then,
        LLVMValueRef otherwise,
        byte* name
    );

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildFreeze(LLVMBuilderRef builder, LLVMValueRef value, byte* name);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildArrayAlloca(
        LLVMBuilderRef builder,
        LLVMTypeRef type,
        LLVMValueRef count,
        byte* name
    );

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildLoad2(
        LLVMBuilderRef builder,
        LLVMTypeRef type,
        LLVMValueRef pointer,
        byte* name
    );

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildStore(LLVMBuilderRef builder, LLVMValueRef value, LLVMValueRef pointer);

    [LibraryImport(Library)]
    public static partial void LLVMSetVolatile(LLVMValueRef access, int isVolatile);

    [LibraryImport(Library)]
    public static partial void LLVMSetOrdering(LLVMValueRef access, int ordering);

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildGEPWithNoWrapFlags(
        LLVMBuilderRef builder,
        LLVMTypeRef type,
        LLVMValueRef pointer,
        LLVMValueRef* indices,
        uint count,
        byte* name,
        LLVMGEPNoWrapFlags flags
    );

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildGEP2(
        LLVMBuilderRef builder,
        LLVMTypeRef type,
        LLVMValueRef pointer,
        LLVMValueRef* indices,
        uint count,
        byte* name
    );

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildInBoundsGEP2(
        LLVMBuilderRef builder,
        LLVMTypeRef type,
        LLVMValueRef pointer,
        LLVMValueRef* indices,
        uint count,
        byte* name
    );

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildCall2(
        LLVMBuilderRef builder,
        LLVMTypeRef type,
        LLVMValueRef function,
        LLVMValueRef* arguments,
        uint count,
        byte* name
    );

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMGetInlineAsm(
        LLVMTypeRef type,
        byte* text,
        nuint textLength,
        byte* constraints,
        nuint constraintsLength,
        int hasSideEffects,
        int isAlignStack,
        int dialect,
        int canThrow
    );

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildExtractValue(
        LLVMBuilderRef builder,
        LLVMValueRef aggregate,
        uint index,
        byte* name
    );

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildInsertValue(
        LLVMBuilderRef builder,
        LLVMValueRef aggregate,
        LLVMValueRef element,
        uint index,
        byte* name
    );

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildExtractElement(
        LLVMBuilderRef builder,
        LLVMValueRef vector,
        LLVMValueRef index,
        byte* name
    );

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildInsertElement(
        LLVMBuilderRef builder,
        LLVMValueRef vector,
        LLVMValueRef element,
        LLVMValueRef index,
        byte* name
    );

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMBuildShuffleVector(
        LLVMBuilderRef builder,
        LLVMValueRef left,
        LLVMValueRef right,
        LLVMValueRef mask,
        byte* name
    );

    [LibraryImport(Library)]
    public static partial LLVMValueRef LLVMIsAInstruction(LLVMValueRef value);

    [LibraryImport(Library)]
    public static partial void LLVMSetNSW(LLVMValueRef instruction, int value);

    [LibraryImport(Library)]
    public static partial void LLVMSetNUW(LLVMValueRef instruction, int value);

    [LibraryImport(Library)]
    public static partial void LLVMSetExact(LLVMValueRef instruction, int value);

    [LibraryImport(Library)]
    public static partial void LLVMSetNNeg(LLVMValueRef instruction, int value);

    [LibraryImport(Library)]
    public static partial void LLVMSetIsDisjoint(LLVMValueRef instruction, int value);

    [LibraryImport(Library)]
    public static partial void LLVMSetFastMathFlags(LLVMValueRef instruction, uint flags);
}
