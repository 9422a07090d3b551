using System.Linq;
using Microsoft.CodeAnalysis;

namespace Mlir.IR.Generators;

/// <summary>What can be wrong with a definition of an operation, dialect, pass or rule; one entry a diagnostic.</summary>
internal static class Rules
{
    /// <summary>The generator has to add members to the class, and the class has to be an operation.</summary>
    public static readonly DiagnosticDescriptor BadOpClass = Rule(
        "MLIRGEN001",
        "Operation class has the wrong shape",
        "Operation class '{0}' must be {1}"
    );

    /// <summary>The dialect's name stands before the first dot.</summary>
    public static readonly DiagnosticDescriptor BadOpName = Rule(
        "MLIRGEN002",
        "Operation name is not of the form dialect.name",
        "'{0}' is not a name of the form 'dialect.name'"
    );

    /// <summary>The generator implements the property, so that it must be declared without a body.</summary>
    public static readonly DiagnosticDescriptor NotPartial = Rule(
        "MLIRGEN003",
        "Property of an operation is not partial",
        "Property '{0}' must be an instance property declared 'partial' without a body"
    );

    /// <summary>The property's type says how many values there are, so that only some types can be meant.</summary>
    public static readonly DiagnosticDescriptor BadPropertyType = Rule(
        "MLIRGEN004",
        "Property has a type that does not fit its role",
        "Property '{0}' must have type {1}, not '{2}'"
    );

    /// <summary>A type can only follow from another part of the same operation.</summary>
    public static readonly DiagnosticDescriptor BadSameTypeAs = Rule(
        "MLIRGEN005",
        "SameTypeAs names no typed part",
        "'{0}' is {1}; name an operand, a result or an attribute that has a type"
    );

    /// <summary>The method that infers a type is missing or cannot be called with parts of the operation.</summary>
    public static readonly DiagnosticDescriptor BadInferredBy = Rule(
        "MLIRGEN006",
        "InferredBy names no usable method",
        "'{0}' {1}"
    );

    /// <summary>The format cannot be read.</summary>
    public static readonly DiagnosticDescriptor FormatSyntax = Rule(
        "MLIRGEN007",
        "Assembly format is malformed",
        "{0}"
    );

    /// <summary>The format names a part that the class does not have.</summary>
    public static readonly DiagnosticDescriptor UnknownVariable = Rule(
        "MLIRGEN008",
        "Assembly format names an unknown part",
        "'${0}' is no operand, result, attribute, region or successor of this operation; there are: {1}"
    );

    /// <summary>What the format leaves out could not be parsed back.</summary>
    public static readonly DiagnosticDescriptor FormatIncomplete = Rule(
        "MLIRGEN009",
        "Assembly format leaves something out",
        "The format has no {0}"
    );

    /// <summary>A type that is neither written nor follows from others could not be parsed back.</summary>
    public static readonly DiagnosticDescriptor TypeNotInferable = Rule(
        "MLIRGEN010",
        "Type is neither in the assembly format nor inferable",
        "The type of {0} is neither in the format nor inferable: add 'type(${1})', SameTypeAs or InferredBy"
    );

    /// <summary>An optional group needs an anchor that says whether it is there, and a start by which the parser sees it.</summary>
    public static readonly DiagnosticDescriptor BadGroup = Rule("MLIRGEN011", "Optional group is malformed", "{0}");

    /// <summary>A custom directive calls two static methods.</summary>
    public static readonly DiagnosticDescriptor NoCustomMethod = Rule(
        "MLIRGEN012",
        "Custom directive has no methods",
        "'custom<{0}>' needs a static method '{1}' in the class (or a 'using static' that brings it)"
    );

    /// <summary>An operation has one custom form.</summary>
    public static readonly DiagnosticDescriptor FormConflict = Rule(
        "MLIRGEN013",
        "Custom form is defined twice or by half",
        "'{0}' {1}"
    );

    /// <summary>Names identify operations.</summary>
    public static readonly DiagnosticDescriptor DuplicateOp = Rule(
        "MLIRGEN014",
        "Operation name is used twice",
        "The operation name '{0}' is used by '{1}' and '{2}'"
    );

    /// <summary>The generator has to add members to the class, and the class has to be a dialect.</summary>
    public static readonly DiagnosticDescriptor BadDialect = Rule(
        "MLIRGEN015",
        "Dialect class has the wrong shape",
        "Dialect class '{0}' must be {1}"
    );

    /// <summary>A pass is a record whose parameters are its options.</summary>
    public static readonly DiagnosticDescriptor BadPass = Rule(
        "MLIRGEN016",
        "Pass has the wrong shape",
        "Pass '{0}' must be {1}"
    );

    /// <summary>Options are read from text, so that only some types can be options.</summary>
    public static readonly DiagnosticDescriptor BadPassOption = Rule(
        "MLIRGEN017",
        "Option of a pass has an unsupported type",
        "Option '{0}' has type '{1}'; options are int, long, double, bool, string and enumerations, each with a default value"
    );

    /// <summary>The rule table calls the method with an operation and a rewriter.</summary>
    public static readonly DiagnosticDescriptor BadSimplify = Rule(
        "MLIRGEN018",
        "Rule has the wrong signature",
        "Rule '{0}' must be an accessible method 'static Value? {0}(SomeOp op, PatternRewriter r)' of a non-generic class"
    );

    /// <summary>What an attribute's declaration says must fit its type.</summary>
    public static readonly DiagnosticDescriptor BadAttr = Rule(
        "MLIRGEN019",
        "Attribute declaration is inconsistent",
        "Attribute '{0}': {1}"
    );

    /// <summary>A part that stands twice in the text could differ from itself.</summary>
    public static readonly DiagnosticDescriptor FormatDuplicate = Rule(
        "MLIRGEN020",
        "Assembly format names a part twice",
        "{0} stands in the format twice"
    );

    /// <summary>Parts of an operation are found by name.</summary>
    public static readonly DiagnosticDescriptor DuplicateName = Rule(
        "MLIRGEN021",
        "Two parts of an operation have one name",
        "The name '{0}' is used by the properties '{1}' and '{2}'"
    );

    /// <summary>All of them.</summary>
    public static readonly DiagnosticDescriptor[] All =
    [
        BadOpClass,
        BadOpName,
        NotPartial,
        BadPropertyType,
        BadSameTypeAs,
        BadInferredBy,
        FormatSyntax,
        UnknownVariable,
        FormatIncomplete,
        TypeNotInferable,
        BadGroup,
        NoCustomMethod,
        FormConflict,
        DuplicateOp,
        BadDialect,
        BadPass,
        BadPassOption,
        BadSimplify,
        BadAttr,
        FormatDuplicate,
        DuplicateName,
    ];

    public static DiagnosticDescriptor Find(string id) => All.First(r => r.Id == id);

    private static DiagnosticDescriptor Rule(string id, string title, string message) =>
        new(id, title, message, "Mlir.Definitions", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
