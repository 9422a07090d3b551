using System.Linq.Expressions;
using Mlir.Execution;
using Mlir.Frontend;
using Mlir.Frontend.Expressions;
using Mlir.Lowering;

namespace Mlir;

/// <summary>A lambda as machine code, called like the lambda.</summary>
/// <remarks>
/// Calls may come from several threads at once. Other compiled lambdas may call this one through <see cref="Invoke"/>; its code is then compiled into
/// theirs. The machine code goes when nobody holds the kernel or its delegate any more.
/// </remarks>
/// <typeparam name="TDelegate">The lambda's delegate type.</typeparam>
public sealed class Kernel<TDelegate> : ICompiledLambda
    where TDelegate : Delegate
{
    private readonly Lazy<Delegate> _into;
    private readonly Lazy<DeviceInvoker> _onDevice;
    private readonly KernelCode _code;
    private readonly Kernel<TDelegate>? _near;
    private readonly PlaceChoice? _choice;
    private readonly KernelIr _ir;
    private readonly FixedKernels<TDelegate>? _fixed;

    internal Kernel(
        Expression<TDelegate> source,
        CallSite site,
        FunctionResolver? functions,
        KernelCode code,
        TimeSpan compileTime
    )
    {
        Source = source;
        Site = site;
        Target = code.Backend.Name;
        CompileTime = compileTime;
        Invoke = (TDelegate)DelegateFactory.Create(typeof(TDelegate), source, functions, code);
        _ir = new KernelIr(code.List);
        _code = code;
        _into = new Lazy<Delegate>(() => DelegateFactory.CreateInto(source, functions, code));
        _onDevice = new Lazy<DeviceInvoker>(() => new DeviceInvoker(source, functions, code));
    }

    /// <summary>Of a lambda's kernels on a device and on the host, one that goes for each call where it is faster.</summary>
    internal Kernel(Kernel<TDelegate> far, Kernel<TDelegate> near, FunctionResolver? functions)
    {
        (Source, Site, CompileTime) = (near.Source, near.Site, far.CompileTime + near.CompileTime);
        (_code, _onDevice, _ir) = (far._code, far._onDevice, far._ir);
        Target = $"{far.Target} or {near.Target}";
        _near = near;
        _choice = new PlaceChoice(Text, far._code, near._code);
        var arguments = CapturedVariables.Collect(Source, CallSite.Unknown, functions);
        Invoke = (TDelegate)_choice.Between(Source, arguments, far.Invoke, near.Invoke);
        _into = new Lazy<Delegate>(() =>
            _choice.Between(Source, arguments, far.InvokeInto, near.InvokeInto, Expression.Parameter(Source.ReturnType))
        );
    }

    /// <summary>Of a lambda's kernels for several values of what code depends on, for each call the one for the present values.</summary>
    internal Kernel(Expression<TDelegate> source, CallSite site, FixedKernels<TDelegate> kernels)
    {
        var first = kernels.Current;
        (Source, Site, CompileTime, Target) = (source, site, first.CompileTime, first.Target);
        (_code, _onDevice, _ir, _near, _choice) = (first._code, first._onDevice, first._ir, first._near, first._choice);
        _fixed = kernels;
        Invoke = kernels.Invoke();
        _into = new Lazy<Delegate>(kernels.InvokeInto);
    }

    /// <summary>The compiled lambda: exactly its delegate type, bound to the machine code.</summary>
    public TDelegate Invoke { get; }

    /// <summary><see cref="KernelResults"/>: the delegate that writes into given memory, made when it is first asked for.</summary>
    internal Delegate InvokeInto => _into.Value;

    /// <summary>The kernel's code at every level, for reading.</summary>
    public KernelIr Ir => Present._ir;

    /// <summary>The name of the backend that runs the kernel; both, where each call goes to the faster one.</summary>
    public string Target { get; }

    /// <summary>
    /// With <see cref="JitOptions.Tiering"/>: ends when optimised code has taken over, or with the failure that kept it from being made, in which
    /// case the kernel goes on as it is. Otherwise ended from the start.
    /// </summary>
    public Task Optimized => Present.OwnCode.SameShape?.Optimized ?? Task.CompletedTask;

    /// <summary>With <see cref="JitOptions.Autotune"/>: what was chosen in the calls so far. Otherwise empty.</summary>
    public IReadOnlyList<TunedChoice> Tuned => Present.OwnCode.Tuned;

    /// <summary>How long <c>Jit.Compile</c> took, without the delegate; close to zero when the kernel was in the cache.</summary>
    public TimeSpan CompileTime { get; }

    /// <summary>The lambda as it was given.</summary>
    public Expression<TDelegate> Source { get; }

    /// <summary>Where the lambda stands in the source.</summary>
    public CallSite Site { get; }

    /// <summary>
    /// Says what became of the lambda's array operations: which run in one loop, how many bytes each loop moves, what it costs, and which arrays are still
    /// made between loops and why. Where each call goes to the faster of two targets, which one that is.
    /// </summary>
    /// <param name="shapes">
    /// The shapes of the lambda's arguments in order, null for scalars, for figures beside the formulas: <c>kernel.Explain([1000, 1024], [1024])</c>.
    /// Without any, formulas alone.
    /// </param>
    /// <exception cref="InvalidOperationException">The code depends on shapes, none are given, and the kernel was not called yet.</exception>
    public KernelExplanation Explain(params IReadOnlyList<long[]?> shapes)
    {
        var (code, choice) = (Present.OwnCode, Present._choice);
        return code.Explain(shapes) with
        {
            Function = Text,
            Places = shapes.Count > 0 && choice is not null ? choice.Places(code.LeafShapes(shapes)) : [],
        };
    }

    // What code depends on may have changed since the last call.
    private Kernel<TDelegate> Present => _fixed?.Current ?? this;

    private KernelCode OwnCode => _near?._code ?? _code;

    private string Text => Site.Text.Length > 0 ? Site.Text : Source.ToString();

    /// <summary><see cref="DeviceCalls"/>: calls the kernel where it runs.</summary>
    /// <param name="here">Calls it where that is the host's memory.</param>
    /// <param name="values">The arguments.</param>
    internal DeviceValue<TResult> OnDevice<TResult>(
        Func<TDelegate, TResult> here,
        params ReadOnlySpan<IDeviceValue> values
    ) => _code.Backend.IsDevice ? new DeviceValue<TResult>(Present._onDevice.Value.Call(values)) : here(Invoke);

    /// <summary>As <see cref="OnDevice"/>, without blocking a thread.</summary>
    internal async Task<DeviceValue<TResult>> OnDeviceAsync<TResult>(
        Func<TDelegate, TResult> here,
        CancellationToken cancellation,
        params IDeviceValue[] values
    ) =>
        _code.Backend.IsDevice
            ? new DeviceValue<TResult>(
                await Present._onDevice.Value.CallAsync(values, cancellation).ConfigureAwait(false)
            )
            : await Task.Run(() => here(Invoke), cancellation).ConfigureAwait(false);

    LambdaExpression ICompiledLambda.Source => Source;

    /// <summary>The compiled delegate, where one is expected.</summary>
    public static implicit operator TDelegate(Kernel<TDelegate> kernel) => kernel.Invoke;

    /// <summary>The lambda's text and the backend.</summary>
    public override string ToString() => $"{Text} [{Target}]";
}
