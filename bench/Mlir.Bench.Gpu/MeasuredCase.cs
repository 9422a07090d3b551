using System.Linq.Expressions;

namespace Mlir.Bench.Gpu;

/// <summary>A program over arrays, which the device, the processor and the peers compute.</summary>
/// <param name="Name">Its name, which the peers know.</param>
/// <param name="Type">The type of the numbers, as the peers call it.</param>
/// <param name="Lambda">The program; null where lambdas cannot say it, so that only the peers are measured.</param>
/// <param name="Inputs">Its arguments.</param>
/// <param name="Bytes">The least that it must move: each input read once, each output written once.</param>
/// <param name="Goals">What to reach.</param>
internal sealed record MeasuredCase(
    string Name,
    string Type,
    LambdaExpression? Lambda,
    CaseInput[] Inputs,
    long Bytes,
    params Goal[] Goals
)
{
    /// <summary>The floating-point operations of a product; 0 where bytes count.</summary>
    public double Operations { get; init; }

    /// <summary>What it uses that not every GPU has; empty for nothing.</summary>
    public string Feature { get; init; } = "";

    /// <summary>How far a result may be from the processor's, as the norm of the difference over that of the result; 0 for equal bits.</summary>
    public double Tolerance { get; init; }

    /// <summary>The sizes of the first argument.</summary>
    public long[] Lengths => Inputs[0].Lengths;
}
