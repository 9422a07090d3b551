namespace Mlir.Tests.Dataflow;

/// <summary>Where the sources are that tests look at.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>Mlir.sln</c>.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "Mlir.sln")))
        {
            folder =
                Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("the tests do not lie below the folder of Mlir.sln");
        }

        return folder;
    }
}
