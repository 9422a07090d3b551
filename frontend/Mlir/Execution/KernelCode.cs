using System.Collections.Concurrent;
using System.Collections.Immutable;
using Mlir.Backends;
using Mlir.Dialects.Builtin;
using Mlir.Frontend.Expressions;
using Mlir.Frontend.Layouts;
using Mlir.IR;
using Mlir.Lowering;

namespace Mlir.Execution;

/// <summary>What lambdas of one text, or one composition, share: the compiled versions for the shapes seen so far.</summary>
internal sealed class KernelCode
{
    private const int MaxSpecialized = 16;

    // Few enough to look through faster than a dictionary finds one.
    private const int MostRecent = 8;

    private readonly Func<KernelShape, ImportedKernel> _import;
    private readonly Compiler _compiler;
    private readonly JitOptions _options;
    private readonly CompilationCache<KernelShape, KernelVersion> _versions = new();
    private readonly ConcurrentDictionary<KernelShape, bool> _confirmed = new();
    private readonly ConcurrentDictionary<KernelShape, KernelExplanation> _explained = new();
    private readonly Lock _gate = new();
    private volatile (UInt128 Classes, KernelVersion Version)[] _recent = [];
    private volatile ImmutableDictionary<KernelShape, KernelVersion> _used = ImmutableDictionary<
        KernelShape,
        KernelVersion
    >.Empty;

    /// <summary>Compiles the version for equal shapes, which also serves lambdas without tensors.</summary>
    /// <param name="import">Reads what is compiled into a module for given shapes.</param>
    /// <param name="compiler">What compiles the module.</param>
    /// <param name="backend">For which backend.</param>
    /// <param name="options">Whether an equal module that was compiled before may be used again, here or in an earlier process.</param>
    /// <param name="only">The only shapes that there is a module for; null where there is one for all.</param>
    public KernelCode(
        Func<KernelShape, ImportedKernel> import,
        Compiler compiler,
        Backend backend,
        JitOptions options,
        KernelShape? only = null
    )
    {
        (_import, _compiler, _options, Backend) = (import, compiler, options, backend);
        if (only is not null)
        {
            SameShape = GetVersion(only);
            Imported = SameShape.Imported;
            return;
        }

        Imported = import(KernelShape.SameShape);
        IsSpecialized =
            options.Shapes == ShapeMode.Specialized && Imported.Arguments.Any(a => a.Kind == LeafKind.Tensor);
        if (!Imported.NeedsShapes && !IsSpecialized)
        {
            SameShape = _versions.GetOrAdd(KernelShape.SameShape, s => Compile(Imported, s));
        }
        else if (Imported.Arguments.All(a => a.Kind != LeafKind.Tensor))
        {
            // Without tensors among the arguments there is nothing to wait for.
            SameShape = GetVersion(new KernelShape(new EquatableArray<TensorShape>?([])));
            Imported = SameShape.Imported;
        }
    }

    /// <summary>The backend that compiles.</summary>
    public Backend Backend { get; }

    /// <summary>The arguments and results; the code in it is that of <see cref="SameShape"/>, or none.</summary>
    public ImportedKernel Imported { get; }

    /// <summary>
    /// The version for arguments of one shape, or the only one that there is; null when each class of shapes has one, which is compiled when it is first
    /// needed.
    /// </summary>
    public KernelVersion? SameShape { get; }

    /// <summary>Whether each combination of sizes has a version, up to a limit.</summary>
    public bool IsSpecialized { get; }

    /// <summary>Whether a call must say the classes of its arguments' shapes even when they have one shape.</summary>
    public bool NeedsShapes => SameShape is null || SameShape.Shape.Tensors is not null;

    /// <summary>Whether calls go through machine code; what is not compiled yet goes the way that its backend says.</summary>
    public bool IsNative => SameShape is { } version ? version.Native is not null : Backend.IsNative;

    /// <summary>Whether versions choose among variants of their code by measuring.</summary>
    public bool IsTuned => _options.Autotune && Backend is { IsNative: true, Variants.IsEmpty: false };

    /// <summary>What measuring has chosen so far.</summary>
    public IReadOnlyList<TunedChoice> Tuned =>
        [
            .. _used
                .Values.Append(SameShape)
                .Distinct()
                .SelectMany(static v => v?.Tuning?.Choices ?? Enumerable.Empty<TunedChoice>()),
        ];

