namespace Mlir.Tests.Arrays;

/// <summary>Random chains of array functions give the same compiled, interpreted and as C# runs them.</summary>
public sealed class RandomArrayProgramTests
{
    private static readonly int Programs = Environment.GetEnvironmentVariable("MLIR_NIGHTLY") == "1" ? 1_000 : 15;

    [Test]
    public void Every_program_has_one_answer([Range(0, 3)] int part)
    {
        for (var seed = part * Programs; seed < (part + 1) * Programs; seed++)
        {
            var program = RandomArrayProgram.Of(seed);
            ThreeWays.Check(
                program.Lambda,
                [
                    [Numbers.Some<double>(seed, program.Shape)],
                    [Numbers.Strided<double>(program.Shape)],
                ]
            );
        }
    }
}
