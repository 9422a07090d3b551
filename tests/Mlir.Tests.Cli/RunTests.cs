using Mlir.Backends.Llvm;
using Mlir.Runtime;
using Mlir.Runtime.Npy;

namespace Mlir.Tests.Cli;

/// <summary>Functions of files, called with NumPy's arrays, on every target that this machine has.</summary>
public sealed class RunTests
{
    private const string Program = """
        func.func @axpy(%a: f64, %x: tensor<?xf64>, %y: tensor<?xf64>) -> tensor<?xf64> {
          %c0 = arith.constant 0 : index
          %n = tensor.dim %x, %c0 : tensor<?xf64>
          %s = tensor.splat %a[%n] : tensor<?xf64>
          %0 = arith.mulf %s, %x : tensor<?xf64>
          %1 = arith.addf %0, %y : tensor<?xf64>
          return %1 : tensor<?xf64>
        }
        func.func @both(%a: i32, %b: i32) -> (i32, i1) {
          %0 = arith.addi %a, %b : i32
          %1 = arith.cmpi slt, %a, %b : i32
          return %0, %1 : i32, i1
        }
        func.func @square(%x: tensor<?x3xf32>) -> (tensor<?x3xf32>, i64) {
          %0 = arith.mulf %x, %x : tensor<?x3xf32>
          %c7 = arith.constant 7 : i64
          return %0, %c7 : tensor<?x3xf32>, i64
        }
        func.func @not(%x: tensor<?xi1>) -> tensor<?xi1> {
          %c0 = arith.constant 0 : index
          %n = tensor.dim %x, %c0 : tensor<?xi1>
          %true = arith.constant true
          %t = tensor.splat %true[%n] : tensor<?xi1>
          %0 = arith.xori %x, %t : tensor<?xi1>
          return %0 : tensor<?xi1>
        }
        func.func @quotient(%a: i64, %b: i64) -> i64 {
          %c0 = arith.constant 0 : i64
          %ok = arith.cmpi ne, %b, %c0 : i64
          cf.assert %ok, "System.DivideByZeroException: Attempted to divide by zero."
          %0 = arith.divsi %a, %b : i64
          return %0 : i64
        }

        """;

    private string folder = "";

    public static IEnumerable<string> Targets =>
        LlvmLibrary.IsAvailable(out _) || Environment.GetEnvironmentVariable("REQUIRE_MLIR_TOOLS") == "1"
            ? ["interpreter", "cpu"]
            : ["interpreter"];

    private string Source => In("program.mlir");

    private string In(string name) => Path.Combine(folder, name);

    [SetUp]
    public void CreateFolder()
    {
        folder = Directory.CreateTempSubdirectory("run").FullName;
        File.WriteAllText(Source, Program);
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [TestCaseSource(nameof(Targets))]
    public void Arrays_and_numbers_go_in_and_an_array_comes_out(string target)
    {
        NpyFile.Write(In("x.npy"), new HostBuffer(new[] { 1.0, 2, 3, -4 }, 4));
        NpyFile.Write(In("y.npy"), new HostBuffer(new[] { 10.0, 20, 30, 40 }, 4));
        var run = Cli.Run([
            "run",
            Source,
            "--entry",
            "axpy",
            "--arg",
            "-2.5",
            "--arg",
            In("x.npy"),
            "--arg",
            In("y.npy"),
            "-o",
            In("z.npy"),
            "--target",
            target,
            "--timing",
        ]);
        Assert.That(run.ExitCode, Is.Zero, run.Errors);
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Errors, Does.Match(@"\d+\.\d{3} ms  compile").And.Match(@"\d+\.\d{3} ms  run"));
        Assert.That(NpyFile.Read(In("z.npy")).AsSpan<double>().ToArray(), Is.EqualTo(new[] { 7.5, 15, 22.5, 50 }));
    }

