namespace Mlir.IR;

/// <summary>What the type of an operand or result must satisfy; the description completes the message <c>operand #0 'Lhs' must be …, got f32</c>.</summary>
public interface ITypeConstraint
{
    /// <summary>The rule in words, for example <c>integer-like</c>.</summary>
    static abstract string Description { get; }

    /// <summary>Whether <paramref name="type"/> satisfies the rule.</summary>
    static abstract bool IsSatisfiedBy(IrType type);
}
