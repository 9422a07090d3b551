namespace Mlir.Ptx.Text;

/// <summary>A piece of the text: what it is and where it lies.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int Length, TextPosition Position);
