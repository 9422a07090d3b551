using Google.Protobuf;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server;
using Mlir.Tests.Remote.Server.Support;

namespace Mlir.Tests.Remote.Server.Security;

/// <summary>What one client holds no other can reach, and nothing can be reached after it is gone.</summary>
public sealed class IsolationTests
{
    private DirectoryInfo _data = null!;
    private DirectoryInfo _outside = null!;
    private RemoteServer _server = null!;

    private string Address => _server.Addresses[0];

    [OneTimeSetUp]
    public async Task StartServer()
    {
        _data = Directory.CreateTempSubdirectory("mlir-data");
        _outside = Directory.CreateTempSubdirectory("mlir-outside");
        var array = new Mlir.Runtime.HostBuffer(new double[] { 1, 2, 3 }, 3);
        Mlir.Runtime.Npy.NpyFile.Write(Path.Combine(_data.FullName, "prices.npy"), array);
        Mlir.Runtime.Npy.NpyFile.Write(Path.Combine(_outside.FullName, "secret.npy"), array);
        Directory.CreateDirectory(Path.Combine(_data.FullName, "folder"));
        File.CreateSymbolicLink(Path.Combine(_data.FullName, "inside.npy"), Path.Combine(_data.FullName, "prices.npy"));
        File.CreateSymbolicLink(
            Path.Combine(_data.FullName, "link.npy"),
            Path.Combine(_outside.FullName, "secret.npy")
        );
        Directory.CreateSymbolicLink(Path.Combine(_data.FullName, "escape"), _outside.FullName);
        File.WriteAllText(Path.Combine(_data.FullName, "text.npy"), "this is no array");
        _server = await RemoteServer.StartAsync(
            new() { Listen = "http://127.0.0.1:0", DataDirectories = [_data.FullName] }
        );
    }

    [OneTimeTearDown]
    public async Task StopServer()
    {
        await _server.DisposeAsync();
        _data.Delete(recursive: true);
        _outside.Delete(recursive: true);
    }

    [TestCase("prices.npy")]
    [TestCase("folder/../prices.npy", false)]
    [TestCase("inside.npy")]
    [TestCase("link.npy", false)]
    [TestCase("escape/secret.npy", false)]
    [TestCase("../secret.npy", false)]
    [TestCase("/etc/passwd", false)]
    [TestCase("folder", false)]
    [TestCase("missing.npy", false)]
    [TestCase("", false)]
    [TestCase("prices.npy\0.txt", false)]
    public async Task Files_outside_the_directories_are_not_there(string path, bool exists = true)
    {
        await using var client = await RawConnection.OpenAsync(Address);
        var request = new ClientMessage { OpenFile = new OpenFileRequest { Path = path } };
        if (exists)
        {
            var buffer = (await client.RequestAsync(request)).Buffer;
            Assert.That((buffer.Bytes, buffer.Element, buffer.Path), Is.EqualTo((24UL, ScalarKind.Float64, path)));
            return;
        }

        Assert.That((await client.FailAsync(request)).Code, Is.EqualTo(ErrorCode.NotFound));
    }

    [Test]
    public async Task A_file_that_holds_no_array_is_refused()
    {
        await using var client = await RawConnection.OpenAsync(Address);
        var error = await client.FailAsync(new ClientMessage { OpenFile = new OpenFileRequest { Path = "text.npy" } });
        Assert.That((error.Code, error.Message.Contains("text.npy")), Is.EqualTo((ErrorCode.InvalidRequest, true)));
    }

