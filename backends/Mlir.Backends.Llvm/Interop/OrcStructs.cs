using System.Runtime.InteropServices;

namespace Mlir.Backends.Llvm.Interop;

// Orc.h's structures that cross the boundary by value.

[StructLayout(LayoutKind.Sequential)]
internal struct LLVMJITSymbolFlags
{
    public const byte Exported = 1;
    public const byte Callable = 4;

    public byte GenericFlags;
    public byte TargetFlags;
}

[StructLayout(LayoutKind.Sequential)]
internal struct LLVMJITEvaluatedSymbol
{
    public ulong Address;
    public LLVMJITSymbolFlags Flags;
}

[StructLayout(LayoutKind.Sequential)]
internal struct LLVMOrcCSymbolMapPair
{
    public LLVMOrcSymbolStringPoolEntryRef Name;
    public LLVMJITEvaluatedSymbol Sym;
}

[StructLayout(LayoutKind.Sequential)]
internal struct LLVMOrcCJITDylibSearchOrderElement
{
    public LLVMOrcJITDylibRef Dylib;

    /// <summary>0: exported symbols only; 1: all.</summary>
    public int LookupFlags;
}

[StructLayout(LayoutKind.Sequential)]
internal struct LLVMOrcCLookupSetElement
{
    public LLVMOrcSymbolStringPoolEntryRef Name;

    /// <summary>0: the symbol is required.</summary>
    public int LookupFlags;
}
