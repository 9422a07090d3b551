using Mlir.Backends;
using Mlir.Backends.Cpu;
using Mlir.Backends.Storage;

namespace Mlir.Bench;

/// <summary>Black–Scholes as a process finds it that starts after another one has compiled it.</summary>
internal sealed class StoredKernel : IDisposable
{
    private readonly CodeStore _store = new(Directory.CreateTempSubdirectory("mlir-bench").FullName);

    public StoredKernel() => Load();

    /// <summary>Compiles with a compiler that remembers nothing, so that the store answers, from the second call on.</summary>
    public object Load() =>
        Jit.Compile(
            Lambdas.BlackScholes,
            new JitOptions { Compiler = new CompilerBuilder().UseCpu().Build(), Store = _store }
        );

    public void Dispose() => Directory.Delete(_store.Folder, recursive: true);
}
