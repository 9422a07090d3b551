using Mlir.Ptx.Text;

namespace Mlir.Ptx.Decoding;

/// <summary>A function ready to run: dense code, and the layout of what each warp that runs it needs.</summary>
internal sealed class FunctionCode(FunctionSyntax syntax)
{
    public FunctionSyntax Syntax { get; } = syntax;
    public string Name => Syntax.Name;

    /// <summary>The instructions; the last one always leaves the function.</summary>
    public Instruction[] Code { get; set; } = [];

    /// <summary>The bytes of a frame: constants, special registers, registers, all as arrays over the 32 lanes.</summary>
    public int FrameBytes { get; set; }

    /// <summary>What a frame starts with: the constants; shorter than the frame, the rest is zero.</summary>
    public byte[] Template { get; set; } = [];

    public IReadOnlyList<Relocation> Relocations { get; set; } = [];
    public IReadOnlyList<(int Slot, SpecialRegister Register)> Specials { get; set; } = [];

    /// <summary>Where parameters and results lie: of a kernel, in the launch's buffer; of a function, in each lane's own.</summary>
    public Dictionary<Variable, int> ParameterOffsets { get; } = [];

    /// <summary>The bytes of each lane's parameters, results and the arguments of its calls; of a kernel, without its own.</summary>
    public int ParameterBytes { get; set; }

    /// <summary>The bytes of each thread's own memory in one frame.</summary>
    public int LocalBytes { get; set; }

    /// <summary>Where the thread's own variables lie in the frame's part of its memory.</summary>
    public Dictionary<Variable, int> LocalOffsets { get; } = [];

    /// <summary>The functions that it calls.</summary>
    public HashSet<FunctionCode> Callees { get; } = [];

    public int RegisterCount { get; set; }
}
