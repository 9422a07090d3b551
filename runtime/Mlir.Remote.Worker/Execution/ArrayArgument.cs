namespace Mlir.Remote.Worker.Execution;

/// <summary>An array as a call gets it: where its elements lie, and its sizes in the call's list of sizes.</summary>
internal unsafe struct ArrayArgument
{
    public byte* Pointer;
    public long Bytes;
    public int FirstSize;
    public int Rank;
}
