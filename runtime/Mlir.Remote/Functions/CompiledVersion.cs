using Google.Protobuf;
using Mlir.Frontend.Expressions;
using Mlir.Remote.Protocol;

namespace Mlir.Remote.Functions;

/// <summary>A lambda as it travels, for one class of shapes.</summary>
/// <param name="Shape">The class of shapes.</param>
/// <param name="Overload">The module's text, its hash, the signature.</param>
/// <param name="IsPacked">Whether parameters and results are scalars only, so that calls take eight bytes a value.</param>
internal sealed record CompiledVersion(KernelShape Shape, Overload Overload, bool IsPacked)
{
    /// <summary>Whether all tensors have one shape and travel as one dimension.</summary>
    public bool IsFlat => Shape.Tensors is null;

    /// <summary>The request that defines it without a name.</summary>
    public DefineRequest ToRequest(string? target) => new() { Overloads = { Overload }, Target = target ?? "" };

    /// <summary>The overload without its text, for a server that has it.</summary>
    public Overload HashOnly() =>
        new()
        {
            Hash = Overload.Hash,
            Signature = Overload.Signature,
            Source = Overload.Source,
            Module = ByteString.Empty,
        };
}
