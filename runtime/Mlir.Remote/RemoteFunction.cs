using System.Collections.Immutable;
using Mlir.Remote.Functions;
using Mlir.Remote.Overloads;
using Mlir.Remote.Protocol;
using Mlir.Remote.Sessions;

namespace Mlir.Remote;

/// <summary>A function of the server by its name, with its overloads.</summary>
/// <remarks>
/// It stands for the name: after the name was defined anew, calls mean the new definition. Functions are sent when they are first called. Arguments
/// choose the overload as in C#: the exact type first, then C#'s implicit conversions; what does not fit is an error, never truncated. Thread-safe.
/// </remarks>
public sealed class RemoteFunction
{
    private readonly RemoteSession _session;
    private readonly FunctionEntry? _entry;
    private readonly ImmutableArray<Signature> _shared;

    internal RemoteFunction(FunctionEntry entry) =>
        (_session, _entry, Name, _shared) = (entry.Table.Session, entry, entry.Name, []);

    internal RemoteFunction(RemoteSession session, string name, ImmutableArray<Signature> shared) =>
        (_session, Name, _shared) = (session, name, shared);

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The overloads' signatures as C# writes them.</summary>
    public ImmutableArray<string> Signatures =>
        _entry is null
            ? [.. _shared.Select(signature => DataTypes.CSharpText(Name, signature))]
            : [.. _entry.Overloads.Select(overload => overload.CSharpText(Name))];

    internal RemoteSession Session => _session;

    /// <summary>Lets calls leave a parameter out, which C#'s lambdas cannot say.</summary>
    /// <param name="parameter">The parameter's name, in one or more overloads.</param>
    /// <param name="value">The value it has then; of a type that C# converts to the parameter's.</param>
    /// <exception cref="ArgumentException">No overload has such a parameter.</exception>
    public RemoteFunction WithDefault(string parameter, object value)
    {
        ArgumentException.ThrowIfNullOrEmpty(parameter);
        ArgumentNullException.ThrowIfNull(value);
        Own().SetDefault(parameter, value);
        return this;
    }

    /// <summary>Calls the function and blocks for its result.</summary>
    /// <param name="arguments">The arguments; <see cref="RemoteArgument.Named"/> ones last.</param>
    /// <exception cref="RemoteException">No overload fits, or the server cannot run the call; the message says what to do.</exception>
    public object? Call(params object?[] arguments) => CallRunner.Run(_session, Prepare(arguments));

    /// <inheritdoc cref="Call(object?[])"/>
    /// <typeparam name="T">The result's type.</typeparam>
    public T Call<T>(params object?[] arguments) => As<T>(Call(arguments));

    /// <summary>Calls the function.</summary>
    /// <param name="arguments">The arguments; <see cref="RemoteArgument.Named"/> ones last.</param>
    /// <exception cref="RemoteException">No overload fits, or the server cannot run the call; the message says what to do.</exception>
    public Task<object?> CallAsync(params object?[] arguments) => CallAsync(arguments, null, default);

    /// <inheritdoc cref="CallAsync(object?[])"/>
    /// <typeparam name="T">The result's type.</typeparam>
    public async Task<T> CallAsync<T>(params object?[] arguments) =>
        As<T>(await CallAsync(arguments, null, default).ConfigureAwait(false));

