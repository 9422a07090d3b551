namespace Mlir.IR.Generators;

/// <summary>How the value of an attribute's property is kept in the IR.</summary>
internal enum AttrKind
{
    /// <summary>As it is: the property's type is an attribute class.</summary>
    Class,

    /// <summary>An <c>IntegerAttr</c>.</summary>
    Integer,

    /// <summary>A <c>UnitAttr</c>: presence means true.</summary>
    Unit,

    /// <summary>An <c>IntegerAttr</c> of type <c>i1</c>.</summary>
    Bool,

    /// <summary>A <c>FloatAttr</c>.</summary>
    Float,

    /// <summary>A <c>StringAttr</c>.</summary>
    String,

    /// <summary>A <c>StringAttr</c> that prints as <c>@name</c>.</summary>
    Symbol,

    /// <summary>A <c>TypeAttr</c>.</summary>
    Type,

    /// <summary>An <c>AffineMapAttr</c>.</summary>
    AffineMap,

    /// <summary>An <c>EnumAttr</c>.</summary>
    Enum,

    /// <summary>An <c>IntegerAttr</c> that holds the number of an enumeration's member.</summary>
    IntegerEnum,

    /// <summary>A <c>DenseArrayAttr</c>.</summary>
    Array,
}