    [TestCaseSource(nameof(Targets))]
    public void Results_without_a_file_are_printed(string target)
    {
        var run = Cli.Run("run", Source, "--entry", "@both", "--arg", "-7", "--arg", "4", "--target", target);
        Assert.That(run, Is.EqualTo((0, "-3\ntrue\n", "")));
    }

    [TestCaseSource(nameof(Targets))]
    public void Several_results_go_to_several_files(string target)
    {
        using (var file = File.Create(In("x.npy")))
        {
            NpyFile.Write(file, new HostBuffer(new float[] { 1, 2, 3, 4, 5, 6 }, 2, 3), fortranOrder: true);
        }

        var run = Cli.Run([
            "run",
            Source,
            "--entry",
            "square",
            "--arg",
            In("x.npy"),
            "-o",
            In("a.npy"),
            "-o",
            In("b.npy"),
            "--target",
            target,
        ]);
        Assert.That(run, Is.EqualTo((0, "", "")));
        var squares = NpyFile.Read(In("a.npy"));
        Assert.That(squares.Shape, Is.EqualTo(new long[] { 2, 3 }));
        Assert.That(squares.AsSpan<float>().ToArray(), Is.EqualTo(new float[] { 1, 4, 9, 16, 25, 36 }));
        Assert.That(NpyFile.Read(In("b.npy")).Data, Is.EqualTo(new long[] { 7 }));
    }

    [TestCaseSource(nameof(Targets))]
    public void Truth_values_are_bytes_in_files(string target)
    {
        NpyFile.Write(In("x.npy"), new HostBuffer(new[] { true, false, true }, 3));
        var run = Cli.Run("run", Source, "--entry", "not", "--arg", In("x.npy"), "-o", In("y.npy"), "--target", target);
        Assert.That(run.ExitCode, Is.Zero, run.Errors);
        Assert.That(NpyFile.Read(In("y.npy")).Data, Is.EqualTo(new[] { false, true, false }));
    }

    [TestCaseSource(nameof(Targets))]
    public void A_failed_check_is_a_message_that_names_the_line(string target)
    {
        var run = Cli.Run("run", Source, "--entry", "quotient", "--arg", "1", "--arg", "0", "--target", target);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(
            run.Errors,
            Does.Contain("DivideByZeroException").And.Contains("divide by zero").And.Contains("program.mlir(30")
        );
    }

    [Test]
    public void What_does_not_fit_is_refused_by_name()
    {
        NpyFile.Write(In("x.npy"), new HostBuffer(new float[8], 2, 4));
        Assert.Multiple(() =>
        {
            Assert.That(
                Cli.Run("run", Source).Errors,
                Does.Contain("--entry must name one of the public functions: axpy, both")
            );
            Assert.That(Cli.Run("run", Source, "--entry", "sqare").Errors, Does.Contain("no public function 'sqare'"));
            Assert.That(
                Cli.Run("run", Source, "--entry", "both", "--arg", "1").Errors,
                Does.Contain("takes 2 arguments")
            );
            Assert.That(
                Cli.Run("run", Source, "--entry", "square", "--arg", In("x.npy")).Errors,
                Does.Contain("argument #0 must be tensor<?x3xf32>")
            );
            Assert.That(
                Cli.Run("run", Source, "--entry", "both", "--arg", "1", "--arg", "2", "--target", "abacus").Errors,
                Does.Contain("there is no target 'abacus'; there are cpu, interpreter")
            );
            Assert.That(
                Cli.Run(
                    "run",
                    Source,
                    "--entry",
                    "both",
                    "--arg",
                    "1",
                    "--arg",
                    "2",
                    "-o",
                    "a",
                    "-o",
                    "b",
                    "-o",
                    "c"
                ).Errors,
                Does.Contain("-o was given 3 times; the function has 2 results")
            );
        });
    }

