using System.Collections.Immutable;
using Mlir.Remote.Worker.Ipc;

namespace Mlir.Remote.Server.Workers;

/// <summary>A module that was compiled. Every worker of the pool can load it, at any time, without compiling it again.</summary>
/// <param name="id">Identifies the unit within the pool.</param>
/// <param name="contents">What workers load.</param>
/// <param name="compileTime">How long it took.</param>
internal sealed class CompiledUnit(long id, UnitContents contents, TimeSpan compileTime)
{
    /// <summary>The functions that can be called.</summary>
    public ImmutableArray<UnitFunction> Functions => Contents.Functions;

    /// <summary>The backend that compiled it.</summary>
    public string Target => Contents.Target;

    /// <summary>How long the compilation took, from the request to the answer.</summary>
    public TimeSpan CompileTime { get; } = compileTime;

    /// <summary>The bytes that the server keeps of it.</summary>
    public long CodeBytes => Contents.Code.Length;

    /// <summary>Identifies the unit within the pool.</summary>
    internal long Id { get; } = id;

    /// <summary>What workers load.</summary>
    internal UnitContents Contents { get; } = contents;
}
