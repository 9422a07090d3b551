using System.Collections.Immutable;
using Mlir.Backends.Storage;
using Mlir.Dialects.Builtin;
using Mlir.IR;
using Mlir.Lowering;
using Mlir.Runtime;

namespace Mlir.Backends;

/// <summary>Compiles modules for the backends it was built with. Thread-safe.</summary>
public sealed class Compiler
{
    private readonly CompilationCache<CompilationKey, CompiledModule> cache = new();

    internal Compiler(ImmutableArray<Backend> backends) => Backends = backends;

    /// <summary>The backends, the default one first.</summary>
    public ImmutableArray<Backend> Backends { get; }

    /// <summary>The backend of this name, or the default one for null.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those that there are.</exception>
    public Backend GetBackend(string? name) =>
        name is null
            ? Backends[0]
            : Backends.FirstOrDefault(backend => backend.Name == name)
                ?? throw new ArgumentException(
                    $"There is no backend '{name}'; there are {string.Join(", ", Backends.Select(static b => $"'{b.Name}'"))}.",
                    nameof(name)
                );

    /// <summary>Compiles a module, or finds it among those compiled before that are still in use.</summary>
    /// <param name="module">A module at the tensor level. It is not changed.</param>
    /// <param name="backend">The backend's name; null for the default one.</param>
    /// <param name="store">Where machine code is looked for and kept for processes to come; null for nowhere.</param>
    /// <exception cref="DiagnosticException">The module is invalid, or the backend cannot compile it.</exception>
    public CompiledModule Compile(ModuleOp module, string? backend = null, CodeStore? store = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        return CompileFor(module, GetBackend(backend), store);
    }

    /// <summary><see cref="Compile"/> for a backend that need not be one of <see cref="Backends"/>.</summary>
    internal CompiledModule CompileFor(ModuleOp module, Backend target, CodeStore? store) =>
        cache.GetOrAdd(
            CompilationKey.Of(module, target),
            key =>
            {
                var compiled =
                    store is not null && target.Code is { } code
                        ? CompileStored(module, target, code, StoredKey(key, target, code), store)
                        : CompileUncached(module, target);
                compiled.IsShared = true;
                return compiled;
            },
            static module => module.IsUsable
        );

    /// <summary>The identity of a module's code on disk, on this machine and in this build.</summary>
    internal static CompilationKey StoredKeyOf(ModuleOp module, Backend backend) =>
        backend.Code is { } code
            ? StoredKey(CompilationKey.Of(module, backend), backend, code)
            : CompilationKey.Of(module, backend);

    /// <summary>Finds a module among those compiled before, without compiling.</summary>
    /// <param name="module">A module at the tensor level. It is not changed.</param>
    /// <param name="backend">The backend's name; null for the default one.</param>
    /// <param name="store">Where machine code of earlier processes is looked for; null for nowhere.</param>
    /// <returns>The compiled module, or null.</returns>
    public CompiledModule? Find(ModuleOp module, string? backend = null, CodeStore? store = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        var target = GetBackend(backend);
        var key = CompilationKey.Of(module, target);
        return cache.Find(key) is { IsUsable: true } known ? known
            : store is not null && target.Code is { } code && store.Contains(StoredKey(key, target, code))
                ? Compile(module, backend, store)
            : null;
    }

    /// <summary>Compiles a module without looking for an earlier result.</summary>
    /// <param name="module">A module at the tensor level. It is not changed.</param>
    /// <param name="backend">The backend.</param>
    /// <exception cref="DiagnosticException">The module is invalid, or the backend cannot compile it.</exception>
    public static CompiledModule CompileUncached(ModuleOp module, Backend backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        return backend.Emit(Lower(module, backend, PassManagerOptions.Default));
    }

    /// <summary>Loads what an earlier process compiled, or compiles it for the next one.</summary>
    private static CompiledModule CompileStored(
        ModuleOp module,
        Backend backend,
        CodeFormat code,
        CompilationKey key,
        CodeStore store
    )
    {
        if (store.Find(key) is { } found)
        {
            if (code.Load(found) is { } loaded)
            {
                return loaded;
            }

            store.Drop(key);
        }

        var emitted = code.Emit(Lower(module, backend, PassManagerOptions.Default));
        store.Keep(key, emitted);
        return code.Load(emitted)
            ?? throw new InvalidOperationException(
                $"The backend '{backend.Name}' cannot load what it has just compiled."
            );
    }

    /// <summary>What a module's key leaves open within one process: the machine, and which build of the compiler this is.</summary>
    private static CompilationKey StoredKey(CompilationKey key, Backend backend, CodeFormat code)
    {
        var builds = PassTypes(backend.Pipeline)
            .Append(typeof(ModuleOp))
            .Append(typeof(Operation))
            .Append(typeof(Compiler))
            .Append(typeof(KernelSignature))
            .Select(static type => type.Module.ModuleVersionId)
            .Distinct()
            .Order();
        return CompilationKey.Of(key.ToString(), code.Identity(), string.Join(' ', builds));
    }

    private static IEnumerable<Type> PassTypes(PassPipeline pipeline) =>
        pipeline.Steps.SelectMany(static step =>
            step.Pass is { } pass ? [pass.GetType()]
            : step.Nested is { } nested ? PassTypes(nested)
            : []
        );

    /// <summary>
    /// The module at every level: as given, after each pass that changed it, and in the forms below, such as LLVM IR and assembly.
    /// </summary>
    /// <param name="module">A module at the tensor level. It is not changed.</param>
    /// <param name="backend">The backend.</param>
    public static IReadOnlyList<IrListing> List(ModuleOp module, Backend backend)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(backend);
        var listings = new List<IrListing> { new("input", module.ToString()!) };
        var sink = new ListingWriter(listings);
        var lowered = Lower(
            module,
            backend,
            PassManagerOptions.Default with
            {
                PrintAfter = static _ => true,
                Output = sink,
            }
        );
        sink.Finish();
        listings.AddRange(backend.Listings(lowered));
        return listings;
    }

    /// <summary>Runs a backend's pipeline over a copy of a module.</summary>
    /// <param name="module">A module at the tensor level. It is not changed.</param>
    /// <param name="backend">The backend.</param>
    /// <param name="options">How the passes run.</param>
    /// <exception cref="DiagnosticException">The module is invalid, or a pass reported an error.</exception>
    public static LoweredModule Lower(ModuleOp module, Backend backend, PassManagerOptions options)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(backend);
        backend.Capabilities.Check(module, backend.Name);
        var copy = (ModuleOp)module.Clone();
        var functions = ModuleInterface.Of(copy);
        new PassManager(options).RunOrThrow(backend.Pipeline, copy);
        return new LoweredModule(copy, functions, ReadErrors(copy));
    }

    /// <summary>
    /// The table that the conversion to the target leaves on the module: pairs of an assertion's text and the failing line. A
    /// kernel's status is 1 + an index into it.
    /// </summary>
    private static ImmutableArray<KernelError> ReadErrors(ModuleOp module)
    {
        if (module.Discardable["mlir.errors"] is not ArrayAttr table)
        {
            return [];
        }

        var errors = ImmutableArray.CreateBuilder<KernelError>(table.Items.Count);
        foreach (var entry in table.Items)
        {
            errors.Add(
                entry is ArrayAttr { Items: [StringAttr text, StringAttr location] }
                    ? KernelError.Parse(text.Value, location.Value)
                    : KernelError.Parse(entry.ToString())
            );
        }

        return errors.ToImmutable();
    }
}
