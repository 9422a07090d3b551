using System.Linq.Expressions;
using System.Reflection;
using Mlir.Frontend.Layouts;
using Mlir.Remote.Functions;
using Mlir.Remote.Sessions;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Remote;

/// <summary>A lambda that runs on the server, called like the lambda.</summary>
/// <remarks>
/// Captured variables are read at every call. The lambda is sent at its first call, once for each class of shapes. Thread-safe. Disposing frees what
/// the server holds of it.
/// </remarks>
/// <typeparam name="TDelegate">The lambda's delegate type.</typeparam>
public sealed class RemoteKernel<TDelegate> : IDisposable
    where TDelegate : Delegate
{
    private static readonly MethodInfo CallMethod = typeof(RemoteKernel<TDelegate>).GetMethod(
        nameof(Call),
        BindingFlags.Instance | BindingFlags.NonPublic
    )!;

    private readonly FunctionTable _functions;
    private readonly FunctionSource _source;
    private volatile Version _version;

    internal RemoteKernel(FunctionTable functions, Expression<TDelegate> source, CallSite site)
    {
        (_functions, Source, Site) = (functions, source, site);
        _source = new FunctionSource(functions.Session);
        _version = ReadLambda();
        Invoke = MakeDelegate();
    }

    /// <summary>Frees what the server holds of the lambda when nobody holds the kernel or its delegate any more.</summary>
    ~RemoteKernel()
    {
        // Not on this thread: it must not wait for a connection.
        if (_version is { } version)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static state => Unload(state.Session, state.Code),
                (_functions.Session, version.Code),
                preferLocal: false
            );
        }
    }

    private sealed record Version(long Table, LambdaCode Code);

    /// <summary>The lambda, run on the server: exactly its delegate type. Blocks for the result.</summary>
    public TDelegate Invoke { get; }

    /// <summary>The lambda as it was given.</summary>
    public Expression<TDelegate> Source { get; }

    /// <summary>Where the lambda stands in the source.</summary>
    public CallSite Site { get; }

    /// <summary>The lambda as it travels: a module at the tensor level, as MLIR text.</summary>
    public string Module => Code().Flat.Overload.Module.ToStringUtf8();

    internal RemoteSession Session => _functions.Session;

    /// <summary>Frees what the server holds of the lambda. A later call sends it again.</summary>
    public void Dispose() => Unload(Session, _version.Code);

    /// <summary>Sends the lambda now instead of at its first call, so that errors in it show now.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RemoteException">The server does not compile it.</exception>
    public Task DeployAsync(CancellationToken cancellationToken = default) =>
        Session.RunAsync(
            (link, token) => _source.DefineAsync(link, Code().Flat, token),
            Deadline.After(Session.Options.Timeout),
            mayRepeat: true,
            cancellationToken
        );

    /// <summary>The delegate, where one is expected.</summary>
    public static implicit operator TDelegate(RemoteKernel<TDelegate> kernel) => kernel.Invoke;

    /// <summary>The lambda's text and the server.</summary>
    public override string ToString() =>
        $"{(Site.Text.Length > 0 ? Site.Text : Source.ToString())} [{Session.Address}]";

    internal LambdaCall Prepare(ReadOnlySpan<object?> arguments, bool keepResults = false)
    {
        var code = Code();
        var parameters = Source.Parameters.Count;
        if (arguments.Length != parameters)
        {
            throw new ArgumentException($"{this} takes {parameters} arguments, not {arguments.Length}");
        }

        if (
            keepResults
            && !(code.ResultLayout.IsLeaf && code.ResultLayout.Leaves[0].Kind is (LeafKind.Tensor or LeafKind.Array))
        )
        {
            throw new InvalidOperationException($"only an array can stay on the server, and {this} returns none");
        }

        var leaves = new object[code.Arguments.Length];
        for (var i = 0; i < parameters; i++)
        {
            ArgumentLeaves.Read(code.Variables[i], arguments[i], leaves);
        }

        ArgumentLeaves.ReadCaptured(code, leaves);
        return new LambdaCall(_source, code, leaves) { KeepResults = keepResults };
    }

    internal async Task<TResult> CallAsync<TResult>(CancellationToken cancellationToken, params object?[] arguments) =>
        (TResult)
            (await CallRunner.RunAsync(Session, Prepare(arguments), null, cancellationToken).ConfigureAwait(false))!;

    internal async Task<RemoteTensor> KeepAsync(CancellationToken cancellationToken, params object?[] arguments) =>
        (RemoteTensor)
            (
                await CallRunner
                    .RunAsync(Session, Prepare(arguments, keepResults: true), null, cancellationToken)
                    .ConfigureAwait(false)
            )!;

    private static void Unload(RemoteSession session, LambdaCode code)
    {
        foreach (var version in code.Versions)
        {
            Definitions.Unload(session.Current, version);
        }
    }

    private object? Call(object?[] arguments) => CallRunner.Run(Session, Prepare(arguments));

    /// <summary>The lambda's code, read again when a function that it calls by name was defined anew.</summary>
    private LambdaCode Code()
    {
        var version = _version;
        if (version.Table != _functions.Version)
        {
            if (version.Code.CallsFunctions)
            {
                Dispose();
                version = ReadLambda();
            }
            else
            {
                version = version with { Table = _functions.Version };
            }

            _version = version;
        }

        return version.Code;
    }

    private Version ReadLambda()
    {
        var table = _functions.Version;
        return new Version(table, new LambdaCode(Source, Site, _functions.Resolve));
    }

    private TDelegate MakeDelegate()
    {
        var parameters = Source.Parameters.Select(p => Expression.Parameter(p.Type, p.Name)).ToArray();
        var boxed = parameters.Select(p => Expression.Convert(p, typeof(object)));
        var call = Expression.Call(
            Expression.Constant(this),
            CallMethod,
            Expression.NewArrayInit(typeof(object), boxed)
        );
        return Expression.Lambda<TDelegate>(Expression.Convert(call, Source.ReturnType), parameters).Compile();
    }
}
