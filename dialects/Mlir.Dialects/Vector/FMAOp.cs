namespace Mlir.Dialects.Vector;

/// <summary>The sum of a product and an addend, element by element, rounded once.</summary>
/// <example><code>%r = vector.fma %a, %b, %c : vector&lt;4xf32></code></example>
[Op("vector.fma", Format = "$lhs `,` $rhs `,` $acc attr-dict `:` type($lhs)")]
public sealed partial class FMAOp : Operation, IPure, ISameType
{
    /// <summary>The left factor.</summary>
    [Operand<FloatVector>]
    public partial Value Lhs { get; }

    /// <summary>The right factor.</summary>
    [Operand<FloatVector>(SameTypeAs = nameof(Lhs))]
    public partial Value Rhs { get; }

    /// <summary>The addend.</summary>
    [Operand<FloatVector>(SameTypeAs = nameof(Lhs))]
    public partial Value Acc { get; }

    /// <summary>The sum.</summary>
    [Result(SameTypeAs = nameof(Lhs))]
    public partial OpResult Result { get; }
}
