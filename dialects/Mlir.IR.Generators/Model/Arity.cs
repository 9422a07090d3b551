namespace Mlir.IR.Generators;

/// <summary>How many values a property stands for.</summary>
internal enum Arity
{
    One,
    Optional,
    Variadic,
}
