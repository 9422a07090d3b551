namespace Mlir.IR.Generators;

/// <summary>Where the parser gets the type of an operand or result from.</summary>
internal enum TypeOrigin
{
    /// <summary><c>type($x)</c>, as a type for one value or a list of types.</summary>
    Written,

    /// <summary>The types of the operands in <c>type(operands)</c>, <c>functional-type</c> and so on: a list for all.</summary>
    WrittenTogether,

    /// <summary>The only type that the constraint allows.</summary>
    Single,

    /// <summary>The type of an attribute.</summary>
    Attribute,

    /// <summary>A method.</summary>
    Inferred,
}

/// <summary>The origin of a type and the part that has it.</summary>
internal sealed record TypeSource(TypeOrigin Origin, ValueModel? Value, AttrModel? Attribute);
