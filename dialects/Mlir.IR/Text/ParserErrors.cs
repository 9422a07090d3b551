namespace Mlir.IR.Text;

/// <summary>Every error that the parser itself reports, under its stable code.</summary>
internal static class ParserErrors
{
    private static DiagnosticTemplate Error(int code, string format) =>
        new($"MLIR{code}", DiagnosticSeverity.Error, format);

    /// <summary>A character that starts no token.</summary>
    public static readonly DiagnosticTemplate UnexpectedCharacter = Error(1001, "unexpected character {0}");

    /// <summary>A string without its closing quote on the same line.</summary>
    public static readonly DiagnosticTemplate UnterminatedString = Error(1002, "expected '\"' in string literal");

    /// <summary>A backslash that no known escape follows.</summary>
    public static readonly DiagnosticTemplate UnknownEscape = Error(1003, "unknown escape in string literal");

    /// <summary>A prefix such as <c>%</c> without a name.</summary>
    public static readonly DiagnosticTemplate InvalidIdentifier = Error(1004, "invalid {0}");

    /// <summary>Something else stands where the grammar needs this.</summary>
    public static readonly DiagnosticTemplate Expected = Error(1010, "expected {0}, got {1}");

    /// <summary>The grammar is right, what it says is not.</summary>
    public static readonly DiagnosticTemplate Invalid = Error(1011, "{0}");

    /// <summary>An error that an operation's custom form reports.</summary>
    public static readonly DiagnosticTemplate Custom = Error(1012, "{0}");

    /// <summary>An integer that its type cannot hold.</summary>
    public static readonly DiagnosticTemplate OutOfRange = Error(1013, "integer constant out of range for {0}");

    /// <summary>A part of MLIR's syntax that this library does not model.</summary>
    public static readonly DiagnosticTemplate Unsupported = Error(1014, "{0} is not supported");

    /// <summary>Nesting beyond the limits of <see cref="ParserOptions"/>.</summary>
    public static readonly DiagnosticTemplate TooDeep = Error(1015, "{0} nested deeper than {1} levels");

    /// <summary>More of something than the limits of <see cref="ParserOptions"/> allow.</summary>
    public static readonly DiagnosticTemplate TooMuch = Error(1016, "{0} over the limit of {1}");

    /// <summary>An operation of a dialect that is not registered.</summary>
    public static readonly DiagnosticTemplate UnregisteredDialect = Error(
        1020,
        "operation '{0}' is of an unregistered dialect; --allow-unregistered-dialect accepts it in its generic form"
    );

    /// <summary>An operation that its registered dialect does not know.</summary>
    public static readonly DiagnosticTemplate UnknownOp = Error(
        1021,
        "unregistered operation '{0}' found in dialect ('{1}') that does not allow unknown operations"
    );

    /// <summary>A custom form for which there is no parser.</summary>
    public static readonly DiagnosticTemplate UnknownCustomOp = Error(1022, "custom op '{0}' is unknown{1}");

    /// <summary>An operation without custom form, written in one.</summary>
    public static readonly DiagnosticTemplate NoCustomForm = Error(
        1023,
        "op '{0}' has no custom assembly form; write it in the generic form"
    );

    /// <summary>A type or attribute of a dialect that is not registered.</summary>
    public static readonly DiagnosticTemplate UnregisteredSymbol = Error(
        1024,
        "{0} is of the unregistered dialect '{1}'; --allow-unregistered-dialect keeps it as it is"
    );

    /// <summary>A type or attribute that its registered dialect does not know.</summary>
    public static readonly DiagnosticTemplate UnknownSymbol = Error(1025, "unknown {0} '{1}' in dialect '{2}'");

    /// <summary>An alias that was not defined before.</summary>
    public static readonly DiagnosticTemplate UndefinedAlias = Error(1026, "undefined symbol alias id '{0}'");

    /// <summary>A second definition of an alias.</summary>
    public static readonly DiagnosticTemplate RedefinedAlias = Error(1027, "redefinition of {0} alias id '{1}'");

    /// <summary>A second definition of a value's name in its scope.</summary>
    public static readonly DiagnosticTemplate RedefinedValue = Error(1030, "redefinition of SSA value '{0}'");

    /// <summary>A value that is used and never defined.</summary>
    public static readonly DiagnosticTemplate UndefinedValue = Error(1031, "use of undeclared SSA value name '{0}'");

    /// <summary>A value used under two types.</summary>
    public static readonly DiagnosticTemplate TypeMismatch = Error(
        1032,
        "use of value '{0}' expects different type than prior uses: '{1}' vs '{2}'"
    );

    /// <summary>A value defined with another type than its uses before the definition assumed.</summary>
    public static readonly DiagnosticTemplate DefinitionMismatch = Error(
        1033,
        "definition of SSA value '{0}#{1}' has type {2}"
    );

    /// <summary>A number behind <c>#</c> that the group does not reach.</summary>
    public static readonly DiagnosticTemplate ResultNumber = Error(1034, "reference to invalid result number");

    /// <summary>Another number of names than of results.</summary>
    public static readonly DiagnosticTemplate ResultCount = Error(
        1035,
        "operation defines {0} results but was provided {1} to bind"
    );

    /// <summary>Another number of operands than of types.</summary>
    public static readonly DiagnosticTemplate OperandCount = Error(
        1036,
        "number of operands and types do not match: got {0} operands and {1} types"
    );

    /// <summary>A second block of one name in its region.</summary>
    public static readonly DiagnosticTemplate RedefinedBlock = Error(1040, "redefinition of block '{0}'");

    /// <summary>A block that is named and never defined.</summary>
    public static readonly DiagnosticTemplate UndefinedBlock = Error(1041, "reference to an undefined block '{0}'");

    /// <summary>The parts of an operation fit no operation of its kind.</summary>
    public static readonly DiagnosticTemplate CannotBuild = Error(1090, "cannot build '{0}': {1}");

    /// <summary>A defect of this library that the text brought to light.</summary>
    public static readonly DiagnosticTemplate Internal = Error(
        1099,
        "internal error of the parser ({0}); please report this text"
    );

    /// <summary>Explains an error by an earlier place.</summary>
    public static readonly DiagnosticTemplate Note = new("MLIR1000", DiagnosticSeverity.Note, "{0}");
}
