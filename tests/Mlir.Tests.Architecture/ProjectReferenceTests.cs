namespace Mlir.Tests.Architecture;

/// <summary>Arrows run one way: frontend → backends → lowering → dialects, and backends → runtime.</summary>
public sealed class ProjectReferenceTests
{
    // What each project may reference, as the architecture page has it. The generators run inside the compiler, so a
    // reference to them is not an arrow between layers.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Mlir.IR"] = ["Mlir.IR.Generators"],
        ["Mlir.IR.Generators"] = [],
        ["Mlir.Dialects"] = ["Mlir.IR", "Mlir.IR.Generators"],
        ["Mlir.Lowering"] = ["Mlir.Dialects", "Mlir.IR.Generators"],
        ["Mlir.Runtime"] = [],
        ["Mlir.Ptx"] = [], // executes PTX text, wherever it comes from
        ["Mlir.Backends"] = ["Mlir.Lowering", "Mlir.Runtime"],
        ["Mlir.Backends.Interpreter"] = ["Mlir.Backends"],
        ["Mlir.Backends.Llvm"] = ["Mlir.Backends"],
        ["Mlir.Backends.Cpu"] = ["Mlir.Backends", "Mlir.Backends.Llvm"],
        ["Mlir.Backends.Gpu"] = ["Mlir.Backends", "Mlir.Backends.Llvm", "Mlir.Ptx"],
        ["Mlir.Dataflow"] = ["Mlir"], // its own compiler is the just-in-time compiler that users call
        ["Mlir.Remote"] = ["Mlir.Backends", "Mlir.Frontend"], // the client reads lambdas
        ["Mlir.Remote.Worker"] = ["Mlir.Backends.Cpu", "Mlir.Backends.Interpreter"],
        ["Mlir.Remote.Server"] = ["Mlir.Remote", "Mlir.Remote.Worker"],
        ["Mlir.Databases"] = ["Mlir.Backends"],
        ["Mlir.Arrays"] = [], // eager functions, which work without the compiler
        ["Mlir.Frontend"] = ["Mlir.Dialects", "Mlir.Arrays"],
    };

    // The façade and the command line stand at the top and may see everything below.
    private static readonly string[] Top = ["Mlir", "Mlir.Cli"];

    private static IEnumerable<string> Projects => Repository.ProductProjects.Keys.Order();

    [TestCaseSource(nameof(Projects))]
    public void A_project_references_only_what_lies_below_it(string project)
    {
        var references = Repository.References(Repository.ProductProjects[project]);
        if (Top.Contains(project))
        {
            Assert.That(references, Does.Not.Contain(project).And.Not.Contain("Mlir.Cli"));
            return;
        }

        Assert.That(Allowed.Keys, Does.Contain(project), "a new project needs its row in this table");
        Assert.That(references, Is.SubsetOf(Allowed[project]));
    }

    [Test]
    public void Nothing_but_the_command_line_sees_the_command_line() =>
        Assert.That(
            Repository
                .AllProjects.Where(path => !Path.GetFileName(path).StartsWith("Mlir.Tests.", StringComparison.Ordinal))
                .Where(path => Repository.References(path).Contains("Mlir.Cli")),
            Is.Empty
        );

    [Test]
    public void No_project_is_a_drawer_for_everything()
    {
        string[] drawers = ["Common", "Utils", "Utilities", "Core", "Helpers", "Shared", "Misc"];
        Assert.That(
            Repository.AllProjects.Where(path =>
                Path.GetFileNameWithoutExtension(path).Split('.').Intersect(drawers).Any()
            ),
            Is.Empty
        );
    }

    // Samples of what somebody else would write, which see only what is public; tests build and run them.
    private static readonly string[] Foreign = ["CompilerPlugin.csproj"];

    [Test]
    public void Every_project_has_a_test_project_and_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Mlir.sln"));
        var tests = Directory
            .EnumerateDirectories(Path.Combine(Repository.Root, "tests"))
            .Select(Path.GetFileName)
            .ToList();
        Assert.Multiple(() =>
        {
            foreach (var path in Repository.AllProjects.Where(p => !Foreign.Contains(Path.GetFileName(p))))
            {
                Assert.That(solution, Does.Contain($"\\{Path.GetFileName(path)}\""), "not in the solution");
            }

            foreach (var project in Repository.ProductProjects.Keys)
            {
                // The façade is what the frontend's tests call; the backend contract is tested by each backend.
                var expected = project == "Mlir" ? "Mlir.Tests.Frontend" : "Mlir.Tests" + project["Mlir".Length..];
                Assert.That(tests, Has.Some.StartsWith(expected));
            }
        });
    }
}
