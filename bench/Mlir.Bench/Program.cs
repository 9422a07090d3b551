using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using Mlir.Bench;
using Mlir.Bench.Arrays;
using Mlir.Bench.Remote;

// Other sides of the measurements of the remote executor, in processes of their own.
switch (args)
{
    case [RemoteRun.ServerRole, var listen]:
        return await RemoteRun.ServeAsync(listen);
    case [RemoteRun.PingRole]:
        return PingPong.Serve();
    case [RemoteRun.FirstCallRole, var address]:
        return await RemoteRun.FirstCallAsync(address);
}

// `--peers SECTION` is what the peer kit runs beside its own programs.
if (args is ["--peers", var section])
{
    return PeerRun.Run(section);
}

// `--csv [case…]` prints one line a figure, measured in this process with the peers in turn; anything else goes to BenchmarkDotNet.
if (args.Contains("--csv"))
{
    return CsvRun.Run([.. args.Where(a => a != "--csv")]);
}

var filtered = args.Length > 0 && !args[0].StartsWith('-') ? ["--filter", $"*{args[0]}*", .. args[1..]] : args;
return BenchmarkSwitcher
    .FromAssembly(typeof(CsvRun).Assembly)
    .Run(
        filtered.Length == 0 ? ["--filter", "*"] : filtered,
        DefaultConfig.Instance.WithArtifactsPath("artifacts/bench")
    )
    .Any(summary => summary.HasCriticalValidationErrors)
    ? 1
    : 0;
