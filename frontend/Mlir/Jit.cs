using System.Diagnostics;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Mlir.Backends;
using Mlir.Backends.Cpu;
using Mlir.Backends.Gpu;
using Mlir.Backends.Interpreter;
using Mlir.Execution;
using Mlir.Frontend;
using Mlir.Frontend.Compositions;
using Mlir.Frontend.Expressions;
using Mlir.IR;
using Mlir.Lowering;
using Mlir.Lowering.Gpu;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir;

/// <summary>Compiles lambdas over scalars, <c>Tensor&lt;T&gt;</c>, arrays, strings, and structs and tuples of these to machine code.</summary>
/// <example><code>
/// var price = Jit.Compile((Tensor&lt;double&gt; s, Tensor&lt;double&gt; k, double r) => Tensor.Exp&lt;double&gt;(-r * s) * k + 2.0 * s);
/// Tensor&lt;double&gt; y = price.Invoke(s, k, 0.03);
/// </code></example>
/// <remarks>
/// A kernel means what the lambda means, exceptions included. Captured variables are read at every call; where the code depends on them, as on axes, a call
/// with another value compiles the lambda anew. Elementary functions are within 2 ulp; sums
/// are added in an order that depends on the sizes only. Thread-safe.
/// </remarks>
public static partial class Jit
{
    private static readonly Lazy<Compiler> DefaultCompiler = new(() =>
        new CompilerBuilder()
            .UseCpu()
            .UseInterpreter()
            .UseGpu()
            .UseGpu(GpuDevices.PtxMachine)
            .UseGpu(GpuDevices.OpenCl)
            .Build()
    );

    // Modules from outside are checked as they run where what they are made of does not keep them in bounds.
    private static readonly Lazy<Compiler> CheckingCompiler = new(() =>
        new CompilerBuilder().Add(Checking(CpuBackend.Create())).Add(Checking(InterpreterBackend.Create())).Build()
    );

    private static readonly CompilationCache<KernelKey, KernelCode> Cache = new();

    /// <summary>The backends that <c>Compile</c> chooses from unless told otherwise: the CPU, the interpreter, and devices.</summary>
    public static Compiler Compiler => DefaultCompiler.Value;