    /// <summary>The version for what was written down about the arguments of a call.</summary>
    public KernelVersion GetVersion(ref readonly ShapeState shapes)
    {
        if (shapes.Classes is not { } classes)
        {
            return GetVersion(shapes.ToShape());
        }

        foreach (var (known, version) in _recent)
        {
            if (known == classes)
            {
                return version;
            }
        }

        var shape = shapes.ToShape();
        var found = GetVersion(shape);
        lock (_gate)
        {
            // Meanwhile another one may have taken its place.
            if (_recent.Length < MostRecent && _used.TryGetValue(shape, out var used) && ReferenceEquals(used, found))
            {
                _recent = [.. _recent, (classes, found)];
            }
        }

        return found;
    }

    /// <summary>The version for <paramref name="shape"/>, compiled when it is first needed.</summary>
    public KernelVersion GetVersion(KernelShape shape)
    {
        if (_used.TryGetValue(shape, out var known))
        {
            return known;
        }

        if (IsSpecialized && ToClass(shape) is var general && general != shape)
        {
            return GetSpecialized(shape, general);
        }

        // The inner cache makes threads that need one version wait for one compilation.
        var version = _versions.GetOrAdd(shape, s => Compile(_import(s), s));
        lock (_gate)
        {
            _used = _used.SetItem(shape, version);
        }

        return version;
    }

    /// <summary>Whether a call may fail because a size that only the kernel knows is 1, and then be repeated.</summary>
    public bool MayRetry => SameShape?.Imported.MeetsSizes ?? true;

    /// <summary>What is held while a call is repeated.</summary>
    public object Retries { get; } = new();

    /// <summary>From now on takes this version for arguments of its shapes.</summary>
    /// <param name="shape">The shapes, and which computed sizes are taken for 1.</param>
    public void Use(KernelShape shape)
    {
        var version = _versions.GetOrAdd(shape, s => Compile(_import(s), s));
        lock (_gate)
        {
            _used = _used.SetItem(shape with { Ones = "" }, version);
            _recent = [];
        }
    }

    /// <summary>Says that a call with these sizes has succeeded: they fit each other, and the next one may be worth a version of its own.</summary>
    public void Confirm(KernelShape shape)
    {
        if (_confirmed.Count < MaxSpecialized)
        {
            _confirmed.TryAdd(shape, true);
        }
    }

    /// <summary>The version for exactly these sizes from their second call on; before that the one for their class.</summary>
    private KernelVersion GetSpecialized(KernelShape shape, KernelShape general)
    {
        if (!_confirmed.ContainsKey(shape))
        {
            return GetVersion(general);
        }

        var version = _versions.GetOrAdd(shape, s => Compile(_import(s), s));
        lock (_gate)
        {
            _used = _used.SetItem(shape, version);
        }

        return version;
    }

    private static KernelShape ToClass(KernelShape shape) =>
        shape.Tensors is { } tensors
            ? new KernelShape(
                new EquatableArray<TensorShape>?([
                    .. tensors.Select(t => TensorShape.Of([.. t.Shape.Select(static l => (nint)l)])),
                ])
            )
            : shape;

    private KernelVersion Compile(ImportedKernel imported, KernelShape shape)
    {
        var version = CompileVersion(imported, shape);
        if (IsTuned && imported.Arguments.Any(static a => a.Kind != LeafKind.Scalar))
        {
            version.Tuning = new Tuning(version, _compiler, Backend, _options);
        }

        return version;
    }

    private KernelVersion CompileVersion(ImportedKernel imported, KernelShape shape)
    {
        if (
            _options.Tiering
            && Backend.Quick is { } quick
            && imported.Arguments.Any(static a => a.Kind != LeafKind.Scalar)
        )
        {
            return CompileInTiers(imported, shape, quick);
        }

        CompiledModule Code() => CompileFully(imported.Module, _compiler, Backend, _options);
        return new KernelVersion(imported, Code(), shape) { Renewal = Backend.IsDevice ? Code : null };
    }