    [Test]
    public async Task Another_sessions_functions_arrays_and_calls_are_not_there()
    {
        await using var owner = await RawConnection.OpenAsync(Address);
        var function = (await owner.DefineAsync("mine", Modules.Add))[0];
        var buffer = (
            await owner.RequestAsync(new ClientMessage { OpenFile = new OpenFileRequest { Path = "prices.npy" } })
        )
            .Buffer
            .BufferId;
        var call = (
            await owner.RequestAsync(
                new ClientMessage { Submit = new SubmitRequest { Call = RawConnection.Call(function, 1, 2).Call } }
            )
        )
            .Submit
            .CallId;

        await using var other = await RawConnection.OpenAsync(Address);
        ClientMessage[] attempts =
        [
            RawConnection.Call(function, 1, 2),
            new()
            {
                Call = new CallRequest { Name = "mine", Arguments = new Arguments() },
            },
            new() { DescribeFunction = new DescribeFunctionRequest { Name = "mine" } },
            new() { Unload = new UnloadRequest { Name = "mine" } },
            new() { Download = new DownloadRequest { BufferId = buffer } },
            new()
            {
                Write = new WriteRequest { BufferId = buffer, Data = ByteString.CopyFromUtf8("x") },
            },
            new() { Seal = new SealRequest { BufferId = buffer } },
            new()
            {
                Share = new ShareRequest { BufferId = buffer, SharedName = "theft" },
            },
            new()
            {
                Share = new ShareRequest { Function = "mine", SharedName = "theft" },
            },
            new() { Collect = new CollectRequest { CallId = call } },
            new() { Cancel = new CancelRequest { CallId = call } },
        ];
        foreach (var attempt in attempts)
        {
            Assert.That((await other.FailAsync(attempt)).Code, Is.EqualTo(ErrorCode.NotFound), attempt.ToString());
        }

        await other.RequestAsync(new ClientMessage { Release = new ReleaseRequest { BufferIds = { buffer } } });
        await other.RequestAsync(
            new ClientMessage { Unload = new UnloadRequest { Functions = new FunctionIds { Ids = { function } } } }
        );
        Assert.That(
            (await other.RequestAsync(new ClientMessage { ListFunctions = new ListFunctionsRequest() }))
                .ListFunctions
                .Functions,
            Is.Empty
        );
        Assert.That(await owner.CallAsync(function, 1, 2), Is.EqualTo(3));
        Assert.That(
            (await owner.RequestAsync(new ClientMessage { Collect = new CollectRequest { CallId = call } }))
                .Call
                .Result
                .Float64,
            Is.EqualTo(3)
        );
    }

    [Test]
    public async Task What_is_gone_cannot_be_used_again()
    {
        await using var client = await RawConnection.OpenAsync(Address);
        var function = (await client.DefineAsync("f", Modules.Add))[0];
        await client.RequestAsync(new ClientMessage { Unload = new UnloadRequest { Name = "f" } });
        Assert.That((await client.FailAsync(RawConnection.Call(function, 1, 2))).Code, Is.EqualTo(ErrorCode.NotFound));

        var first = (await client.DefineAsync("g", Modules.Add))[0];
        var second = (await client.DefineAsync("g", Modules.Add))[0];
        Assert.That((await client.FailAsync(RawConnection.Call(first, 1, 2))).Code, Is.EqualTo(ErrorCode.NotFound));
        Assert.That(await client.CallAsync(second, 1, 2), Is.EqualTo(3));

        var buffer = (
            await client.RequestAsync(new ClientMessage { OpenFile = new OpenFileRequest { Path = "prices.npy" } })
        )
            .Buffer
            .BufferId;
        await client.RequestAsync(new ClientMessage { Release = new ReleaseRequest { BufferIds = { buffer } } });
        Assert.That(
            (await client.FailAsync(new ClientMessage { Download = new DownloadRequest { BufferId = buffer } })).Code,
            Is.EqualTo(ErrorCode.NotFound)
        );

        await client.RequestAsync(new ClientMessage { CloseSession = new CloseSessionRequest() });
        await using var replay = await RawConnection.OpenAsync(Address, client.Token);
        Assert.That(replay.Resumed, Is.False);
    }

    [Test]
    public async Task What_is_shared_is_shared_by_its_name_and_by_nothing_else()
    {
        await using var owner = await RawConnection.OpenAsync(Address);
        await using var other = await RawConnection.OpenAsync(Address);
        await owner.DefineAsync("sum", Modules.Add);
        var buffer = (
            await owner.RequestAsync(new ClientMessage { OpenFile = new OpenFileRequest { Path = "prices.npy" } })
        )
            .Buffer
            .BufferId;
        await owner.RequestAsync(
            new ClientMessage
            {
                Share = new ShareRequest { Function = "sum", SharedName = "team.sum" },
            }
        );
        await owner.RequestAsync(
            new ClientMessage
            {
                Share = new ShareRequest { BufferId = buffer, SharedName = "team.prices" },
            }
        );

        var call = RawConnection.Call(0, 2, 3);
        call.Call.Name = "team.sum";
        Assert.That((await other.RequestAsync(call)).Call.Result.Float64, Is.EqualTo(5));
        var open = new ClientMessage { OpenFile = new OpenFileRequest { SharedName = "team.prices" } };
        Assert.That((await other.RequestAsync(open)).Buffer.Bytes, Is.EqualTo(24));
        var listed = (
            await other.RequestAsync(new ClientMessage { ListFunctions = new ListFunctionsRequest() })
        ).ListFunctions.Functions.Single();
        Assert.That((listed.Name, listed.Shared, listed.FunctionId), Is.EqualTo(("team.sum", true, 0UL)));

        // A name is its owner's: nobody takes it over or away.
        await other.DefineAsync("sum", Modules.Add);
        var theft = new ClientMessage
        {
            Share = new ShareRequest { Function = "sum", SharedName = "team.sum" },
        };
        Assert.That((await other.FailAsync(theft)).Code, Is.EqualTo(ErrorCode.PermissionDenied));
        var withdrawal = new ClientMessage
        {
            Share = new ShareRequest { Withdraw = true, SharedName = "team.sum" },
        };
        Assert.That((await other.FailAsync(withdrawal)).Code, Is.EqualTo(ErrorCode.NotFound));

        await owner.RequestAsync(withdrawal.Clone());
        var gone = RawConnection.Call(0, 2, 3);
        gone.Call.Name = "team.sum";
        Assert.That((await other.FailAsync(gone)).Code, Is.EqualTo(ErrorCode.NotFound));
    }

