using Mlir.Ptx.Decoding;
using Mlir.Ptx.Text;

namespace Mlir.Ptx;

/// <summary>A kernel of a module.</summary>
public sealed class PtxKernel
{
    /// <summary>The most threads of a block.</summary>
    internal const int MaxThreads = 1024;

    internal PtxKernel(PtxModule module, FunctionCode code, Dictionary<Variable, int> sharedOffsets, int sharedBytes)
    {
        Module = module;
        Code = code;
        SharedOffsets = sharedOffsets;
        StaticSharedBytes = sharedBytes;
        var parameters = new List<PtxParameter>();
        foreach (var parameter in code.Syntax.Parameters)
        {
            parameters.Add(new(parameter.Name, OffsetOf(code.Syntax, parameter), parameter.Bytes, parameter.Alignment));
        }

        Parameters = parameters;
        ParameterBytes = parameters.Count == 0 ? 0 : parameters[^1].Offset + parameters[^1].Bytes;
    }

    /// <summary>The kernel's name.</summary>
    public string Name => Code.Name;

    /// <summary>The module that defines it.</summary>
    public PtxModule Module { get; }

    /// <summary>What a launch hands over, in this order.</summary>
    public IReadOnlyList<PtxParameter> Parameters { get; }

    /// <summary>The size of the parameter buffer.</summary>
    public int ParameterBytes { get; }

    /// <summary>The shared memory that the text declares, without what a launch adds.</summary>
    public int StaticSharedBytes { get; }

    /// <summary>The bytes of its own memory that each thread has, without those of functions that it calls.</summary>
    public int LocalBytes => Code.LocalBytes;

    /// <summary>The registers that the kernel's own text uses; the machine does not allocate them as a GPU would.</summary>
    public int RegisterCount => Code.RegisterCount;

    /// <summary>The most threads that a block may have: what <c>.maxntid</c> or <c>.reqntid</c> says, or 1024.</summary>
    public int MaxThreadsPerBlock =>
        (Code.Syntax.RequiredThreads ?? Code.Syntax.MaxThreads) is { } sizes
            ? (int)Math.Min((long)sizes[0] * sizes[1] * sizes[2], MaxThreads)
            : MaxThreads;

    /// <summary>The block size that <c>.reqntid</c> demands.</summary>
    public PtxSize? RequiredBlock =>
        Code.Syntax.RequiredThreads is { } sizes ? new PtxSize(sizes[0], sizes[1], sizes[2]) : null;

    internal FunctionCode Code { get; }

    internal Dictionary<Variable, int> SharedOffsets { get; }

    /// <summary>Where a parameter lies in the buffer.</summary>
    internal static int OffsetOf(FunctionSyntax function, Variable parameter)
    {
        var size = 0;
        foreach (var each in function.Parameters)
        {
            var offset = Decoder.LayOut(each, ref size);
            if (each == parameter)
            {
                return offset;
            }
        }

        throw Decoder.Fail(parameter.Position, $"'{parameter.Name}' is no parameter of '{function.Name}'");
    }
}
