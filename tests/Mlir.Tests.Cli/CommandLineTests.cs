namespace Mlir.Tests.Cli;

public sealed class CommandLineTests
{
    [TestCase]
    [TestCase("--help")]
    [TestCase("-h")]
    public void Help_names_every_command(params string[] args)
    {
        var run = Cli.Run(args);
        Assert.That(run.ExitCode, Is.Zero);
        foreach (
            var command in (string[])
                [
                    "quickstart",
                    "opt",
                    "run",
                    "translate",
                    "graph",
                    "serve",
                    "cache",
                    "devices",
                    "test",
                    "bench",
                    "setup",
                    "completion",
                ]
        )
        {
            Assert.That(run.Output, Does.Match($@"\n +{command}\b"), command);
        }

        Assert.That(run.Output, Does.Not.Match(@"\n +complete "), "hidden");
    }

    [Test]
    public void The_version_is_a_number() => Assert.That(Cli.Run("--version").Output, Does.Match(@"^\d+\.\d+\.\d+"));

    [Test]
    public void A_misspelt_command_is_an_error_with_a_suggestion()
    {
        var run = Cli.Run("quikstart");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Errors + run.Output, Does.Contain("quikstart").And.Contains("quickstart"));
    }

    [TestCase("test")]
    [TestCase("bench")]
    [TestCase("setup")]
    public void What_the_launcher_does_says_so(string command)
    {
        var run = Cli.Run(command);
        Assert.That(
            run,
            Is.EqualTo((1, "", $"mlir: '{command}' needs the repository: run './mlir {command}' at its root\n"))
        );
    }

    [TestCase("bash", "complete -o default")]
    [TestCase("zsh", "compdef")]
    [TestCase("fish", "complete -c mlir")]
    public void Completion_scripts_exist_for_three_shells(string shell, string expected) =>
        Assert.That(Cli.Run("completion", shell).Output, Does.Contain(expected));

    [TestCase("./mlir ", "quickstart")]
    [TestCase("./mlir qui", "quickstart")]
    [TestCase("./mlir run f.mlir --t", "--timing")]
    [TestCase("./mlir translate --emit ", "asm")]
    [TestCase("./mlir opt --canon", "--canonicalize")]
    [TestCase("./mlir opt --split", "--split-input-file")]
    [TestCase("./mlir run --target ", "interpreter")]
    [TestCase("./mlir run --target ", "https://")]
    [TestCase("./mlir run --target htt", "http://")]
    [TestCase("./mlir run --target uni", "unix:")]
    [TestCase("./mlir run --to", "--token-file")]
    [TestCase("./mlir quickstart --target ", "cpu")]
    [TestCase("./mlir gra", "graph")]
    [TestCase("./mlir graph f.mlir --no", "--no-optimize")]
    [TestCase("./mlir graph f.mlir --layout ", "dot")]
    public void Completion_offers_what_may_stand_there(string line, string expected) =>
        Assert.That(Cli.Run("complete", "--", line).Output.Split('\n'), Does.Contain(expected));

    [Test]
    public void Help_says_that_a_target_may_be_a_server() =>
        Assert.That(
            Cli.Run("run", "--help").Output,
            Does.Contain("--target <name|http://host:port|https://host:port|unix:/path>")
                .And.Contains("server:x.npy")
                .And.Contains("--token-file <file>")
        );

    [Test]
    public void Only_what_can_run_elsewhere_is_completed_with_addresses() =>
        Assert.That(Cli.Run("complete", "--", "./mlir quickstart --target ").Output, Does.Not.Contain("http"));

    [TestCase("run")]
    [TestCase("translate", "x.mlir")]
    [TestCase("translate", "x.mlir", "--emit", "ptx")]
    [TestCase("run", "x.mlir", "--repeat", "0")]
    [TestCase("completion", "csh")]
    [TestCase("graph")]
    [TestCase("graph", "x.mlir", "--layout", "circle")]
    [TestCase("graph", "x.mlir", "--max-nodes", "0")]
    public void A_wrong_use_exits_with_1_and_says_why(params string[] args)
    {
        var run = Cli.Run(args);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Errors, Is.Not.Empty);
    }

    [TestCase("opt", "no-such.mlir")]
    [TestCase("run", "no-such.mlir")]
    [TestCase("translate", "no-such.mlir", "--emit", "llvm")]
    [TestCase("graph", "no-such.mlir", "-o", "x.svg")]
    public void A_missing_file_is_named(params string[] args) =>
        Assert.That(Cli.Run(args).Errors, Is.EqualTo("mlir: there is no file 'no-such.mlir'\n"));
}
