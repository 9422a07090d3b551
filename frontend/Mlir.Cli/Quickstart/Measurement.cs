using System.Diagnostics;
using System.Linq.Expressions;
using System.Numerics.Tensors;

namespace Mlir.Cli.Quickstart;

/// <summary>One pipeline, run eagerly and compiled.</summary>
/// <param name="Name">What it computes.</param>
/// <param name="Rows">The rows that it reads.</param>
/// <param name="Compile">How long <c>Jit.Compile</c> took.</param>
/// <param name="Eager">The shortest of several eager runs.</param>
/// <param name="Compiled">The shortest of several compiled runs.</param>
/// <param name="Ulps">How far the two results are apart.</param>
/// <param name="Tolerance">How far they may be.</param>
/// <param name="Result">What the compiled code computed: a number or a tensor.</param>
internal sealed record Measurement(
    string Name,
    int Rows,
    TimeSpan Compile,
    TimeSpan Eager,
    TimeSpan Compiled,
    ulong Ulps,
    ulong Tolerance,
    object Result
)
{
    private const int Runs = 50;

    /// <summary>Whether the two results are as close as they have to be.</summary>
    public bool IsClose => Ulps <= Tolerance;

    /// <summary>Compiles a lambda, runs it both ways and compares the results.</summary>
    /// <typeparam name="TDelegate">The lambda's type.</typeparam>
    /// <param name="name">What it computes.</param>
    /// <param name="rows">The rows that it reads.</param>
    /// <param name="lambda">The lambda: eagerly it runs on <see cref="Tensor"/>, operation by operation.</param>
    /// <param name="call">Calls it with its arguments.</param>
    /// <param name="tolerance">How many units in the last place the results may differ by.</param>
    /// <param name="options">How to compile.</param>
    public static Measurement Take<TDelegate>(
        string name,
        int rows,
        Expression<TDelegate> lambda,
        Func<TDelegate, object> call,
        ulong tolerance,
        JitOptions options
    )
        where TDelegate : Delegate
    {
        var eager = lambda.Compile();
        var start = Stopwatch.GetTimestamp();
        var kernel = Jit.Compile(lambda, options);
        var compile = Stopwatch.GetElapsedTime(start);
        var expected = call(eager);
        var actual = call(kernel.Invoke);
        return new Measurement(
            name,
            rows,
            compile,
            Shortest(() => call(eager)),
            Shortest(() => call(kernel.Invoke)),
            Difference.InUlps(expected, actual),
            tolerance,
            actual
        );
    }

    private static TimeSpan Shortest(Func<object> run)
    {
        var shortest = TimeSpan.MaxValue;
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < Runs && Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(1); i++)
        {
            var start = Stopwatch.GetTimestamp();
            run();
            var time = Stopwatch.GetElapsedTime(start);
            shortest = time < shortest ? time : shortest;
        }

        return shortest;
    }
}
