using Mlir.IR;

namespace Mlir.Tests.Lowering.Conversion.MathToArith;

/// <summary>A function of two arguments and what .NET gives.</summary>
public sealed record BinaryFunction(
    string Name,
    Func<Value, Value, Operation> Make,
    Func<double, double, double> Double,
    Func<float, float, float> Single
)
{
    public override string ToString() => Name;
}
