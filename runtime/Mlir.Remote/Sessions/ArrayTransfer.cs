using System.Collections.Immutable;
using Mlir.Remote.Protocol;
using Mlir.Remote.Transport;

namespace Mlir.Remote.Sessions;

/// <summary>Moves arrays between client and server: over the connection, or through a file in shared memory where both share a machine.</summary>
internal static class ArrayTransfer
{
    // Parts are small enough for other requests to pass between them, and large enough to be worth their frame.
    private const int SentPartBytes = 1 << 20;
    private const int CopiedPartBytes = 8 << 20;
    private const int LeastLocalBytes = 256 << 10;
    private const int MaxMessageOverhead = 256;
    private const int MostUnanswered = 16;

    /// <summary>Allocates, writes and seals an array.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="element">The kind of element.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="data">The elements.</param>
    /// <param name="progress">Told how many bytes the server has.</param>
    /// <param name="cancellationToken">Gives up; what was allocated is released.</param>
    public static async Task<BufferInfo> UploadAsync(
        RemoteSession.Link link,
        ScalarKind element,
        ImmutableArray<long> shape,
        ArrayMemory data,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        var connection = link.Connection;
        var allocate = new AllocateRequest { Element = element };
        allocate.Shape.AddRange(shape);
        var answer = await connection
            .ExchangeAsync(new ClientMessage { Allocate = allocate }, cancellationToken)
            .ConfigureAwait(false);
        var buffer = answer.Buffer;
        try
        {
            if (!WriteLocally(buffer.LocalPath, data, progress, cancellationToken))
            {
                await SendAsync(connection, buffer.BufferId, data, progress, cancellationToken).ConfigureAwait(false);
            }

            var sealedAnswer = await connection
                .ExchangeAsync(
                    new ClientMessage { Seal = new SealRequest { BufferId = buffer.BufferId } },
                    cancellationToken
                )
                .ConfigureAwait(false);
            return sealedAnswer.Buffer;
        }
        catch
        {
            Release(link, [buffer.BufferId]);
            throw;
        }
    }

    /// <summary>Reads a part of an array.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="bufferId">The array.</param>
    /// <param name="offset">Its first byte to read.</param>
    /// <param name="sink">Where the bytes go; its length says how many.</param>
    /// <param name="local">Whether a file in shared memory may be asked for.</param>
    /// <param name="progress">Told how many bytes have come.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task DownloadAsync(
        RemoteSession.Link link,
        ulong bufferId,
        long offset,
        ArrayMemory sink,
        bool local,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        if (sink.Bytes == 0)
        {
            return;
        }

        if (local && sink.Bytes >= LeastLocalBytes)
        {
            // Sealing what is sealed answers what the array is, and under which path it lies.
            var answer = await link
                .Connection.ExchangeAsync(
                    new ClientMessage { Seal = new SealRequest { BufferId = bufferId } },
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (ReadLocally(answer.Buffer?.LocalPath, offset, sink, progress, cancellationToken))
            {
                return;
            }
        }

        var request = new DownloadRequest
        {
            BufferId = bufferId,
            Offset = (ulong)offset,
            Length = (ulong)sink.Bytes,
        };
        await link
            .Connection.ExchangeAsync(
                new ClientMessage { Download = request },
                cancellationToken,
                sink,
                offset,
                progress is null ? null : progress.Report
            )
            .ConfigureAwait(false);
    }

    /// <summary>Frees arrays without waiting for an answer.</summary>
    public static void Release(RemoteSession.Link link, IReadOnlyCollection<ulong> bufferIds)
    {
        if (bufferIds.Count > 0 && link.Connection.IsOpen)
        {
            link.Connection.Post(new ClientMessage { Release = new ReleaseRequest { BufferIds = { bufferIds } } });
        }
    }

    private static async Task SendAsync(
        Connection connection,
        ulong bufferId,
        ArrayMemory data,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        var part = Math.Min(SentPartBytes, connection.MaxSendBytes - MaxMessageOverhead);
        var unanswered = new Queue<(Task<ServerMessage> Answer, long End)>();
        for (long offset = 0; offset < data.Bytes; )
        {
            var count = (int)Math.Min(part, data.Bytes - offset);
            var answer = await connection
                .WriteAsync(bufferId, offset, data.Slice(offset, count), cancellationToken)
                .ConfigureAwait(false);
            offset += count;
            unanswered.Enqueue((answer, offset));
            if (unanswered.Count == MostUnanswered)
            {
                await TakeAnswerAsync().ConfigureAwait(false);
            }
        }

        while (unanswered.Count > 0)
        {
            await TakeAnswerAsync().ConfigureAwait(false);
        }

        async Task TakeAnswerAsync()
        {
            var (answer, end) = unanswered.Dequeue();
            await answer.ConfigureAwait(false);
            progress?.Report(end);
        }
    }

    private static bool WriteLocally(
        string path,
        ArrayMemory data,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        if (path.Length == 0)
        {
            return false;
        }

        try
        {
            // Written through the file, not through a mapping: nothing can pull the memory away from under the copy.
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            for (long offset = 0; offset < data.Bytes; )
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = (int)Math.Min(CopiedPartBytes, data.Bytes - offset);
                RandomAccess.Write(file, data.Slice(offset, count).Span, offset);
                offset += count;
                progress?.Report(offset);
            }

            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // of another user, or of another machine: over the connection then
        }
    }

    private static bool ReadLocally(
        string? path,
        long offset,
        ArrayMemory sink,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrEmpty(path))
        {
            return false;
        }

        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            for (long position = 0; position < sink.Bytes; )
            {
                cancellationToken.ThrowIfCancellationRequested();
                var target = sink.Slice(position, (int)Math.Min(CopiedPartBytes, sink.Bytes - position));
                var count = RandomAccess.Read(file, target.Span, offset + position);
                if (count == 0)
                {
                    return false;
                }

                position += count;
                progress?.Report(position);
            }

            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // of another user, or of another machine: over the connection then
        }
    }
}
