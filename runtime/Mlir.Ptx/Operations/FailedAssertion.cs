using System.Numerics;
using System.Text;
using Mlir.Ptx.Execution;

namespace Mlir.Ptx.Operations;

/// <summary>The call that a kernel makes where an <c>assert</c> does not hold: its message, file, line and function.</summary>
internal sealed unsafe class FailedAssertion(int[] arguments) : LeavingInstruction
{
    /// <summary>The function that CUDA's headers declare for it; the driver defines it.</summary>
    public const string Function = "__assertfail";

    private const int MaxText = 500;

    public override bool IsFatal => true;

    public override void Execute(Warp warp, uint mask)
    {
        var lane = BitOperations.TrailingZeroCount(mask);
        var frame = warp.Fragment.Frame;
        var values = frame.Parameters.AsSpan(lane * frame.Function.Code.ParameterBytes);
        var (message, file, function) = (
            Read(warp, BitConverter.ToUInt64(values[arguments[0]..])),
            Read(warp, BitConverter.ToUInt64(values[arguments[1]..])),
            Read(warp, BitConverter.ToUInt64(values[arguments[3]..]))
        );
        var line = BitConverter.ToUInt32(values[arguments[2]..]);
        throw warp.Fault(
            PtxFault.Assertion,
            1u << lane,
            $"the assertion '{message}' does not hold at {file}:{line} in {function}"
        );
    }

    private static string Read(Warp warp, ulong address)
    {
        if (warp.Block.Launch.Memory.Find(address) is not { } allocation)
        {
            return "?";
        }

        var offset = address - allocation.Address;
        var bytes = new ReadOnlySpan<byte>(
            allocation.Data + offset,
            (int)Math.Min((ulong)allocation.Bytes - offset, MaxText)
        );
        return Encoding.UTF8.GetString(bytes.IndexOf((byte)0) is var end and >= 0 ? bytes[..end] : bytes);
    }
}
