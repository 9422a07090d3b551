using System.Diagnostics;
using System.Runtime.InteropServices;
using Mlir.Cli.Run;
using Mlir.Remote.Server;
using Mlir.Runtime;
using Mlir.Runtime.Npy;
using Mlir.Tests.Remote.Server.Support;
using Spectre.Console;

namespace Mlir.Tests.Cli;

/// <summary>Functions of files, called on a server through real sockets, and run by its worker processes.</summary>
public sealed class RemoteRunTests
{
    private const string Token = "a-token-that-nobody-guesses";

    private const string Program = """
        func.func @both(%a: i32, %b: i32) -> (i32, i1) {
          %0 = arith.addi %a, %b : i32
          %1 = arith.cmpi slt, %a, %b : i32
          return %0, %1 : i32, i1
        }
        func.func @main(%x: tensor<?xf64>) -> tensor<?xf64> {
          %0 = arith.addf %x, %x : tensor<?xf64>
          return %0 : tensor<?xf64>
        }
        func.func @axpy(%a: f64, %x: tensor<?xf64>, %y: tensor<?xf64>) -> tensor<?xf64> {
          %c0 = arith.constant 0 : index
          %n = tensor.dim %x, %c0 : tensor<?xf64>
          %s = tensor.splat %a[%n] : tensor<?xf64>
          %0 = arith.mulf %s, %x : tensor<?xf64>
          %1 = arith.addf %0, %y : tensor<?xf64>
          return %1 : tensor<?xf64>
        }
        func.func @twice_axpy(%a: f64, %x: tensor<?xf64>, %y: tensor<?xf64>) -> tensor<?xf64> {
          %0 = call @axpy(%a, %x, %y) : (f64, tensor<?xf64>, tensor<?xf64>) -> tensor<?xf64>
          %1 = call @main(%0) : (tensor<?xf64>) -> tensor<?xf64>
          return %1 : tensor<?xf64>
        }
        func.func @square(%x: tensor<?x3xf32>) -> (tensor<?x3xf32>, i64) {
          %0 = arith.mulf %x, %x : tensor<?x3xf32>
          %c7 = arith.constant 7 : i64
          return %0, %c7 : tensor<?x3xf32>, i64
        }
        func.func @first(%x: tensor<4xi32>) -> i32 {
          %c0 = arith.constant 0 : index
          %0 = tensor.extract %x[%c0] : tensor<4xi32>
          return %0 : i32
        }
        func.func @quotient(%a: i64, %b: i64) -> i64 {
          %c0 = arith.constant 0 : i64
          %ok = arith.cmpi ne, %b, %c0 : i64
          cf.assert %ok, "System.DivideByZeroException: Attempted to divide by zero."
          %0 = arith.divsi %a, %b : i64
          return %0 : i64
        }
        func.func @forever() -> i64 {
          %true = arith.constant true
          %c0 = arith.constant 0 : i64
          %0 = scf.while (%i = %c0) : (i64) -> i64 {
            scf.condition(%true) %i : i64
          } do {
          ^bb0(%i: i64):
            %c1 = arith.constant 1 : i64
            %next = arith.addi %i, %c1 : i64
            scf.yield %next : i64
          }
          return %0 : i64
        }
        func.func @unstructured(%x: i64) -> i64 {
          cf.br ^bb1(%x : i64)
        ^bb1(%y: i64):
          return %y : i64
        }

        """;

    private Certificates _certificates = null!;
    private RemoteServer _server = null!;
    private RemoteServer _secure = null!;
    private string _folder = "";
    private string _data = "";

    private string Source => In("program.mlir");

    private string Http => _server.Addresses.First(address => address.StartsWith("http:", StringComparison.Ordinal));