    /// <summary>What became of the array operations, with figures when shapes are given.</summary>
    /// <param name="shapes">The shapes of the lambda's arguments in order, null for scalars; empty for formulas alone.</param>
    /// <exception cref="InvalidOperationException">The code depends on shapes, none were given, and none were seen in a call.</exception>
    public KernelExplanation Explain(IReadOnlyList<long[]?> shapes)
    {
        return shapes.Count == 0 ? Explain(Any().Imported) : ExplainLeaves(LeafShapes(shapes));
    }

    /// <summary>As <c>Explain</c>, for a shape of each of <see cref="ImportedKernel.Arguments"/>.</summary>
    public KernelExplanation ExplainLeaves(long[]?[] shapes)
    {
        var tensors = shapes.Where((_, i) => Imported.Arguments[i].Kind == LeafKind.Tensor).ToArray();
        var flat =
            SameShape is { Shape.Tensors: null } same && tensors.All(t => t.AsSpan().SequenceEqual(tensors[0]))
                ? same
                : null;
        var shape = flat?.Shape ?? ClassOf(tensors);
        return _explained.GetOrAdd(shape, s => Explain(flat?.Imported ?? _import(s))).For(shapes);
    }

    /// <summary>The shapes of the leaves, from those of the parameters.</summary>
    public long[]?[] LeafShapes(IReadOnlyList<long[]?> shapes) =>
        [
            .. Imported.Arguments.Select(a =>
                a.Parameter >= 0 && a.Parameter < shapes.Count ? shapes[a.Parameter] : null
            ),
        ];

    /// <summary>The version for tensors of these shapes, in the order of the arguments.</summary>
    public KernelVersion VersionFor(IReadOnlyList<nint[]> shapes) =>
        SameShape is { Imported.MeetsSizes: false } same && shapes.All(s => s.AsSpan().SequenceEqual(shapes[0]))
            ? same
            : GetVersion(new KernelShape(new EquatableArray<TensorShape>?([.. shapes.Select(s => TensorShape.Of(s))])));

    private KernelExplanation Explain(ImportedKernel imported) =>
        KernelExplanation.Of(imported.Module, Backend.Pipeline).Single(e => e.Function == ImportedKernel.EntryPoint);

    private static KernelShape ClassOf(long[]?[] tensors) =>
        new(
            new EquatableArray<TensorShape>?([
                .. tensors.Select(t =>
                    TensorShape.Of([
                        .. (
                            t
                            ?? throw new ArgumentException(
                                "a tensor's shape is missing: each tensor parameter needs one, and captured tensors of several shapes cannot be explained"
                            )
                        ).Select(n => (nint)n),
                    ])
                ),
            ])
        );

    private KernelVersion CompileInTiers(ImportedKernel imported, KernelShape shape, Backend quick)
    {
        if (_options.UseCache && _compiler.Find(imported.Module, Backend.Name, _options.Store) is { } found)
        {
            return new KernelVersion(imported, found, shape);
        }

        var version = new KernelVersion(imported, Compiler.CompileUncached(imported.Module, quick), shape);
        version.Optimize(Optimizer(imported.Module, _compiler, Backend, _options));
        return version;
    }

    // Static: what compiles in the background keeps neither the kernel nor its user alive.
    private static Func<CompiledModule> Optimizer(
        ModuleOp module,
        Compiler compiler,
        Backend backend,
        JitOptions options
    ) => () => CompileFully(module, compiler, backend, options);

    /// <summary>Compiles, or finds what was compiled before if that is allowed.</summary>
    internal static CompiledModule CompileFully(
        ModuleOp module,
        Compiler compiler,
        Backend backend,
        JitOptions options
    ) =>
        options.UseCache
            ? compiler.CompileFor(module, backend, options.Store)
            : Compiler.CompileUncached(module, backend);

    /// <summary>The code at every level, of the version for one shape or of any that was called.</summary>
    /// <exception cref="InvalidOperationException">There is none before the first call.</exception>
    public IReadOnlyList<IrListing> List() => Compiler.List(Any().Imported.Module, Backend);

    private KernelVersion Any() =>
        SameShape
        ?? _used.Values.FirstOrDefault()
        ?? throw new InvalidOperationException(
            "the kernel depends on the shapes of its arguments, so that there is no code before the first call"
        );
}
