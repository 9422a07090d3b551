using System.Collections.Immutable;
using Mlir.Backends;
using Mlir.Frontend.Expressions;

namespace Mlir.Execution;

/// <summary>What lambdas of one text, or one composition, share: the compiled versions for the shapes seen so far.</summary>
internal sealed class KernelCode
{
    private readonly Func<KernelShape, ImportedKernel> _import;
    private readonly Compiler _compiler;
    private readonly bool _useCache;
    private readonly CompilationCache<KernelShape, KernelVersion> _versions = new();
    private readonly Lock _gate = new();
    private volatile ImmutableDictionary<KernelShape, KernelVersion> _used = ImmutableDictionary<
        KernelShape,
        KernelVersion
    >.Empty;

    /// <summary>Compiles the version for equal shapes, which also serves lambdas without tensors.</summary>
    /// <param name="import">Reads what is compiled into a module for given shapes.</param>
    /// <param name="compiler">What compiles the module.</param>
    /// <param name="backend">For which backend.</param>
    /// <param name="useCache">Whether an equal module that was compiled before may be used again.</param>
    /// <param name="only">The only shapes that there is a module for; null where there is one for all.</param>
    public KernelCode(
        Func<KernelShape, ImportedKernel> import,
        Compiler compiler,
        Backend backend,
        bool useCache,
        KernelShape? only = null
    )
    {
        (_import, _compiler, _useCache, Backend) = (import, compiler, useCache, backend);
        SameShape = GetVersion(only ?? KernelShape.SameShape);
    }

    /// <summary>The backend that compiles.</summary>
    public Backend Backend { get; }

    /// <summary>The version for arguments of one shape, or the only one that there is.</summary>
    public KernelVersion SameShape { get; }

    /// <summary>The version for <paramref name="shape"/>, compiled when it is first needed.</summary>
    public KernelVersion GetVersion(KernelShape shape)
    {
        if (_used.TryGetValue(shape, out var known))
        {
            return known;
        }

        // The inner cache makes threads that need one version wait for one compilation.
        var version = _versions.GetOrAdd(
            shape,
            s =>
            {
                var imported = _import(s);
                var module = _useCache
                    ? _compiler.Compile(imported.Module, Backend.Name)
                    : Compiler.CompileUncached(imported.Module, Backend);
                return new KernelVersion(imported, module, s);
            }
        );
        lock (_gate)
        {
            _used = _used.SetItem(shape, version);
        }

        return version;
    }

    /// <summary>The code at every level.</summary>
    public IReadOnlyList<IrListing> List() => Compiler.List(SameShape.Imported.Module, Backend);
}
