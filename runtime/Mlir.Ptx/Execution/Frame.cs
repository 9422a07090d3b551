using System.Runtime.InteropServices;
using Mlir.Ptx.Decoding;

namespace Mlir.Ptx.Execution;

/// <summary>One activation of a function by a warp: its register file and its lanes' parameters.</summary>
internal sealed unsafe class Frame : IDisposable
{
    public Frame(LoadedFunction function)
    {
        Function = function;
        Registers = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(function.Code.FrameBytes, 64), 64);
        Parameters = new byte[function.Code.ParameterBytes * 32];
    }

    ~Frame() => Free();

    public LoadedFunction Function { get; }

    /// <summary>The registers, each an array over the 32 lanes.</summary>
    public byte* Registers { get; private set; }

    /// <summary>Each lane's parameters, results and arguments, one lane after the other.</summary>
    public byte[] Parameters { get; }

    public Frame? Caller { get; set; }

    /// <summary>Where this frame's part of each thread's own memory begins.</summary>
    public int LocalBase { get; set; }

    /// <summary>How many calls lie below.</summary>
    public int Depth { get; set; }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(Registers);
        Registers = null;
    }

    /// <summary>Puts constants in place and zero everywhere else.</summary>
    public void Reset(Warp warp)
    {
        var code = Function.Code;
        Function.Template.CopyTo(new Span<byte>(Registers, code.FrameBytes));
        new Span<byte>(Registers, code.FrameBytes)[Function.Template.Length..].Clear();
        Array.Clear(Parameters);
        foreach (var (slot, register) in code.Specials)
        {
            warp.FillSpecial((uint*)(Registers + slot), register);
        }

        foreach (var (slot, bytes, offset) in Function.LocalAddresses)
        {
            Decoder.Broadcast(new Span<byte>(Registers + slot, bytes * 32), bytes, (ulong)(LocalBase + offset));
        }
    }
}
