namespace Mlir.IR.Text;

/// <summary>The kinds of tokens of MLIR's syntax.</summary>
internal enum TokenKind : byte
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>A keyword or identifier, <c>arith.addi</c>; types like <c>i32</c> too.</summary>
    Identifier,

    /// <summary><c>@name</c> or <c>@"name"</c>.</summary>
    Symbol,

    /// <summary><c>#name</c>: an attribute, an alias, or the number of a result.</summary>
    Hash,

    /// <summary><c>%name</c>.</summary>
    Percent,

    /// <summary><c>^name</c>.</summary>
    Caret,

    /// <summary><c>!name</c>.</summary>
    Exclamation,

    /// <summary>A decimal or hexadecimal integer without sign.</summary>
    Integer,

    /// <summary>A decimal number with a point, without sign.</summary>
    Float,

    /// <summary>A text between quotes.</summary>
    String,

    /// <summary>One of <c>( ) [ ] { } &lt; &gt; : , = ? * + - / | -> ... {-# #-}</c>.</summary>
    Punctuation,
}
