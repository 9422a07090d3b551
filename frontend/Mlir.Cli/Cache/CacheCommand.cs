using System.CommandLine;
using System.Globalization;
using Mlir.Backends.Storage;

namespace Mlir.Cli.Cache;

/// <summary><c>mlir cache</c>: the machine code that is kept for processes to come.</summary>
internal static class CacheCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var clear = new Command("clear", "Delete what is kept");
        clear.SetAction(_ =>
        {
            if (CodeStore.Default is { } store)
            {
                terminal.Output.WriteLine($"deleted {Describe(store.Clear())} in {store.Folder}");
                return 0;
            }

            terminal.Output.WriteLine(Off);
            return 0;
        });
        var command = new Command("cache", "Show or clear the machine code that is kept on disk") { clear };
        command.SetAction(_ =>
        {
            terminal.Output.WriteLine(
                CodeStore.Default is { } store
                    ? $"{Describe(store.Contents)} in {store.Folder}, at most {store.Limit >> 20} MiB"
                    : Off
            );
            return 0;
        });
        return command;
    }

    private const string Off =
        $"the cache is off: {CodeStore.FolderVariable} names a folder, or the program's configuration says so";

    private static string Describe((int Count, long Bytes) files) =>
        string.Create(CultureInfo.InvariantCulture, $"{files.Count} kernels, {files.Bytes / 1024.0:0.#} KiB");
}
