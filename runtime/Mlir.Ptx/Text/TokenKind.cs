namespace Mlir.Ptx.Text;

internal enum TokenKind
{
    End,

    /// <summary>A name: of a register, a variable, a label, an instruction. May begin with <c>%</c>, <c>$</c> or <c>_</c>.</summary>
    Name,

    /// <summary>A dot and a word: a directive, a type or a modifier, with its <c>::</c> parts.</summary>
    Dotted,
    Integer,
    Float,
    String,

    /// <summary>One character that stands for itself.</summary>
    Mark,
}
