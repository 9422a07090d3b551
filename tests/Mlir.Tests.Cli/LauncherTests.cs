using System.Diagnostics;
using System.Runtime.Versioning;

namespace Mlir.Tests.Cli;

/// <summary>The launcher on machines that lack this or that: real bash, stand-ins for everything that it calls.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LauncherTests
{
    // Writes down how it was called, and makes what a publish would make.
    private const string Dotnet = """
        #!/bin/bash
        echo "dotnet $*" >>"$LOG"
        out=
        while [ $# -gt 0 ]; do [ "$1" = -o ] && out=$2; shift; done
        if [ -n "$out" ]; then
            mkdir -p "$out"
            printf '#!/bin/bash\necho "ran $*"\n' >"$out/Mlir.Cli"
            chmod +x "$out/Mlir.Cli"
        fi
        """;

    // Installs LLVM, unless the machine is offline.
    private const string AptGet = """
        #!/bin/bash
        echo "apt-get $*" >>"$LOG"
        case "$* " in *" install "*) ;; *) exit 0 ;; esac
        [ -e "$MLIR_SYSROOT/offline" ] && { echo "E: Unable to locate package"; exit 100; }
        mkdir -p "$MLIR_SYSROOT/usr/lib/x86_64-linux-gnu"
        touch "$MLIR_SYSROOT/usr/lib/x86_64-linux-gnu/libLLVM.so.22.1"
        """;

    private string machine = "";

    private string Log =>
        File.Exists(Path.Combine(machine, "log")) ? File.ReadAllText(Path.Combine(machine, "log")) : "";

    [SetUp]
    public void MakeMachine()
    {
        machine = Directory.CreateTempSubdirectory("machine").FullName;
        foreach (var folder in (string[])["dialects", "lowering", "backends", "runtime", "frontend"])
        {
            Directory.CreateDirectory(Path.Combine(machine, "repo", folder));
        }

        foreach (var file in (string[])["Directory.Build.props", "Directory.Packages.props", "global.json"])
        {
            File.WriteAllText(Path.Combine(machine, "repo", file), "");
        }

        File.Copy(Path.Combine(Launcher.Root, "mlir"), Path.Combine(machine, "repo", "mlir"));
        Directory.CreateDirectory(Path.Combine(machine, "bin"));
        foreach (
            var tool in (string[])
                [
                    "bash",
                    "env",
                    "dirname",
                    "readlink",
                    "find",
                    "sort",
                    "cksum",
                    "cat",
                    "mkdir",
                    "rm",
                    "mv",
                    "touch",
                    "tail",
                    "sed",
                    "grep",
                    "chmod",
                    "flock",
                    "head",
                    "basename",
                ]
        )
        {
            var path = new[] { "/usr/bin", "/bin" }.Select(folder => Path.Combine(folder, tool)).First(File.Exists);
            File.CreateSymbolicLink(Path.Combine(machine, "bin", tool), path);
        }

        Provide("dotnet", Dotnet);
    }

    [TearDown]
    public void ScrapMachine() => Directory.Delete(machine, recursive: true);

    private void Provide(string tool, string script)
    {
        var path = Path.Combine(machine, "bin", tool);
        File.WriteAllText(path, script);
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }

    private void BecomeRoot() => Provide("id", "#!/bin/bash\necho 0\n");

    private void BecomeUser() => Provide("id", "#!/bin/bash\necho 1000\n");

    private (int ExitCode, string Output, string Errors) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/bash", [Path.Combine(machine, "repo", "mlir"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Path.Combine(machine, "bin");
        start.Environment["HOME"] = machine;
        start.Environment["LOG"] = Path.Combine(machine, "log");
        start.Environment["MLIR_SYSROOT"] = machine;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    [Test]
    public void Root_on_a_fresh_machine_gets_LLVM_and_a_build_and_the_second_run_does_nothing()
    {
        BecomeRoot();
        Provide("apt-get", AptGet);
        var first = Run("quickstart", "--x");
        Assert.Multiple(() =>
        {
            Assert.That(first.ExitCode, Is.Zero, first.Errors);
            Assert.That(first.Output, Is.EqualTo("ran quickstart --x\n"));
            Assert.That(first.Errors, Does.Contain("mlir: installing system packages: libllvm22"));
            Assert.That(Log, Does.Contain("libllvm22").And.Contains("publish").And.Contains("PublishReadyToRun=true"));
        });

        var log = Log;
        var second = Run("opt", "a b");
        Assert.That((second.Output, second.Errors, Log), Is.EqualTo(("ran opt a b\n", "", log)));
    }

    [Test]
    public void A_user_with_sudo_installs_through_it()
    {
        BecomeUser();
        Provide("apt-get", AptGet);
        Provide("sudo", "#!/bin/bash\necho \"sudo $*\" >>\"$LOG\"\n[ \"$1\" = -n ] && shift\nexec \"$@\"\n");
        Provide("true", "#!/bin/bash\nexit 0\n");
        var run = Run("quickstart");
        Assert.That(run.Output, Is.EqualTo("ran quickstart\n"), run.Errors);
        Assert.That(Log, Does.Match("sudo .*apt-get .*install .*libllvm22"));
    }

    [Test]
    public void Without_root_and_sudo_the_job_runs_and_says_what_to_install()
    {
        BecomeUser();
        Provide("apt-get", AptGet);
        Provide("apt-cache", "#!/bin/bash\nexit 1\n");
        var run = Run("quickstart");
        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Is.EqualTo("ran quickstart\n"));
            Assert.That(run.Errors, Does.Contain("there is neither"));
            Assert.That(run.Errors, Does.Contain("please install by hand: apt-get install libllvm22"));
            Assert.That(run.Errors, Does.Contain("the interpreter runs instead"));
            Assert.That(Log, Does.Not.Contain("apt-get"));
        });
    }

    [Test]
    public void Offline_the_job_runs_and_what_failed_is_not_tried_again_before_setup()
    {
        BecomeRoot();
        Provide("apt-get", AptGet);
        Provide("apt-cache", "#!/bin/bash\nexit 1\n");
        File.WriteAllText(Path.Combine(machine, "offline"), "");
        var first = Run("quickstart");
        Assert.That(first.Output, Is.EqualTo("ran quickstart\n"), first.Errors);
        Assert.That(
            first.Errors,
            Does.Contain("Unable to locate package").And.Contains("the interpreter runs instead")
        );

        var log = Log;
        var second = Run("quickstart");
        Assert.That(Log, Is.EqualTo(log), "no second attempt");
        Assert.That(second.Errors, Does.Contain("the interpreter runs instead").And.Contains("'./mlir setup'"));

        File.Delete(Path.Combine(machine, "offline"));
        var setup = Run("setup");
        Assert.That(setup.ExitCode, Is.Zero, setup.Errors);
        Assert.That(Run("quickstart").Errors, Is.Empty);
    }

    [Test]
    public void Without_apt_get_the_names_of_other_systems_packages_are_given()
    {
        BecomeUser();
        var run = Run("quickstart");
        Assert.That(run.Output, Is.EqualTo("ran quickstart\n"));
        Assert.That(run.Errors, Does.Contain("dnf install llvm-libs").And.Contains("brew install llvm"));
    }

    [Test]
    public void A_changed_source_builds_again()
    {
        BecomeRoot();
        Provide("apt-get", AptGet);
        Run("quickstart");
        Assert.That(Log.Split("publish"), Has.Length.EqualTo(2));
        File.WriteAllText(Path.Combine(machine, "repo", "dialects", "New.cs"), "class New;");
        var run = Run("quickstart");
        Assert.That(run.Errors, Does.Contain("building the command line"));
        Assert.That(Log.Split("publish"), Has.Length.EqualTo(3));
    }

    [Test]
    public void Without_the_SDK_it_says_so()
    {
        BecomeRoot();
        File.Delete(Path.Combine(machine, "bin", "dotnet"));
        var run = Run("quickstart");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Errors, Does.Contain("the .NET SDK 10 is missing"));
    }

    [Test]
    public void An_SDK_that_is_not_on_the_path_is_found_where_installers_put_it()
    {
        BecomeRoot();
        Provide("apt-get", AptGet);
        var folder = Directory.CreateDirectory(Path.Combine(machine, ".dotnet")).FullName;
        File.Move(Path.Combine(machine, "bin", "dotnet"), Path.Combine(folder, "dotnet"));
        Assert.That(Run("quickstart").Output, Is.EqualTo("ran quickstart\n"));
    }

    [Test]
    public void A_failed_build_shows_its_errors_and_exits_with_1()
    {
        BecomeRoot();
        Provide("apt-get", AptGet);
        Provide("dotnet", "#!/bin/bash\necho 'A.cs(1,2): error CS0246: no such type'\nexit 1\n");
        var run = Run("quickstart");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Errors, Does.Contain("error CS0246").And.Contains("the build failed"));
    }
}
