using Mlir.Ptx.Decoding;

namespace Mlir.Ptx.Execution;

/// <summary>A function with the addresses of one launch in its constants.</summary>
internal sealed class LoadedFunction(
    FunctionCode code,
    byte[] template,
    (int Slot, int Bytes, long Offset)[] localAddresses
)
{
    public FunctionCode Code { get; } = code;

    /// <summary>What a frame starts with.</summary>
    public byte[] Template { get; } = template;

    /// <summary>Addresses in the thread's own memory, relative to the frame's part of it.</summary>
    public (int Slot, int Bytes, long Offset)[] LocalAddresses { get; } = localAddresses;
}
