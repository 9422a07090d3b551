namespace Mlir.Dialects.Cf;

/// <summary>Stops with an error unless the condition holds. The message starts with the .NET exception type to throw, then <c>: </c> and its text.</summary>
/// <example><code>cf.assert %ok, "System.OverflowException: Arithmetic operation resulted in an overflow."</code></example>
[Op("cf.assert", Format = "$arg `,` $msg attr-dict")]
public sealed partial class AssertOp : Operation, IMemoryEffects
{
    /// <summary>What must be true.</summary>
    [Operand<I1>]
    public partial Value Arg { get; }

    /// <summary>What to say if it is not.</summary>
    [Attr]
    public partial string Msg { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Write;
}
