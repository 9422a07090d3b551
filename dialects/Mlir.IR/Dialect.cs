using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>A named family of operations, types and attributes.</summary>
public abstract class Dialect
{
    /// <summary>The prefix of all names, <c>arith</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Finds the definition of an operation by its full name; generated as a switch.</summary>
    public abstract OpDefinition? FindOp(string name);

    /// <summary>All definitions of operations; generated.</summary>
    public abstract IReadOnlyList<OpDefinition> Ops { get; }

    /// <summary>Parses a type after <c>!dialect.</c>; null when the dialect has no type of that name.</summary>
    public virtual IrType? ParseType(AsmParser parser, string name) => null;

    /// <summary>Parses an attribute after <c>#dialect.</c>; null when the dialect has no attribute of that name.</summary>
    public virtual IrAttribute? ParseAttribute(AsmParser parser, string name) => null;

    /// <summary>Parses an attribute after <c>#dialect&lt;name</c>, up to the bracket that closes it; null when the dialect has no attribute of that name.</summary>
    public virtual IrAttribute? ParseEnclosedAttribute(AsmParser parser, string name) => null;

    /// <summary>Checks a discardable attribute of this dialect on <paramref name="op"/>.</summary>
    public virtual void VerifyDiscardable(Operation op, NamedAttribute attribute, OpVerifier verifier) { }

    /// <summary>The operation that makes <paramref name="value"/> of <paramref name="type"/>, or null when this dialect has none.</summary>
    public virtual Operation? MaterializeConstant(IrAttribute value, IrType type, Location location) => null;
}
