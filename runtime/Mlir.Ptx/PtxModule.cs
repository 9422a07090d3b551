using Mlir.Ptx.Decoding;
using Mlir.Ptx.Text;

namespace Mlir.Ptx;

/// <summary>
/// A PTX text, read and decoded; belongs to no machine and never changes. What the machine does not know is refused here, and
/// not when a kernel runs.
/// </summary>
public sealed class PtxModule
{
    private readonly Dictionary<string, PtxKernel> kernels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PtxVariable> variables = new(StringComparer.Ordinal);

    private PtxModule(ModuleSyntax syntax)
    {
        Version = syntax.Version;
        Target = syntax.Target;
        Decoder = new(syntax);
        foreach (var function in Decoder.Functions.Where(function => function.Syntax.IsKernel))
        {
            var (offsets, bytes) = Decoder.LayOutShared(function);
            kernels[function.Name] = new(this, function, offsets, bytes);
        }

        foreach (var variable in Decoder.Variables.Where(v => v.Space is StateSpace.Global or StateSpace.Constant))
        {
            variables[variable.Name] = new(
                variable.Name,
                variable.Bytes,
                variable.Alignment,
                variable.Space == StateSpace.Constant
            );
        }
    }

    /// <summary>The version of PTX that the text is written in.</summary>
    public string Version { get; }

    /// <summary>The processor that the text is written for.</summary>
    public string Target { get; }

    /// <summary>The kernels, by name.</summary>
    public IReadOnlyDictionary<string, PtxKernel> Kernels => kernels;

    /// <summary>The variables in global and constant memory, by name.</summary>
    public IReadOnlyDictionary<string, PtxVariable> Variables => variables;

    internal ModuleDecoder Decoder { get; }

    /// <summary>Reads a PTX text.</summary>
    /// <param name="text">The text of one module.</param>
    /// <exception cref="PtxParseException">The text is wrong, or holds what the machine does not know.</exception>
    public static PtxModule Parse(ReadOnlySpan<char> text) => new(Parser.Parse(text));
}
