namespace Mlir.Dialects.Builtin;

/// <summary>Values seen under other types, to bridge passes that convert types one after another; none may remain in the end.</summary>
/// <example><code>%r = builtin.unrealized_conversion_cast %a : index to i64</code></example>
[Op("builtin.unrealized_conversion_cast", Format = "($inputs^ `:` type($inputs))? `to` type($outputs) attr-dict")]
public sealed partial class UnrealizedConversionCastOp : Operation, IPure
{
    /// <summary>The values.</summary>
    [Operand<AnyType>]
    public partial OperandList Inputs { get; }

    /// <summary>The values under their new types.</summary>
    [Result<AnyType>]
    public partial IReadOnlyList<OpResult> Outputs { get; }

    /// <summary>Sees <paramref name="input"/> as <paramref name="type"/>.</summary>
    public UnrealizedConversionCastOp(Location location, Value input, IrType type)
        : this(location, [input], [type]) { }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        // Back to where it came from.
        if (
            Inputs.Count > 0
            && Inputs[0].Definer is UnrealizedConversionCastOp inner
            && inner.Outputs.SequenceEqual(Inputs)
            && inner.Inputs.Types.SequenceEqual(Outputs.Select(o => o.Type))
        )
        {
            for (var i = 0; i < results.Length; i++)
            {
                results[i] = inner.Inputs[i];
            }

            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (Outputs.Count == 0)
        {
            verifier.Error(this, "expected at least one result for cast operation");
        }
    }
}
