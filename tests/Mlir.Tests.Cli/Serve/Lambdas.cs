using Mlir.Frontend;
using Mlir.Remote;

namespace Mlir.Tests.Cli.Serve;

/// <summary>Functions that take their time.</summary>
internal static class Lambdas
{
    /// <summary>An argument with which <see cref="DefineFib"/> runs for seconds.</summary>
    public const long LongFib = 43;

    /// <summary>What it returns then.</summary>
    public const long LongFibResult = 433494437;

    /// <summary>An argument with which <see cref="DefineFib"/> runs for longer than anybody waits.</summary>
    public const long EndlessFib = 90;

    /// <summary>The Fibonacci numbers, in exponential time.</summary>
    public static RemoteFunction DefineFib(RemoteJit remote) =>
        remote.Define(
            "fib",
            (long n) => n < 2 ? n : Function.Call<long>("fib", n - 1) + Function.Call<long>("fib", n - 2)
        );
}
