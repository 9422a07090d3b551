using System.Xml.Linq;

namespace Mlir.Tests.Architecture;

/// <summary>The repository as it lies on disk: its projects and its sources.</summary>
internal static class Repository
{
    private static readonly string[] ProductFolders = ["dialects", "lowering", "backends", "runtime", "frontend"];

    /// <summary>The folder that holds <c>Mlir.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every project outside tests and benchmarks, by name.</summary>
    public static IReadOnlyDictionary<string, string> ProductProjects { get; } =
        ProductFolders
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories)
            )
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path)!, path => path);

    /// <summary>Every project.</summary>
    public static IEnumerable<string> AllProjects =>
        Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories).Where(IsSource);

    /// <summary>The hand-written C# files of the product, relative to the root.</summary>
    public static IEnumerable<string> ProductSources =>
        ProductFolders
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            )
            .Where(IsSource)
            .Select(path => Path.GetRelativePath(Root, path));

    /// <summary>The hand-written C# files of the tests and benchmarks, relative to the root.</summary>
    public static IEnumerable<string> TestSources =>
        new[] { "tests", "bench" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            )
            .Where(IsSource)
            .Select(path => Path.GetRelativePath(Root, path));

    /// <summary>The projects that a project references, by name.</summary>
    public static IEnumerable<string> References(string project) =>
        XDocument
            .Load(project)
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

    /// <summary>A source file's text.</summary>
    public static string Read(string source) => File.ReadAllText(Path.Combine(Root, source));

    private static bool IsSource(string path) =>
        !Path.GetRelativePath(Root, path)
            .Split(Path.DirectorySeparatorChar)
            .Any(part => part is "bin" or "obj" or "artifacts");

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
