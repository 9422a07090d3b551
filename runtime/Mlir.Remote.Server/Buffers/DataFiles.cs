using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Memory;
using Mlir.Runtime;
using Mlir.Runtime.Npy;

namespace Mlir.Remote.Server.Buffers;

/// <summary>Opens array files in the directories that the operator lists, and nowhere else.</summary>
/// <remarks>
/// A file is read into shared memory once and not mapped: a file that somebody cuts short while it is mapped would end every process that reads it.
/// </remarks>
internal sealed class DataFiles
{
    private const string OpenFiles = "/proc/self/fd/";

    private readonly string[] _roots;

    /// <summary>Resolves the directories.</summary>
    /// <exception cref="RemoteConfigurationException">One does not exist.</exception>
    public DataFiles(RemoteServerOptions options) => _roots = [.. options.DataDirectories.Select(Resolve)];

    /// <summary>Opens a file and takes its array into a session.</summary>
    /// <param name="path">Relative to a directory of the configuration.</param>
    /// <param name="buffers">The session's arrays.</param>
    /// <param name="limits">What the session may use.</param>
    /// <exception cref="ProtocolException">There is no such file inside the directories, or it holds no array.</exception>
    public ServedBuffer Open(string path, BufferTable buffers, RemoteLimits limits)
    {
        using var file = Find(path);
        try
        {
            return Read(file, path, buffers, limits);
        }
        catch (Exception error) when (error is NpyFormatException or IOException)
        {
            throw new ProtocolException(ErrorCode.InvalidRequest, $"'{path}': {error.Message}");
        }
    }

    private static string Resolve(string directory)
    {
        var full = Path.GetFullPath(directory);
        if (!Directory.Exists(full))
        {
            throw new RemoteConfigurationException($"the data directory '{directory}' does not exist");
        }

        // Opened files are compared by their real paths, so the directory needs its own: no link on any step of the way.
        var real = Path.GetPathRoot(full)!;
        foreach (
            var part in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)
        )
        {
            real = Path.Combine(real, part);
            real = new DirectoryInfo(real).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? real;
        }

        return real.TrimEnd(Path.DirectorySeparatorChar);
    }

    private FileStream Find(string path)
    {
        if (path.Length is 0 or > 4096 || path.Contains('\0') || Path.IsPathRooted(path) || HasParent(path))
        {
            throw NotThere(path);
        }

        foreach (var root in _roots)
        {
            var candidate = Path.Combine(root, path);
            if (!File.Exists(candidate))
            {
                continue;
            }

            FileStream file;
            try
            {
                file = new FileStream(candidate, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                continue; // not readable is not there, as far as a client is told
            }

            // What was opened counts, not what its name says: a link on the way may lead outside, and may change in between.
            if (IsInside(root, RealPath(file, candidate)))
            {
                return file;
            }

            file.Dispose();
        }

        throw NotThere(path);
    }

    private static bool HasParent(string path) => path.Split('/', '\\').Contains("..");

    private static bool IsInside(string root, string path) =>
        path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string RealPath(FileStream file, string candidate)
    {
        var link = OpenFiles + file.SafeFileHandle.DangerousGetHandle();
        return File.Exists(link)
            ? new FileInfo(link).LinkTarget ?? ""
            : new FileInfo(candidate).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? candidate;
    }

    private static ServedBuffer Read(FileStream file, string path, BufferTable buffers, RemoteLimits limits)
    {
        var header = NpyFile.ReadHeader(file);
        var kind = ScalarKinds.Of(header.ElementType);
        var bytes = checked(header.Count * header.ElementType.Size);
        if (bytes > file.Length - file.Position)
        {
            throw new ProtocolException(ErrorCode.InvalidRequest, $"'{path}' is shorter than its header says");
        }

        if (bytes > limits.MaxBufferBytes)
        {
            throw ProtocolException.Limit(
                "max_buffer_bytes",
                $"'{path}' holds {bytes} bytes, more than max_buffer_bytes, {limits.MaxBufferBytes}"
            );
        }

        if (bytes == 0)
        {
            return buffers.Adopt(kind, header.Shape, 0, null, path);
        }

        var segment = Segment.Create(bytes);
        try
        {
            if (header is { IsFortranOrder: false, IsBigEndian: false } && header.ElementType != ElementType.Bool)
            {
                for (long done = 0; done < bytes; )
                {
                    var part = segment.Slice(done, (int)Math.Min(bytes - done, 1 << 24));
                    file.ReadExactly(part);
                    done += part.Length;
                }
            }
            else
            {
                file.Position = 0;
                NpyFile.Read(file).AsBytes().CopyTo(segment.Slice(0, checked((int)bytes)));
            }
        }
        catch
        {
            segment.Release();
            throw;
        }

        return buffers.Adopt(kind, header.Shape, bytes, segment, path);
    }

    private static ProtocolException NotThere(string path) =>
        new(
            ErrorCode.NotFound,
            $"there is no file '{path}' in the server's data directories; name one relative to them"
        );
}