    [TestCase(
        "llvm.func @main(%a0: !llvm.ptr) -> f64 {\n  %0 = llvm.load %a0 : !llvm.ptr -> f64\n  llvm.return %0 : f64\n}"
    )]
    [TestCase(
        "func.func @main(%a0: memref<?xf64>) -> f64 {\n  %c = arith.constant 5 : index\n  %0 = memref.load %a0[%c] : memref<?xf64>\n  return %0 : f64\n}"
    )]
    [TestCase(
        "func.func private @system(i64) -> f64\nfunc.func @main(%a0: i64) -> f64 {\n  %0 = func.call @system(%a0) : (i64) -> f64\n  return %0 : f64\n}"
    )]
    [TestCase(
        "func.func @main(%a0: f64) -> f64 {\n  %0 = builtin.unrealized_conversion_cast %a0 : f64 to !llvm.ptr\n  return %a0 : f64\n}"
    )]
    [TestCase("func.func @main(%a0: f64) -> f64 {\n  %0 = \"my.own\"(%a0) : (f64) -> f64\n  return %0 : f64\n}")]
    [TestCase("func.func @main(%a0: f64) -> f64 attributes {passthrough = [\"naked\"]} {\n  return %a0 : f64\n}")]
    [TestCase(
        "func.func @main(%a0: f64) -> f64 {\n  %0 = vector.broadcast %a0 : f64 to vector<4xf64>\n  return %a0 : f64\n}"
    )]
    public async Task Code_that_could_touch_memory_is_refused(string module)
    {
        await using var client = await RawConnection.OpenAsync(Address);
        var overload = Modules.Text(module + "\n", Modules.Double, Modules.Double);
        var error = await client.FailAsync(
            new ClientMessage
            {
                Define = new DefineRequest { Name = "f", Overloads = { overload } },
            }
        );
        Assert.That(error.Code, Is.EqualTo(ErrorCode.InvalidModule), error.ToString());
        Assert.That(error.Diagnostics, Is.Not.Empty, error.ToString());
    }

    [Test]
    public async Task Code_reads_only_what_it_was_given()
    {
        await using var client = await RawConnection.OpenAsync(Address);
        var index = new DataType { Scalar = ScalarKind.Int64 };
        var peek = Modules.Text(
            """
            func.func @main(%x: tensor<?xf64>, %i: i64) -> f64 {
              %k = arith.index_cast %i : i64 to index
              %0 = tensor.extract %x[%k] : tensor<?xf64>
              return %0 : f64
            }

            """,
            Modules.Double,
            Modules.Vector,
            index
        );
        var function = (await client.DefineAsync("peek", peek))[0];
        foreach (var (at, expected) in new[] { (0L, "1"), (1L, "2"), (2L, null), (-1L, null), (1L << 60, null) })
        {
            var call = new ClientMessage
            {
                Call = new CallRequest
                {
                    FunctionId = function,
                    Arguments = new Arguments
                    {
                        Positional =
                        {
                            new Value
                            {
                                Array = new ArrayValue
                                {
                                    Element = ScalarKind.Float64,
                                    Shape = { 2 },
                                    Inline = ByteString.CopyFrom(
                                        System.Runtime.InteropServices.MemoryMarshal.AsBytes<double>(new[] { 1.0, 2.0 })
                                    ),
                                },
                            },
                            new Value { Int64 = at },
                        },
                    },
                },
            };
            if (expected is not null)
            {
                Assert.That((await client.RequestAsync(call)).Call.Result.Float64, Is.EqualTo(double.Parse(expected)));
                continue;
            }

            var error = await client.FailAsync(call);
            Assert.That(
                (error.Code, error.ExceptionType),
                Is.EqualTo((ErrorCode.KernelException, "System.IndexOutOfRangeException"))
            );
        }
    }
}
