using System.Diagnostics;
using System.Numerics.Tensors;

namespace Mlir.Bench.Gpu;

/// <summary>The time from the start of a process to its first result on a device.</summary>
internal static class FirstResult
{
    /// <summary>The argument that makes this program such a process.</summary>
    public const string Role = "first";

    /// <summary>Is such a process.</summary>
    public static int Run(string device)
    {
        var kernel = Jit.Compile(
            (Tensor<float> x, Tensor<float> y) => Tensor.Exp<float>(x) * y + 1f,
            Device.Named(device)
        );
        var x = Tensor.Create<float>([.. Enumerable.Range(0, 1000).Select(static i => i / 1000f)]);
        Console.WriteLine(kernel.Invoke(x, x)[999]);
        return 0;
    }

    /// <summary>Microseconds of such a process.</summary>
    /// <param name="device">The device.</param>
    /// <param name="isCold">Whether the driver must compile the code anew.</param>
    public static double Measure(string device, bool isCold)
    {
        var own = Environment.ProcessPath!;
        string[] arguments =
            Path.GetFileNameWithoutExtension(own) == "dotnet" ? [typeof(FirstResult).Assembly.Location] : [];
        var start = new ProcessStartInfo(own, [.. arguments, Role, device]) { RedirectStandardOutput = true };
        start.Environment["CUDA_CACHE_DISABLE"] = isCold ? "1" : "0";
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var answer = process.StandardOutput.ReadLine();
        var elapsed = Stopwatch.GetElapsedTime(began);
        process.WaitForExit();
        return answer is not null && process.ExitCode == 0
            ? elapsed.TotalMicroseconds
            : throw new InvalidOperationException($"the process ended with {process.ExitCode}");
    }
}