    [Test]
    public void A_damaged_array_is_a_located_error()
    {
        File.WriteAllBytes(In("x.npy"), [0x93, .. "NUMPY"u8, 1, 0, 9]);
        var run = Cli.Run("run", Source, "--entry", "not", "--arg", In("x.npy"), "--target", "interpreter");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Errors, Does.StartWith($"mlir: {In("x.npy")} at byte "));
    }

    [Test]
    public void A_file_that_is_not_IR_is_a_located_error()
    {
        File.WriteAllText(Source, "func.func @f() {\n  retrun\n}\n");
        var run = Cli.Run("run", Source);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Errors, Does.Contain("program.mlir(2,"));
    }

    [TestCase("llvm", "define ")]
    [TestCase("asm", "axpy__packed:")]
    public void Code_is_shown(string emit, string expected)
    {
        if (!Targets.Contains("cpu"))
        {
            Assert.That(Cli.Run("translate", Source, "--emit", emit).Errors, Does.Contain("LLVM"));
            return;
        }

        var run = Cli.Run("translate", Source, "--emit", emit);
        Assert.That(run.ExitCode, Is.Zero, run.Errors);
        Assert.That(run.Output, Does.Contain(expected).And.Contains("axpy__packed"));
    }

    /// <summary>Products on Hopper's own instructions where that is asked for, and only there; no device is needed to see the code.</summary>
    [Test]
    public void Kernels_for_Hopper_are_shown()
    {
        File.WriteAllText(
            Source,
            """
            func.func @f(%x: tensor<1024x64xf16>, %y: tensor<64x2048xf16>) -> tensor<1024x2048xf32> {
              %z = arith.constant 0.0 : f32
              %e = tensor.empty() : tensor<1024x2048xf32>
              %i = linalg.fill ins(%z : f32) outs(%e : tensor<1024x2048xf32>) -> tensor<1024x2048xf32>
              %p = linalg.matmul ins(%x, %y : tensor<1024x64xf16>, tensor<64x2048xf16>) outs(%i : tensor<1024x2048xf32>) -> tensor<1024x2048xf32>
              return %p : tensor<1024x2048xf32>
            }
            """
        );
        string[] command = ["translate", Source, "--emit", "ptx"];
        if (!Targets.Contains("cpu"))
        {
            Assert.That(Cli.Run(command).Errors, Does.Contain("LLVM"));
            return;
        }

        Assert.That(Cli.Run(command).Output, Does.Contain(".target sm_80").And.Contain("mma.sync"));
        Assert.That(
            Cli.Run([.. command, "--gpu-features", "wgmma"]).Output,
            Does.Contain(".target sm_90a").And.Contain("wgmma.mma_async")
        );
        Assert.That(Cli.Run([.. command, "--gpu-features", "magic"]).ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void An_object_file_is_written()
    {
        if (!Targets.Contains("cpu"))
        {
            Assert.That(Cli.Run("translate", Source, "--emit", "obj").ExitCode, Is.EqualTo(1));
            return;
        }

        var run = Cli.Run("translate", Source, "--emit", "obj", "-o", In("f.o"), "--triple", "x86_64-linux-gnu");
        Assert.That(run.ExitCode, Is.Zero, run.Errors);
        Assert.That(
            File.ReadAllBytes(In("f.o")).Take(4),
            Is.EqualTo(new byte[] { 0x7F, (byte)'E', (byte)'L', (byte)'F' })
        );
    }

    [Test]
    public void One_object_file_for_several_processors_is_written()
    {
        if (!Targets.Contains("cpu"))
        {
            return;
        }

        const string Levels = "x86-64-v2,x86-64-v3,x86-64-v4";
        string[] common = ["translate", Source, "--triple", "x86_64-pc-linux-gnu", "--target-cpus", Levels];
        var run = Cli.Run([.. common, "--emit", "obj", "-o", In("g.o")]);
        Assert.That(run.ExitCode, Is.Zero, run.Errors);
        var text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(In("g.o")));
        foreach (var level in Levels.Split(','))
        {
            Assert.That(text, Does.Contain($"axpy__packed.{level}\0"));
        }

        Assert.That(Cli.Run([.. common, "--emit", "asm"]).Errors, Does.Contain("--emit obj"));
    }
}
