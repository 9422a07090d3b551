using System.Collections.Concurrent;
using System.Collections.Immutable;
using Mlir.Remote.Functions;
using Mlir.Remote.Protocol;
using Mlir.Remote.Sessions;
using Mlir.Runtime;

namespace Mlir.Remote;

/// <summary>A function of a module of MLIR text that runs on the server.</summary>
/// <remarks>
/// <para>
/// An argument is a scalar, of the parameter's type or one that C# converts to it; or an array: a <see cref="HostBuffer"/>, a <c>Tensor&lt;T&gt;</c>,
/// an array of .NET, or a <see cref="RemoteTensor"/>, which does not travel. MLIR's integers have no sign: an argument may be of either sign, and
/// results are signed. A result is a boxed scalar or a <see cref="HostBuffer"/>.
/// </para>
/// <para>The function is sent at its first call, with those that it calls. It has no name at the server. Thread-safe.</para>
/// </remarks>
public sealed class RemoteModule : IDisposable
{
    private readonly RemoteSession _session;
    private readonly ModuleCode _code;
    private readonly ConcurrentDictionary<string, Overload> _overloads = new();

    internal RemoteModule(RemoteSession session, ModuleCode code) => (_session, _code) = (session, code);

    /// <summary>The function's name in its module.</summary>
    public string Name => _code.Name;

    /// <summary>What the function takes and returns.</summary>
    public KernelSignature Signature => _code.Signature;

    /// <summary>The module as it travels: the function, called <c>main</c>, and those that it calls.</summary>
    public string Text => _code.Text;

    /// <summary>Sends the function now instead of at its first call, so that errors in it show now.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RemoteException">The server does not compile it.</exception>
    public Task DeployAsync(CancellationToken cancellationToken = default)
    {
        var overload = OverloadOf([.. Signature.Parameters.Select(static p => ScalarKinds.Of(p.ElementType))]);
        return _session.RunAsync(
            (link, token) => ModuleCall.DefineAsync(_session, link, overload, token),
            Deadline.After(_session.Options.Timeout),
            mayRepeat: true,
            cancellationToken
        );
    }

    /// <inheritdoc cref="DeployAsync"/>
    public void Deploy() => DeployAsync().GetAwaiter().GetResult();

    /// <summary>Calls the function.</summary>
    /// <param name="arguments">The arguments, in order.</param>
    /// <returns>The results, in order.</returns>
    /// <exception cref="ArgumentException">An argument does not fit its parameter.</exception>
    /// <exception cref="RemoteException">The server cannot run the call; the message says what to do.</exception>
    public Task<object[]> CallAsync(params object?[] arguments) => CallAsync(arguments, null, default);

    /// <inheritdoc cref="CallAsync(object?[])"/>
    /// <param name="arguments">The arguments, in order.</param>
    /// <param name="options">How the call is made; null for the client's options.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public Task<object[]> CallAsync(
        object?[] arguments,
        RemoteCallOptions? options,
        CancellationToken cancellationToken
    ) => RunAsync(arguments, options, keepResults: false, cancellationToken);

    /// <inheritdoc cref="CallAsync(object?[])"/>
    public object[] Call(params object?[] arguments) => CallAsync(arguments).GetAwaiter().GetResult();

    /// <summary>Calls the function; the arrays that it returns stay on the server, as <see cref="RemoteTensor"/>s among the results.</summary>
    /// <param name="arguments">The arguments, in order.</param>
    /// <returns>The results, in order.</returns>
    public Task<object[]> KeepAsync(params object?[] arguments) => KeepAsync(arguments, null, default);

    /// <inheritdoc cref="KeepAsync(object?[])"/>
    /// <param name="arguments">The arguments, in order.</param>
    /// <param name="options">How the call is made; null for the client's options.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public Task<object[]> KeepAsync(
        object?[] arguments,
        RemoteCallOptions? options,
        CancellationToken cancellationToken
    ) => RunAsync(arguments, options, keepResults: true, cancellationToken);

    /// <inheritdoc cref="KeepAsync(object?[])"/>
    public object[] Keep(params object?[] arguments) => KeepAsync(arguments).GetAwaiter().GetResult();

    /// <summary>Frees what the server holds of the function. A later call sends it again.</summary>
    public void Dispose()
    {
        foreach (var overload in _overloads.Values)
        {
            Definitions.Unload(_session.Current, overload);
        }
    }

    /// <summary>The function's name and type, and the server.</summary>
    public override string ToString() => $"@{Name} : {Signature} [{_session.Address}]";

    private async Task<object[]> RunAsync(
        object?[] arguments,
        RemoteCallOptions? options,
        bool keepResults,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var parameters = Signature.Parameters;
        if (arguments.Length != parameters.Length)
        {
            throw new ArgumentException(
                $"@{Name} takes {parameters.Length} arguments, {Signature}, not {arguments.Length}",
                nameof(arguments)
            );
        }

        var read = ImmutableArray.CreateBuilder<ModuleArgument>(arguments.Length);
        for (var i = 0; i < arguments.Length; i++)
        {
            read.Add(ModuleArgument.Of(arguments[i], i, parameters[i], _code.Type.Inputs[i]));
        }

        var call = new ModuleCall(
            _session,
            _code,
            OverloadOf([.. read.Select(static argument => argument.Kind)]),
            read.ToImmutable()
        )
        {
            KeepResults = keepResults,
        };
        return (object[])
            (await CallRunner.RunAsync(_session, call, options?.Timeout, cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>The function for arguments of these kinds. The server compiles it once, for its text is the same.</summary>
    private Overload OverloadOf(ImmutableArray<Protocol.ScalarKind> kinds) =>
        _overloads.GetOrAdd(string.Join(' ', kinds), _ => _code.ToOverload(kinds));
}
