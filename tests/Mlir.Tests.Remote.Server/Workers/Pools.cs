using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Mlir.Remote.Server.Workers;

namespace Mlir.Tests.Remote.Server.Workers;

/// <summary>Pools of real worker processes for tests.</summary>
internal static class Pools
{
    /// <summary>What tests allow a compilation.</summary>
    public static CompileLimits Limits { get; } = new(TimeSpan.FromSeconds(60));

    /// <summary>Starts a pool.</summary>
    public static Task<WorkerPool> StartAsync(int count = 2) =>
        WorkerPool.StartAsync(new WorkerOptions { Count = count }, NullLogger.Instance, CancellationToken.None);

    /// <summary>Calls a function of scalars.</summary>
    public static Task<WorkerResult> CallAsync(this WorkerPool pool, CompiledUnit unit, byte[] packed) =>
        pool.CallAsync(new WorkerCall { Unit = unit, Packed = packed }, CancellationToken.None);

    /// <summary>Compiles text.</summary>
    public static Task<CompiledUnit> CompileAsync(this WorkerPool pool, string module, string target = "cpu") =>
        pool.CompileAsync(Encoding.UTF8.GetBytes(module), target, Limits, CancellationToken.None);
}
