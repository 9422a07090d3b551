using Mlir.Ptx.Decoding;
using Mlir.Ptx.Memory;

namespace Mlir.Ptx.Execution;

/// <summary>What a launch was asked for, with the code bound to addresses.</summary>
internal sealed record LaunchPlan(
    PtxKernel Kernel,
    DeviceMemory Memory,
    IReadOnlyDictionary<FunctionCode, LoadedFunction> Functions,
    PtxSize Grid,
    PtxSize Size,
    int SharedBytes,
    int DynamicSharedBytes,
    PtxChecks Checks,
    long Budget,
    long Number
)
{
    public LoadedFunction Main => Functions[Kernel.Code];
}
