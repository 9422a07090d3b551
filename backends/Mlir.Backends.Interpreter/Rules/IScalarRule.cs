namespace Mlir.Backends.Interpreter;

/// <summary>What an elementwise operation does to one element, on register contents; unused operands are zero.</summary>
internal interface IScalarRule
{
    /// <summary>The result's register contents.</summary>
    long Apply(long a, long b, long c);
}
