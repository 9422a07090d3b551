using Mlir.Remote.Protocol;
using Mlir.Remote.Sessions;

namespace Mlir.Remote.Functions;

/// <summary>What has been defined at the server, each thing once however many threads need it first.</summary>
internal static class Definitions
{
    /// <summary>The ids of a definition that the server has.</summary>
    public static ulong[]? TryGet(SessionEpoch epoch, object definition) =>
        epoch.Functions.TryGetValue(definition, out var task) && task.IsCompletedSuccessfully ? task.Result : null;

    /// <summary>The ids of a definition, which is sent when the server does not have it.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="definition">What is defined; compared by reference.</param>
    /// <param name="request">Makes the request.</param>
    /// <param name="cancellationToken">Stops waiting; others may be waiting too, so the server goes on.</param>
    public static async Task<ulong[]> DefineAsync(
        RemoteSession.Link link,
        object definition,
        Func<DefineRequest> request,
        CancellationToken cancellationToken
    )
    {
        var functions = link.Epoch.Functions;
        if (functions.TryGetValue(definition, out var known))
        {
            return await known.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        var source = new TaskCompletionSource<ulong[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var task = functions.GetOrAdd(definition, source.Task);
        if (task == source.Task)
        {
            _ = SendAsync();
        }

        return await task.WaitAsync(cancellationToken).ConfigureAwait(false);

        async Task SendAsync()
        {
            try
            {
                var answer = await link
                    .Connection.ExchangeAsync(new ClientMessage { Define = request() }, CancellationToken.None)
                    .ConfigureAwait(false);
                source.SetResult([.. answer.Define.Functions.Select(static function => function.FunctionId)]);
            }
            catch (Exception error)
            {
                functions.TryRemove(new KeyValuePair<object, Task<ulong[]>>(definition, source.Task));
                source.SetException(error);
            }
        }
    }

    /// <summary>Forgets a definition, here and at the server.</summary>
    public static void Unload(RemoteSession.Link? link, object definition)
    {
        if (
            link is not null
            && link.Epoch.Functions.TryRemove(definition, out var task)
            && task.IsCompletedSuccessfully
        )
        {
            link.Connection.Post(
                new ClientMessage
                {
                    Unload = new UnloadRequest { Functions = new Protocol.FunctionIds { Ids = { task.Result } } },
                }
            );
        }
    }
}
