using System.Runtime.CompilerServices;
using System.Text;
using Mlir.Dialects;
using Mlir.IR;
using Mlir.IR.Text;
using Mlir.Lowering;

namespace Mlir.Tests.Lowering;

/// <summary>
/// A file of cases. Parts are split by <c>// -----</c>, as mlir-opt splits them; a part that begins with <c>// =&gt;</c> is what the pipeline
/// makes of the part before it. The file's first line names the pipeline, <c>// pipeline: canonicalize,cse</c>, and a part may name
/// another one; in a part with a line <c>// fails</c> it reports errors. <c>MLIR_UPDATE_GOLDENS=1</c> rewrites the expected parts, never in continuous integration.
/// </summary>
public sealed class CaseFile
{
    private const string Splitter = "// -----";
    private const string PipelineMark = "// pipeline: ";
    private const string FailsMark = "// fails";
    private const string ResultMark = "// =>";

    private CaseFile(string path) => Path = path;

    public string Path { get; }

    public static string Folder { get; } = System.IO.Path.Combine(SourceFolder(), "Cases");

    public static bool Update { get; } =
        Environment.GetEnvironmentVariable("MLIR_UPDATE_GOLDENS") == "1"
        && Environment.GetEnvironmentVariable("CI") is null;

    public static IEnumerable<CaseFile> All() =>
        Directory
            .EnumerateFiles(Folder, "*.mlir", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(p => new CaseFile(p));

    public override string ToString() => System.IO.Path.GetRelativePath(Folder, Path);

    /// <summary>The file as mlir-opt can read it: the dialects that are our own in the generic form, everything else as it stands.</summary>
    public string ForMlirOpt()
    {
        var text = File.ReadAllText(Path);
        if (System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(Path)) != "Flow")
        {
            return text;
        }

        var parts = new List<string>();
        foreach (var part in text.Split($"\n{Splitter}\n"))
        {
            var parsed = MlirText.Parse(part, AllDialects.Registry);
            Assert.That(parsed.Value, Is.Not.Null, () => string.Join('\n', parsed.Diagnostics));
            parts.Add(MlirText.Print(parsed.Value!, new AsmPrinterOptions { Generic = true }));
        }

        return string.Join($"\n{Splitter}\n", parts);
    }

    /// <summary>Runs all cases; the file as it should be.</summary>
    public string Actual()
    {
        var pipeline = "";
        var parts = new List<string>();
        foreach (var part in File.ReadAllText(Path).Split($"\n{Splitter}\n"))
        {
            if (part.StartsWith(ResultMark, StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var line in part.Split('\n').Where(l => l.StartsWith(PipelineMark, StringComparison.Ordinal)))
            {
                pipeline = line[PipelineMark.Length..];
            }

            parts.Add(part.TrimEnd());
            parts.Add($"{ResultMark}\n{Run(part, pipeline)}");
        }

        return string.Join($"\n{Splitter}\n", parts) + "\n";
    }

    private static string Run(string text, string pipeline)
    {
        var parsed = MlirText.Parse(text, AllDialects.Registry);
        Assert.That(parsed.Value, Is.Not.Null, () => string.Join('\n', parsed.Diagnostics));
        var module = parsed.Value!;
        var result = new PassManager(new PassManagerOptions { Verify = true }).Run(
            PassPipeline.Parse(pipeline),
            module
        );
        Assert.That(
            result.Succeeded,
            Is.EqualTo(!text.Contains(FailsMark, StringComparison.Ordinal)),
            () => string.Join('\n', result.Diagnostics)
        );
        if (!result.Succeeded)
        {
            return Comment(result.Diagnostics);
        }

        // What is printed reads back as the same.
        var printed = MlirText.Print(module);
        var again = MlirText.Parse(printed, AllDialects.Registry);
        Assert.That(again.Value, Is.Not.Null, () => $"{string.Join('\n', again.Diagnostics)}\n{printed}");
        Assert.That(MlirText.Print(again.Value!), Is.EqualTo(printed));
        return printed.TrimEnd();
    }

    private static string Comment(IEnumerable<Diagnostic> diagnostics)
    {
        var text = new StringBuilder();
        foreach (var line in diagnostics.SelectMany(d => d.ToString().Split('\n')))
        {
            text.Append("// ").Append(line).Append('\n');
        }

        return text.ToString().TrimEnd();
    }

    private static string SourceFolder([CallerFilePath] string path = "") => System.IO.Path.GetDirectoryName(path)!;
}
