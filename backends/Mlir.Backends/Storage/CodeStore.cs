using Mlir.Backends.Interop;

namespace Mlir.Backends.Storage;

/// <summary>
/// Machine code in a folder, for processes to come. Nothing that goes wrong here is ever an error of a compilation: what cannot be
/// read, or is not exactly what was written, is compiled again.
/// </summary>
/// <remarks>
/// Loading machine code that somebody else may have written would be running their program. So the folder is made for this user alone
/// (mode 0700), one that others may write to is not used, and of each open file it is checked that this user owns it and nobody else
/// may write to it. A checksum over the whole content finds damage. Files are written beside and renamed, so that readers see whole ones
/// and any number of processes may share the folder without locks. Thread-safe.
/// </remarks>
public sealed class CodeStore
{
    /// <summary>
    /// The environment variable that names the folder to use instead of the user's cache folder; <c>off</c> for none.
    /// </summary>
    public const string FolderVariable = "MLIR_CACHE";

    /// <summary>The environment variable that sets the size limit of the default store, in MiB.</summary>
    public const string LimitVariable = "MLIR_CACHE_LIMIT_MIB";

    /// <summary>The run-time configuration switch that turns the default store off: <c>false</c> for a program without one.</summary>
    public const string Switch = "Mlir.DiskCache";