    /// <summary>Compiles a lambda given as an expression tree of any delegate type.</summary>
    /// <typeparam name="TDelegate">The delegate type.</typeparam>
    /// <param name="lambda">The lambda.</param>
    /// <param name="options">How to compile; null for <see cref="JitOptions.Default"/>.</param>
    /// <param name="text">The lambda's source text; filled in by the C# compiler.</param>
    /// <param name="file">The source file; filled in by the C# compiler.</param>
    /// <param name="line">The line; filled in by the C# compiler.</param>
    /// <exception cref="UnsupportedExpressionException">The lambda holds something that has no compiled form; the message quotes it.</exception>
    /// <exception cref="BackendUnavailableException">The backend cannot be used on this machine; the message says what to install.</exception>
    public static Kernel<TDelegate> Compile<TDelegate>(
        Expression<TDelegate> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
        where TDelegate : Delegate
    {
        ArgumentNullException.ThrowIfNull(lambda);
        options ??= JitOptions.Default;
        if (KnownArguments.Find(lambda) is { } known)
        {
            return new Kernel<TDelegate>(
                lambda,
                new CallSite(file, line, text),
                new FixedKernels<TDelegate>(lambda, known, l => Compile(l, options, text, file, line))
            );
        }

        if (options.Alternative is not null)
        {
            return CompileTwice(lambda, options, text, file, line);
        }

        var start = Stopwatch.GetTimestamp();
        var site = new CallSite(file, line, text);
        var compiler = options.Compiler ?? Compiler;
        var backend = ChooseBackend(compiler, options);
        var functions = FunctionSnapshot.Of(options.Functions);
        var key = ExpressionKey.Of(lambda, site, functions);
        KernelCode Make() =>
            new(
                s => Relaxed(ExpressionImporter.Import(lambda, site, s, functions), options, backend),
                compiler,
                backend,
                options
            );
        var code = options.UseCache
            ? Cache.GetOrAdd(
                new KernelKey(
                    key,
                    compiler,
                    backend.Name,
                    options.Precision,
                    options.AllowTf32,
                    options.GpuFeatures,
                    options.Tiering,
                    options.Autotune,
                    options.Shapes
                ),
                _ => Make()
            )
            : Make();
        return new Kernel<TDelegate>(lambda, site, functions, code, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Compiles lambdas that call each other's results into one kernel: what lies between them never exists.</summary>
    /// <param name="composition">The lambdas and how they are connected.</param>
    /// <param name="options">How to compile; null for <see cref="JitOptions.Default"/>.</param>
    /// <exception cref="UnsupportedExpressionException">A lambda holds something that has no compiled form; the message quotes it.</exception>
    /// <exception cref="BackendUnavailableException">The backend cannot be used on this machine; the message says what to install.</exception>
    public static ComposedKernel Compose(Composition composition, JitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(composition);
        options ??= JitOptions.Default;
        var compiler = options.Compiler ?? Compiler;
        var backend = ChooseBackend(compiler, options);
        var functions = FunctionSnapshot.Of(options.Functions);
        var code = new KernelCode(
            s => Relaxed(ExpressionImporter.Import(composition, s, functions), options, backend),
            compiler,
            backend,
            options
        );
        return new ComposedKernel(composition.Inputs, code);
    }

    /// <summary>Compiles a kernel that another process has written down.</summary>
    /// <param name="kernel">The kernel; nothing in it is believed before it was checked.</param>
    /// <param name="options">How to compile; null for <see cref="JitOptions.Default"/>.</param>
    /// <exception cref="DiagnosticException">The module is invalid, or holds what modules from outside may not hold.</exception>
    /// <exception cref="BackendUnavailableException">The backend cannot be used on this machine; the message says what to install.</exception>
    public static ComposedKernel Load(PortableKernel kernel, JitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        options ??= JitOptions.Default;
        var compiler = options.Compiler ?? CheckingCompiler.Value;
        var backend = ChooseBackend(compiler, options);
        var imported = PortableModule.Parse(kernel, out var shape);
        var code = new KernelCode(
            s =>
                s == shape
                    ? imported
                    : throw new NotSupportedException("the kernel was written down for arguments of other shapes"),
            compiler,
            backend,
            options,
            shape
        );
        return new ComposedKernel(kernel.Inputs, code);
    }

    private static Kernel<TDelegate> CompileTwice<TDelegate>(
        Expression<TDelegate> lambda,
        JitOptions options,
        string text,
        string file,
        int line
    )
        where TDelegate : Delegate
    {
        var near = For(options.Alternative);
        try
        {
            return new Kernel<TDelegate>(For(options.Target), near, options.Functions);
        }
        catch (DiagnosticException refused)
        {
            PlaceChoice.TraceRefused(
                text,
                (options.Compiler ?? Compiler).GetBackend(options.Target).Name,
                near.Target,
                refused
            );
            return near;
        }

        Kernel<TDelegate> For(string? target) =>
            Compile(lambda, options with { Target = target, Alternative = null }, text, file, line);
    }

    private static Backend Checking(Backend backend) =>
        backend with
        {
            Pipeline = [new GenerateRuntimeVerification(), .. backend.Pipeline],
            Quick = backend.Quick is { } quick ? Checking(quick) : null,
        };

    /// <summary>Says on the operations themselves what may be done with them, so that it holds for whoever gets the module.</summary>
    private static ImportedKernel Relaxed(ImportedKernel imported, JitOptions options, Backend backend)
    {
        if (options.Precision == Precision.Fast)
        {
            RelaxFloats.Apply(imported.Module);
        }

        if (options.AllowTf32)
        {
            ProductsToGpu.AllowTf32(imported.Module);
        }

        if (options.GpuFeatures.HasFlag(GpuFeatures.Wgmma) && backend.HasFeature(GpuBackend.Warpgroups))
        {
            ProductsToGpu.UseWarpgroups(imported.Module);
        }

        return imported;
    }

    private static Backend ChooseBackend(Compiler compiler, JitOptions options)
    {
        var backend = compiler.GetBackend(options.Target);
        if (backend.WhyUnavailable() is not { } reason)
        {
            backend.WarmUp(); // on another thread, while the lambda is read
            return backend;
        }

        return
            options.AllowInterpreter
            && compiler.Backends.FirstOrDefault(b => b.Name == "interpreter") is { } interpreter
            ? interpreter
            : throw new BackendUnavailableException(backend.Name, reason);
    }

    /// <inheritdoc cref="Compile{TDelegate}(Expression{TDelegate}, JitOptions?, string, string, int)"/>
    public static Kernel<Func<TResult>> Compile<TResult>(
        Expression<Func<TResult>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => Compile<Func<TResult>>(lambda, options, text, file, line);

    /// <inheritdoc cref="Compile{TDelegate}(Expression{TDelegate}, JitOptions?, string, string, int)"/>
    public static Kernel<Func<T1, TResult>> Compile<T1, TResult>(
        Expression<Func<T1, TResult>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => Compile<Func<T1, TResult>>(lambda, options, text, file, line);

    /// <inheritdoc cref="Compile{TDelegate}(Expression{TDelegate}, JitOptions?, string, string, int)"/>
    public static Kernel<Func<T1, T2, TResult>> Compile<T1, T2, TResult>(
        Expression<Func<T1, T2, TResult>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => Compile<Func<T1, T2, TResult>>(lambda, options, text, file, line);

    /// <inheritdoc cref="Compile{TDelegate}(Expression{TDelegate}, JitOptions?, string, string, int)"/>
    public static Kernel<Func<T1, T2, T3, TResult>> Compile<T1, T2, T3, TResult>(
        Expression<Func<T1, T2, T3, TResult>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => Compile<Func<T1, T2, T3, TResult>>(lambda, options, text, file, line);

    /// <inheritdoc cref="Compile{TDelegate}(Expression{TDelegate}, JitOptions?, string, string, int)"/>
    public static Kernel<Func<T1, T2, T3, T4, TResult>> Compile<T1, T2, T3, T4, TResult>(
        Expression<Func<T1, T2, T3, T4, TResult>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => Compile<Func<T1, T2, T3, T4, TResult>>(lambda, options, text, file, line);

    /// <inheritdoc cref="Compile{TDelegate}(Expression{TDelegate}, JitOptions?, string, string, int)"/>
    public static Kernel<Func<T1, T2, T3, T4, T5, TResult>> Compile<T1, T2, T3, T4, T5, TResult>(
        Expression<Func<T1, T2, T3, T4, T5, TResult>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => Compile<Func<T1, T2, T3, T4, T5, TResult>>(lambda, options, text, file, line);

    /// <inheritdoc cref="Compile{TDelegate}(Expression{TDelegate}, JitOptions?, string, string, int)"/>
    public static Kernel<Func<T1, T2, T3, T4, T5, T6, TResult>> Compile<T1, T2, T3, T4, T5, T6, TResult>(
        Expression<Func<T1, T2, T3, T4, T5, T6, TResult>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => Compile<Func<T1, T2, T3, T4, T5, T6, TResult>>(lambda, options, text, file, line);

    /// <inheritdoc cref="Compile{TDelegate}(Expression{TDelegate}, JitOptions?, string, string, int)"/>
    public static Kernel<Func<T1, T2, T3, T4, T5, T6, T7, TResult>> Compile<T1, T2, T3, T4, T5, T6, T7, TResult>(
        Expression<Func<T1, T2, T3, T4, T5, T6, T7, TResult>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => Compile<Func<T1, T2, T3, T4, T5, T6, T7, TResult>>(lambda, options, text, file, line);

    /// <inheritdoc cref="Compile{TDelegate}(Expression{TDelegate}, JitOptions?, string, string, int)"/>
    public static Kernel<Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult>> Compile<
        T1,
        T2,
        T3,
        T4,
        T5,
        T6,
        T7,
        T8,
        TResult
    >(
        Expression<Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult>> lambda,
        JitOptions? options = null,
        [CallerArgumentExpression(nameof(lambda))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => Compile<Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult>>(lambda, options, text, file, line);

    /// <summary>What tells kernels apart.</summary>
    private sealed record KernelKey(
        string Text,
        Compiler Compiler,
        string Backend,
        Precision Precision,
        bool AllowTf32,
        GpuFeatures GpuFeatures,
        bool Tiering,
        bool Autotune,
        ShapeMode Shapes
    );
}