    /// <summary>Calls the function.</summary>
    /// <param name="arguments">The arguments; <see cref="RemoteArgument.Named"/> ones last.</param>
    /// <param name="options">How the call is made; null for the client's options.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public async Task<object?> CallAsync(
        object?[] arguments,
        RemoteCallOptions? options,
        CancellationToken cancellationToken
    ) =>
        await CallRunner
            .RunAsync(_session, Prepare(arguments), options?.Timeout, cancellationToken)
            .ConfigureAwait(false);

    /// <inheritdoc cref="CallAsync(object?[], RemoteCallOptions?, CancellationToken)"/>
    /// <typeparam name="T">The result's type.</typeparam>
    public async Task<T> CallAsync<T>(
        object?[] arguments,
        RemoteCallOptions? options,
        CancellationToken cancellationToken
    ) => As<T>(await CallAsync(arguments, options, cancellationToken).ConfigureAwait(false));

    /// <summary>Calls the function; the array that it returns stays on the server.</summary>
    /// <param name="arguments">The arguments; <see cref="RemoteArgument.Named"/> ones last.</param>
    public async Task<RemoteTensor> KeepAsync(params object?[] arguments) =>
        (RemoteTensor)
            (await CallRunner.RunAsync(_session, Prepare(arguments, keepResults: true)).ConfigureAwait(false))!;

    /// <summary>Starts a call and returns as soon as the server has it.</summary>
    /// <param name="arguments">The arguments; <see cref="RemoteArgument.Named"/> ones last.</param>
    public Task<RemoteCall> SubmitAsync(params object?[] arguments) =>
        RemoteCall.SubmitAsync(_session, Prepare(arguments), default);

    /// <inheritdoc cref="SubmitAsync"/>
    public RemoteCall Submit(params object?[] arguments) => SubmitAsync(arguments).GetAwaiter().GetResult();

    /// <summary>Sends the function now instead of at its first call, so that errors in it show now.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RemoteException">The server does not compile it.</exception>
    public Task DeployAsync(CancellationToken cancellationToken = default) =>
        _entry is null
            ? Task.CompletedTask
            : RunAsync(
                async (link, token) =>
                {
                    await DefineAsync(link, token).ConfigureAwait(false);
                    return true;
                },
                cancellationToken
            );

    /// <inheritdoc cref="DeployAsync"/>
    public void Deploy() => DeployAsync().GetAwaiter().GetResult();

    /// <summary>What the server knows of each overload: signatures, calls, times, and the code at each level.</summary>
    /// <param name="includeStages">Whether to answer with the text after each pass, which compiles once more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ImmutableArray<RemoteFunctionDescription>> DescribeAsync(
        bool includeStages = false,
        CancellationToken cancellationToken = default
    )
    {
        var answer = await RunAsync(
                async (link, token) =>
                {
                    await DefineAsync(link, token).ConfigureAwait(false);
                    return await link
                        .Connection.ExchangeAsync(
                            new ClientMessage
                            {
                                DescribeFunction = new DescribeFunctionRequest
                                {
                                    Name = Name,
                                    IncludeIr = includeStages,
                                },
                            },
                            token
                        )
                        .ConfigureAwait(false);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return [.. answer.DescribeFunction.Overloads.Select(RemoteFunctionDescription.Of)];
    }

    /// <inheritdoc cref="DescribeAsync"/>
    public ImmutableArray<RemoteFunctionDescription> Describe(bool includeStages = false) =>
        DescribeAsync(includeStages).GetAwaiter().GetResult();

    /// <summary>Lets every client of the server call the function under a name.</summary>
    /// <param name="sharedName">The name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task ShareAsync(string sharedName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(sharedName);
        Own();
        return RunAsync(
            async (link, token) =>
            {
                await DefineAsync(link, token).ConfigureAwait(false);
                return await link
                    .Connection.ExchangeAsync(
                        new ClientMessage
                        {
                            Share = new ShareRequest { Function = Name, SharedName = sharedName },
                        },
                        token
                    )
                    .ConfigureAwait(false);
            },
            cancellationToken
        );
    }

    /// <inheritdoc cref="ShareAsync"/>
    public void Share(string sharedName) => ShareAsync(sharedName).GetAwaiter().GetResult();

    /// <summary>Takes the name and its functions out, here and at the server. Calls that are running end as if nothing had happened.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task UnloadAsync(CancellationToken cancellationToken = default)
    {
        var entry = Own();
        await entry.Sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var set = entry.Unload();
            entry.Table.Remove(entry);
            set?.Forget();
            if (_session.Current is { } link && link.Epoch.Names.TryRemove(Name, out _))
            {
                await link
                    .Connection.ExchangeAsync(
                        new ClientMessage { Unload = new UnloadRequest { Name = Name } },
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is Transport.ConnectionLostException or ProtocolException)
        {
            // The server does not have it any more, which is what was asked for.
        }
        finally
        {
            entry.Sending.Release();
        }
    }

    /// <inheritdoc cref="UnloadAsync"/>
    public void Unload() => UnloadAsync().GetAwaiter().GetResult();

    /// <summary>The overloads' signatures.</summary>
    public override string ToString() => string.Join("\n", Signatures);

    internal PreparedCall Prepare(ReadOnlySpan<object?> arguments, bool keepResults = false)
    {
        try
        {
            return _entry is null
                ? new SharedCall(_session, Name, _shared, arguments) { KeepResults = keepResults }
                : _entry.Current().Prepare(arguments, keepResults);
        }
        catch (ProtocolException error)
        {
            throw RemoteErrors.ToException(error.Error);
        }
    }

    internal static T As<T>(object? result) =>
        result is T value
            ? value
            : throw new InvalidCastException(
                $"the function returns {result?.GetType().Name ?? "nothing"}, not {typeof(T).Name}"
            );

    private FunctionEntry Own() =>
        _entry ?? throw new InvalidOperationException($"'{Name}' belongs to another client, which alone can change it");

    private Task<T> RunAsync<T>(
        Func<RemoteSession.Link, CancellationToken, Task<T>> attempt,
        CancellationToken cancellationToken
    ) => _session.RunAsync(attempt, Deadline.After(_session.Options.Timeout), mayRepeat: true, cancellationToken);

    private async Task DefineAsync(RemoteSession.Link link, CancellationToken cancellationToken)
    {
        // Until what the server has is what the name means now.
        while (_entry is not null)
        {
            var set = _entry.Current();
            if (await set.DefineNameAsync(link, cancellationToken).ConfigureAwait(false) is not null)
            {
                return;
            }
        }
    }
}