    private const long DefaultLimit = 256L << 20;
    private const string Extension = ".code";
    private const string TemporaryExtension = ".part";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);
    private static readonly Lazy<CodeStore?> DefaultStore = new(CreateDefault);

    private readonly string versioned;
    private readonly Lazy<bool> usable;
    private readonly Lock gate = new();
    private long size = -1;

    /// <summary>Names a folder; nothing is read or made until the first use.</summary>
    /// <param name="folder">The folder. It is made, for this user alone, if it does not exist.</param>
    /// <param name="limit">The most bytes to keep; what was not used for longest goes first.</param>
    public CodeStore(string folder, long limit = DefaultLimit)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        Folder = Path.GetFullPath(folder);
        Limit = limit;
        versioned = Path.Combine(Folder, $"v{StoredCodeWriter.Version}");
        usable = new Lazy<bool>(() => IsSafe(Folder) && IsSafe(versioned));
    }

    /// <summary>
    /// The user's own store: what <see cref="FolderVariable"/> names, else <c>mlir-net</c> in the user's cache folder
    /// (<c>XDG_CACHE_HOME</c>, <c>~/.cache</c>, or the local application data). Null when it is turned off by that variable or by
    /// <see cref="Switch"/>, or when there is no such folder.
    /// </summary>
    public static CodeStore? Default => DefaultStore.Value;

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The most bytes that are kept.</summary>
    public long Limit { get; }

    /// <summary>The number of files that are kept and their size together.</summary>
    public (int Count, long Bytes) Contents
    {
        get
        {
            var files = Files();
            return (files.Count, files.Sum(static file => file.Length));
        }
    }

    /// <summary>Looks up what was kept under a key; null when there is nothing, or nothing that can be trusted.</summary>
    /// <param name="key">The key.</param>
    public StoredCode? Find(CompilationKey key)
    {
        var path = PathOf(key);
        try
        {
            if (!File.Exists(path) || !usable.Value)
            {
                return null;
            }

            byte[] bytes;
            using (
                var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
            )
            {
                // Asked of the open file, which nobody can exchange any more.
                if (!IsTrusted(file) || RandomAccess.GetLength(file) is var length && length > Limit)
                {
                    return null;
                }

                bytes = new byte[length];
                for (var read = 0; read < bytes.Length; )
                {
                    var count = RandomAccess.Read(file, bytes.AsSpan(read), read);
                    if (count == 0)
                    {
                        return null;
                    }

                    read += count;
                }
            }

            if (StoredCodeReader.Read(key, bytes) is { } code)
            {
                Touch(path);
                return code;
            }

            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Not there, or not ours: compiled anew.
        }

        return null;
    }

    /// <summary>Whether there is a file for a key; what is in it may still turn out not to be trusted.</summary>
    /// <param name="key">The key.</param>
    public bool Contains(CompilationKey key) => File.Exists(PathOf(key));

    /// <summary>Keeps code under a key, and drops what was not used for longest if that makes too much.</summary>
    /// <param name="key">The key.</param>
    /// <param name="code">The code.</param>
    public void Keep(CompilationKey key, StoredCode code)
    {
        ArgumentNullException.ThrowIfNull(code);
        try
        {
            if (!usable.Value)
            {
                return;
            }

            var bytes = StoredCodeWriter.Write(key, code);
            if (bytes.Length > Limit)
            {
                return;
            }

            var path = PathOf(key);
            var temporary = $"{path}.{Guid.NewGuid():N}{TemporaryExtension}";
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using (var file = new FileStream(temporary, options))
            {
                file.Write(bytes);
            }

            File.Move(temporary, path, overwrite: true);
            Count(bytes.Length);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // No space, no rights: the code serves this process only.
        }
    }

    /// <summary>Deletes what is kept under a key.</summary>
    /// <param name="key">The key.</param>
    public void Drop(CompilationKey key) => TryDelete(PathOf(key));

    /// <summary>Deletes everything that is kept.</summary>
    /// <returns>How many files there were and how large they were together.</returns>
    public (int Count, long Bytes) Clear()
    {
        lock (gate)
        {
            var files = Files();
            foreach (var file in files)
            {
                TryDelete(file.Path);
            }

            size = -1;
            return (files.Count, files.Sum(static file => file.Length));
        }
    }

    private static CodeStore? CreateDefault()
    {
        var limit =
            long.TryParse(Environment.GetEnvironmentVariable(LimitVariable), out var mebibytes)
            && mebibytes is >= 0 and < 1L << 30
                ? mebibytes << 20
                : DefaultLimit;
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named)
        {
            return named == "off" ? null : new CodeStore(named, limit);
        }

        if (AppContext.TryGetSwitch(Switch, out var on) && !on)
        {
            return null;
        }

        var caches =
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg && Path.IsPathRooted(xdg) ? xdg
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home
                ? Path.Combine(home, OperatingSystem.IsMacOS() ? "Library/Caches" : ".cache")
            : "";
        return caches.Length == 0 ? null : new CodeStore(Path.Combine(caches, "mlir-net"), limit);
    }

    /// <summary>Makes the folder if it is missing, and says whether nobody but this user can put files there.</summary>
    private static bool IsSafe(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
                return true;
            }

            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
            }

            return FileOwner.IsMine(folder) && (File.GetUnixFileMode(folder) & OthersWrite) == 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsTrusted(Microsoft.Win32.SafeHandles.SafeFileHandle file) =>
        OperatingSystem.IsWindows() || (FileOwner.IsMine(file) && (File.GetUnixFileMode(file) & OthersWrite) == 0);

    /// <summary>A file's time says when it was last used. The hour is as exact as dropping old ones needs.</summary>
    private static void Touch(string path)
    {
        var now = DateTime.UtcNow;
        if (now - File.GetLastWriteTimeUtc(path) > TimeSpan.FromHours(1))
        {
            File.SetLastWriteTimeUtc(path, now);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // In use on a system that does not delete open files: the next sweep gets it.
        }
    }

    private string PathOf(CompilationKey key) => Path.Combine(versioned, key + Extension);

    /// <summary>Counts what was written, and makes room if it is too much. Other processes count what they write.</summary>
    private void Count(long written)
    {
        lock (gate)
        {
            size = size < 0 ? Contents.Bytes : size + written;
            if (size <= Limit)
            {
                return;
            }

            var files = Files().OrderByDescending(static file => file.Used).ToList();
            size = files.Sum(static file => file.Length);

            // Down to nine tenths, so that not every new file comes with a sweep.
            for (var i = files.Count - 1; i > 0 && size > Limit / 10 * 9; i--)
            {
                size -= files[i].Length;
                TryDelete(files[i].Path);
            }
        }
    }

    private List<KeptFile> Files()
    {
        var kept = new List<KeptFile>();
        try
        {
            if (!Directory.Exists(versioned))
            {
                return kept;
            }

            foreach (var file in new DirectoryInfo(versioned).EnumerateFiles())
            {
                if (!file.Exists)
                {
                    continue; // another process dropped it since the folder was read
                }

                if (file.Extension == Extension)
                {
                    kept.Add(new KeptFile(file.FullName, file.Length, file.LastWriteTimeUtc));
                }
                else if (file.Extension == TemporaryExtension && DateTime.UtcNow - file.LastWriteTimeUtc > Abandoned)
                {
                    TryDelete(file.FullName); // its writer did not live to rename it
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What was seen until then.
        }

        return kept;
    }

    private readonly record struct KeptFile(string Path, long Length, DateTime Used);
}