    private string Https => _secure.Addresses[0];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("remote-run").FullName;
        _data = Directory.CreateTempSubdirectory("remote-data").FullName;
        _certificates = new Certificates();
        await File.WriteAllTextAsync(Source, Program);
        await File.WriteAllTextAsync(In("token"), $"# ours\nalice {Token}\n");
        var options = new RemoteServerOptions
        {
            Listen = $"http://127.0.0.1:0;unix:{In("server.sock")}",
            DataDirectories = [_data],
            Workers = 1,
            Limits = new RemoteLimits { MaxCallTime = TimeSpan.FromHours(1) },
        };
        _server = await RemoteServer.StartAsync(options);
        _secure = await RemoteServer.StartAsync(
            options with
            {
                Listen = "https://127.0.0.1:0",
                Tokens = [new BearerToken("alice", Token)],
                Tls = new TlsOptions
                {
                    CertificatePath = _certificates.ServerPath,
                    KeyPath = _certificates.ServerKeyPath,
                    ClientAuthorityPath = _certificates.AuthorityPath,
                },
            }
        );
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        await _secure.DisposeAsync();
        _certificates.Dispose();
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_data, recursive: true);
    }

    [Test]
    public void Numbers_go_in_and_come_out() =>
        Assert.That(
            Cli.Run("run", Source, "--entry", "@both", "--arg", "-7", "--arg", "4", "--target", Http),
            Is.EqualTo((0, "-3\ntrue\n", ""))
        );

    [Test]
    public void A_function_travels_with_those_that_it_calls_whatever_they_are_called()
    {
        var (x, y) = (Array([1.0, 2, 3, -4], 4), Array([10.0, 20, 30, 40], 4));
        var run = Cli.Run(
            "run",
            Source,
            "--entry",
            "twice_axpy",
            "--arg",
            "-2.5",
            "--arg",
            x,
            "--arg",
            y,
            "--target",
            Http
        );
        Assert.That(run, Is.EqualTo((0, "4xFloat64\n[15, 30, 45, 100]\n", "")));
    }

    [Test]
    public void Eight_megabytes_travel_both_ways([Values("http", "unix")] string transport)
    {
        var data = new double[1 << 20];
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = i * 0.5;
        }

        var target = transport == "http" ? Http : $"unix:{In("server.sock")}";
        var run = Cli.Run([
            .. (string[])["run", Source, "--entry", "main", "--arg", Array(data, data.Length), "-o", In("out.npy")],
            .. (string[])["--target", target, "--timing", "--repeat", "3"],
        ]);
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((0, "")), run.Errors);
        Assert.That(
            run.Errors.Split('\n').Select(line => line.Split(" ms  ").Last().Split(':')[0]),
            Is.EqualTo(
                (string[])
                    [
                        .. (string[])["parse and verify", "connect", "read arguments", "compile", "upload"],
                        .. (string[])["run", "run again", "download", "write results", ""],
                    ]
            )
        );
        Assert.That(
            NpyFile.Read(In("out.npy")).AsSpan<double>().SequenceEqual(System.Array.ConvertAll(data, x => x + x)),
            Is.True
        );
    }

    [Test]
    public void Results_of_any_rank_go_to_files()
    {
        var x = Array([1f, 2, 3, 4, 5, 6], 2, 3);
        var run = Cli.Run(
            "run",
            Source,
            "--entry",
            "square",
            "--arg",
            x,
            "-o",
            In("a.npy"),
            "-o",
            In("b.npy"),
            "--target",
            Http
        );
        Assert.That(run, Is.EqualTo((0, "", "")));
        var squares = NpyFile.Read(In("a.npy"));
        Assert.That(squares.Shape, Is.EqualTo(new long[] { 2, 3 }));
        Assert.That(squares.AsSpan<float>().ToArray(), Is.EqualTo(new float[] { 1, 4, 9, 16, 25, 36 }));
        Assert.That(NpyFile.Read(In("b.npy")).Data, Is.EqualTo(new long[] { 7 }));
    }

    [Test]
    public void A_file_of_the_server_is_an_argument()
    {
        NpyFile.Write(Path.Combine(_data, "prices.npy"), new HostBuffer(new[] { 1.5, 2.5 }, 2));
        NpyFile.Write(Path.Combine(_data, "counts.npy"), new HostBuffer(new uint[] { 4_000_000_000, 1, 2, 3 }, 4));
        var doubled = Cli.Run(
            "run",
            Source,
            "--entry",
            "main",
            "--arg",
            "server:prices.npy",
            "--target",
            Http,
            "--timing"
        );
        Assert.That((doubled.ExitCode, doubled.Output), Is.EqualTo((0, "2xFloat64\n[3, 5]\n")), doubled.Errors);
        Assert.That(doubled.Errors, Does.Contain(" ms  open on the server\n"));

        // MLIR's integers have no sign.
        var first = Cli.Run("run", Source, "--entry", "first", "--arg", "server:counts.npy", "--target", Http);
        Assert.That(first, Is.EqualTo((0, "-294967296\n", "")));
    }

    [Test]
    public void What_is_wrong_with_an_argument_is_said_before_anything_runs()
    {
        NpyFile.Write(Path.Combine(_data, "pair.npy"), new HostBuffer(new[] { 1, 2 }, 2));
        Assert.Multiple(() =>
        {
            Fails("argument #0 must be tensor<4xi32>: on the server it is int[2]", "first", "server:pair.npy");
            Fails("argument #0 must be tensor<?xf64>: on the server it is int[2]", "main", "server:pair.npy");
            Fails("argument #0 must be tensor<4xi32>: '", "first", Array([1, 2, 3], 3));
            Fails("there is no file 'none.npy'", "main", "none.npy");
            Fails("missing.npy", "main", "server:missing.npy");
            Fails("..", "main", "server:../secret.npy");
            Fails("takes 2 arguments", "both", "1");
        });

        void Fails(string message, string entry, string argument)
        {
            var run = Cli.Run("run", Source, "--entry", entry, "--arg", argument, "--target", Http);
            Assert.That((run.ExitCode, run.Output), Is.EqualTo((1, "")));
            Assert.That(run.Errors, Does.StartWith("mlir: ").And.Contains(message));
        }
    }

    [Test]
    public void A_failed_check_is_a_message_that_names_the_line()
    {
        var run = Cli.Run("run", Source, "--entry", "quotient", "--arg", "1", "--arg", "0", "--target", Http);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(
            run.Errors,
            Does.StartWith("mlir: 'quotient' failed: System.DivideByZeroException: ")
                .And.Contains($"{Source}({LineOf("cf.assert")}")
        );
    }

    [Test]
    public void What_the_server_does_not_compile_is_located_in_the_file()
    {
        var run = Cli.Run("run", Source, "--entry", "unstructured", "--arg", "1", "--target", Http);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(
            run.Errors,
            Does.Match($@"^mlir: .*program\.mlir\({LineOf("func.func @unstructured")},\d+\): error MLIR")
        );
    }

    [Test]
    public void A_file_that_is_not_IR_is_located_as_ever()
    {
        File.WriteAllText(In("wrong.mlir"), "func.func @f() {\n  retrun\n}\n");
        var run = Cli.Run("run", In("wrong.mlir"), "--target", Http);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Errors, Does.Contain("wrong.mlir(2,"));
    }

    [Test]
    public void An_address_without_a_server_says_how_to_start_one()
    {
        var run = Cli.Run("run", Source, "--entry", "forever", "--target", $"unix:{In("nobody.sock")}");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(
            run.Errors,
            Does.StartWith($"mlir: no server answers at unix:{In("nobody.sock")}").And.Contains("mlir serve --listen")
        );
    }

    [TestCase("ftp://127.0.0.1:1", "'ftp://127.0.0.1:1' is no address of a server: write http://host:port")]
    [TestCase("unix:relative", "is no address of a server")]
    [TestCase(
        "abacus",
        "there is no target 'abacus'; there are cpu, interpreter, gpu, ptx, opencl, or a server at http://host:port"
    )]
    public void A_wrong_address_says_what_to_write(string target, string message)
    {
        var run = Cli.Run("run", Source, "--entry", "forever", "--target", target);
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((1, "")));
        Assert.That(run.Errors, Does.Contain(message));
    }

    [Test]
    public void A_token_and_a_trusted_authority_open_a_server_for_others()
    {
        string[] call = ["run", Source, "--entry", "both", "--arg", "1", "--arg", "2", "--target", Https];
        string[] trusting = [.. call, "--ca", _certificates.AuthorityPath];
        File.WriteAllText(In("wrong-token"), "another-token-of-some-length");
        Assert.Multiple(() =>
        {
            Assert.That(Cli.Run([.. trusting, "--token-file", In("token")]), Is.EqualTo((0, "3\ntrue\n", "")));
            Assert.That(
                Cli.Run([.. trusting, "--token-file", In("wrong-token")]),
                Is.EqualTo((1, "", $"mlir: {Https} refuses: the server does not know this token\n"))
            );
            Assert.That(Cli.Run(trusting).Errors, Does.Contain("credential").And.Contains("--token-file"));
            Assert.That(
                Cli.Run([.. call, "--token-file", In("token")]).Errors,
                Does.StartWith($"mlir: no secure connection to {Https}").And.Contains("--ca")
            );
        });
    }

    [Test]
    public void A_client_certificate_opens_a_server_for_others()
    {
        using var client = _certificates.Client();
        using var key = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPrivateKey(
            client
        )!;
        File.WriteAllText(In("client.pem"), client.ExportCertificatePem());
        File.WriteAllText(In("client.key"), key.ExportPkcs8PrivateKeyPem());
        string[] call = ["run", Source, "--entry", "both", "--arg", "1", "--arg", "2", "--target", Https];
        string[] trusting = [.. call, "--ca", _certificates.AuthorityPath];
        Assert.Multiple(() =>
        {
            Assert.That(
                Cli.Run([.. trusting, "--cert", In("client.pem"), "--key", In("client.key")]),
                Is.EqualTo((0, "3\ntrue\n", ""))
            );
            Assert.That(
                Cli.Run([.. trusting, "--cert", In("client.pem")]).Errors,
                Does.Contain("cannot be read as PEM")
            );
            Assert.That(Cli.Run([.. trusting, "--key", In("client.key")]).Errors, Does.Contain("add --cert"));
        });
    }

    [TestCase("cpu", "--token-file", "is for a server")]
    [TestCase("http://127.0.0.1:1", "--ca", "is for https")]
    [TestCase("http://192.0.2.1:1", "--token-file", "in the clear: use https://192.0.2.1:1")]
    public void Credentials_are_for_servers_and_stay_secret(string target, string option, string message)
    {
        var run = Cli.Run("run", Source, "--entry", "forever", "--target", target, option, In("token"));
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Errors, Does.Contain(message));
    }

    [Test]
    public void A_file_of_a_server_needs_a_server()
    {
        var run = Cli.Run("run", Source, "--entry", "main", "--arg", "server:x.npy", "--target", "interpreter");
        Assert.That(run.Errors, Does.Contain("lies on a server: add --target http://host:port"));
    }

    [Test]
    [Platform("Linux,MacOsX")]
    [CancelAfter(120_000)]
    public async Task Ctrl_C_stops_the_call_at_the_server_too(CancellationToken end)
    {
        var (started, ended) = (new TaskCompletionSource(), new TaskCompletionSource<ActivityStatusCode>());
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Mlir.Remote.Server",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = activity => _ = activity.OperationName == "call" && started.TrySetResult(),
            ActivityStopped = activity => _ = activity.OperationName == "call" && ended.TrySetResult(activity.Status),
        };
        ActivitySource.AddActivityListener(listener);
        var program = Path.Combine(AppContext.BaseDirectory, "Mlir.Cli.dll");
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [program, "run", Source, "--entry", "forever", "--target", Http])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        await started.Task.WaitAsync(end);
        Assert.That(SendSignal(process.Id, Interrupt), Is.Zero);

        var errors = await process.StandardError.ReadToEndAsync(end);
        await process.WaitForExitAsync(end);
        Assert.That((process.ExitCode, errors.TrimEnd()), Is.EqualTo((130, "mlir: cancelled")));
        Assert.That(await ended.Task.WaitAsync(end), Is.EqualTo(ActivityStatusCode.Error));

        // The only worker is free again.
        Numbers_go_in_and_come_out();
    }

    [Test]
    public async Task A_bar_moves_once_a_transfer_takes_its_time()
    {
        var text = new StringWriter();
        var output = TextWriter.Synchronized(text);
        var screen = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.Yes,
                Out = new AnsiConsoleOutput(output),
            }
        );
        screen.Profile.Width = 100;
        var result = new TaskCompletionSource<int>();
        var shown = new TransferBar(screen, TimeSpan.Zero).ShowAsync(
            "uploading [x].npy",
            4 << 20,
            progress =>
            {
                progress.Report(1 << 20);
                return result.Task;
            }
        );
        while (!Written().Contains("25%", StringComparison.Ordinal))
        {
            await Task.Delay(10);
        }

        result.SetResult(7);
        Assert.That(await shown, Is.EqualTo(7));
        Assert.That(Written(), Does.Contain("uploading [x].npy"));

        string Written()
        {
            // The lock that the synchronized writer takes.
            lock (output)
            {
                return text.ToString();
            }
        }
    }

    [Test]
    public async Task Nothing_is_drawn_where_nobody_looks_or_nothing_takes_long()
    {
        var output = new StringWriter();
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        Assert.That(await new TransferBar(screen).ShowAsync("uploading", 1, _ => Task.FromResult(1)), Is.EqualTo(1));
        Assert.That(
            await new TransferBar(null, TimeSpan.Zero).ShowAsync("uploading", 1, _ => Task.FromResult(2)),
            Is.EqualTo(2)
        );
        Assert.That(output.ToString(), Is.Empty);
    }

    private const int Interrupt = 2;

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);

    private string In(string name) => Path.Combine(_folder, name);

    private string Array<T>(T[] data, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var path = In($"{Guid.NewGuid():N}.npy");
        NpyFile.Write(path, new HostBuffer(data, shape));
        return path;
    }

    private static int LineOf(string text) =>
        Program[..Program.IndexOf(text, StringComparison.Ordinal)].Count(c => c == '\n') + 1;
}
