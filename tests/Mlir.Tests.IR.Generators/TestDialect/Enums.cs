namespace Mlir.Tests.IR.Generators.TestDialect;

[Keyword("#t.color")]
public enum Color
{
    [Keyword("red")]
    Red,

    [Keyword("green")]
    Green,
}

[Flags]
[Keyword("#t.mode")]
public enum Modes
{
    [Keyword("none")]
    None = 0,

    [Keyword("fast")]
    Fast = 1,

    [Keyword("safe")]
    Safe = 2,
}
