using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Diagnostic = Microsoft.CodeAnalysis.Diagnostic;

namespace Mlir.Tests.IR.Generators;

/// <summary>Runs the generator on source text.</summary>
internal static class Snippet
{
    private static readonly CSharpParseOptions ParseOptions = CSharpParseOptions
        .Default.WithLanguageVersion(LanguageVersion.Preview)
        .WithDocumentationMode(DocumentationMode.Parse);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(p =>
                Path.GetFileName(p) is var name
                    && (
                        name.StartsWith("System.", StringComparison.Ordinal)
                        || name.StartsWith("Mlir.", StringComparison.Ordinal)
                    )
                    && !name.Contains("Tests", StringComparison.Ordinal)
                || Path.GetFileName(p) is "netstandard.dll" or "mscorlib.dll"
            )
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    /// <summary>What implicit usings give to real projects.</summary>
    public const string Usings =
        "global using System; global using System.Collections.Generic; global using System.Linq; global using Mlir.IR; global using Mlir.IR.Text; global using Mlir.Dialects;";

    public static CSharpCompilation Compile(params string[] sources) =>
        CSharpCompilation.Create(
            "Snippet",
            [.. sources.Prepend(Usings).Select((s, i) => CSharpSyntaxTree.ParseText(s, ParseOptions, $"file{i}.cs"))],
            References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable
            )
        );

    public static GeneratorDriver Driver(bool track = false) =>
        CSharpGeneratorDriver.Create(
            [new Mlir.IR.Generators.DefinitionGenerator().AsSourceGenerator()],
            parseOptions: ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, track)
        );

    /// <summary>The generator's diagnostics, and what it wrote by file name.</summary>
    public static (
        ImmutableArray<Diagnostic> Diagnostics,
        IReadOnlyDictionary<string, string> Sources,
        Compilation Compilation
    ) Run(params string[] sources)
    {
        var driver = Driver()
            .RunGeneratorsAndUpdateCompilation(Compile(sources), out var compilation, out var diagnostics);
        return (
            diagnostics,
            driver
                .GetRunResult()
                .Results.Single()
                .GeneratedSources.ToDictionary(s => s.HintName, s => s.SourceText.ToString()),
            compilation
        );
    }
}
