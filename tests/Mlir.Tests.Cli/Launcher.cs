namespace Mlir.Tests.Cli;

/// <summary>Where the repository lies.</summary>
internal static class Launcher
{
    /// <summary>The folder that holds the launcher.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Mlir.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("The tests do not lie inside the repository.");
    }
}
