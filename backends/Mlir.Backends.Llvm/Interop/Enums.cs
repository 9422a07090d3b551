namespace Mlir.Backends.Llvm.Interop;

// The C API's enumerations, in the C API's numbering, with only the members that are used here.

internal enum LLVMLinkage
{
    External = 0,
    LinkOnceODR = 3,
    Internal = 8,
    Private = 9,
}

internal enum LLVMUnnamedAddr
{
    NoUnnamedAddr,
    LocalUnnamedAddr,
    GlobalUnnamedAddr,
}

internal enum LLVMIntPredicate
{
    EQ = 32,
    NE,
    UGT,
    UGE,
    ULT,
    ULE,
    SGT,
    SGE,
    SLT,
    SLE,
}

internal enum LLVMRealPredicate
{
    False,
    OEQ,
    OGT,
    OGE,
    OLT,
    OLE,
    ONE,
    ORD,
    UNO,
    UEQ,
    UGT,
    UGE,
    ULT,
    ULE,
    UNE,
    True,
}

internal enum LLVMOpcode
{
    FNeg = 66,
    Add = 8,
    FAdd = 9,
    Sub = 10,
    FSub = 11,
    Mul = 12,
    FMul = 13,
    UDiv = 14,
    SDiv = 15,
    FDiv = 16,
    URem = 17,
    SRem = 18,
    FRem = 19,
    Shl = 20,
    LShr = 21,
    AShr = 22,
    And = 23,
    Or = 24,
    Xor = 25,
    Trunc = 30,
    ZExt = 31,
    SExt = 32,
    FPToUI = 33,
    FPToSI = 34,
    UIToFP = 35,
    SIToFP = 36,
    FPTrunc = 37,
    FPExt = 38,
    PtrToInt = 39,
    IntToPtr = 40,
    BitCast = 41,
    AddrSpaceCast = 60,
}

[Flags]
internal enum LLVMGEPNoWrapFlags
{
    None = 0,
    InBounds = 1,
    NUSW = 2,
    NUW = 4,
}

internal enum LLVMCodeGenOptLevel
{
    None,
    Less,
    Default,
    Aggressive,
}

internal enum LLVMRelocMode
{
    Default,
    Static,
    PIC,
}

internal enum LLVMCodeModel
{
    Default,
    JITDefault,
    Tiny,
    Small,
}

internal enum LLVMCodeGenFileType
{
    AssemblyFile,
    ObjectFile,
}

internal enum LLVMVerifierFailureAction
{
    AbortProcess,
    PrintMessage,
    ReturnStatus,
}

internal enum LLVMDiagnosticSeverity
{
    Error,
    Warning,
    Remark,
    Note,
}

internal enum LLVMOrcLookupKind
{
    Static,
    DLSym,
}
