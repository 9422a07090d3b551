using System.Text.RegularExpressions;

namespace Mlir.Tests.Architecture;

/// <summary>What every source file keeps to.</summary>
public sealed partial class SourceTests
{
    [GeneratedRegex(
        @"^public (?:(?:static|sealed|abstract|partial|readonly|ref|unsafe|file|new) )*"
            + @"(?:class|struct|interface|enum|record struct|record class|record|delegate [\w<>\[\]?., ]+?) (?<name>\w+)",
        RegexOptions.Multiline
    )]
    private static partial Regex PublicType { get; }

    [GeneratedRegex(@"\[(?:LibraryImport|DllImport)\b")]
    private static partial Regex NativeImport { get; }

    [GeneratedRegex(@"NotImplementedException|\b(?:TODO|FIXME|HACK|XXX)\b|#region|catch\s*\{\s*\}")]
    private static partial Regex Unfinished { get; }

    /// <summary>The name may go on, where a generic type shares it with a plain one: <c>Pass.cs</c> and <c>PassOfT.cs</c>.</summary>
    [Test]
    public void A_file_holds_one_public_type_and_has_its_name()
    {
        var wrong = new List<string>();
        foreach (var source in Repository.ProductSources)
        {
            var names = PublicType
                .Matches(Repository.Read(source))
                .Select(match => match.Groups["name"].Value)
                .Distinct()
                .ToList();
            var file = Path.GetFileNameWithoutExtension(source).Split('.')[0];
            if (names.Count > 1 || (names.Count == 1 && !file.StartsWith(names[0], StringComparison.Ordinal)))
            {
                wrong.Add($"{source}: {string.Join(", ", names)}");
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Native_functions_are_imported_in_Interop_folders_only() =>
        Assert.That(
            Repository
                .ProductSources.Where(source => !source.Split(Path.DirectorySeparatorChar).Contains("Interop"))
                .Where(source => NativeImport.IsMatch(Repository.Read(source))),
            Is.Empty
        );

    [Test]
    public void Nothing_is_unfinished_or_silenced() =>
        Assert.That(
            Repository
                .ProductSources.Concat(Repository.TestSources.Where(source => !source.Contains(nameof(SourceTests))))
                .Where(source => Unfinished.IsMatch(Repository.Read(source))),
            Is.Empty
        );

    [Test]
    public void A_file_has_one_namespace_that_follows_its_folder()
    {
        var wrong = new List<string>();
        foreach (var source in Repository.ProductSources)
        {
            var match = Regex.Match(Repository.Read(source), @"^namespace (?<name>[\w.]+);", RegexOptions.Multiline);
            var project = source.Split(Path.DirectorySeparatorChar)[1];

            // A type that an older framework lacks is declared where the compiler looks for it.
            var isFramework = match.Groups["name"].Value.StartsWith("System.", StringComparison.Ordinal);
            if (
                match.Success
                && !isFramework
                && !match.Groups["name"].Value.StartsWith(project, StringComparison.Ordinal)
            )
            {
                wrong.Add($"{source}: {match.Groups["name"].Value}");
            }
        }

        Assert.That(wrong, Is.Empty);
    }
}
