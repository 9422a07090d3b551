using System.Numerics.Tensors;
using Mlir.IR;
using Mlir.Remote;
using Mlir.Runtime;

namespace Mlir.Tests.Remote.Client;

/// <summary>Functions that are defined by their MLIR text.</summary>
[TestFixture(RemoteTransport.Direct)]
[TestFixture(RemoteTransport.Grpc)]
public sealed class ModuleTests(RemoteTransport transport)
{
    private const string Program = """
        func.func @mixed(%a: f64, %n: i8, %x: tensor<?x2xf64>) -> (tensor<?x2xf64>, i8, f64) {
          %c1 = arith.constant 1 : i8
          %m = arith.addi %n, %c1 : i8
          %0 = arith.addf %x, %x : tensor<?x2xf64>
          return %0, %m, %a : tensor<?x2xf64>, i8, f64
        }
        func.func @same(%x: tensor<?xi32>) -> tensor<?xi32> {
          return %x : tensor<?xi32>
        }
        func.func @single(%x: tensor<f32>) -> tensor<f32> {
          %0 = arith.addf %x, %x : tensor<f32>
          return %0 : tensor<f32>
        }
        func.func @nothing(%x: i1) {
          cf.assert %x, "System.OverflowException: too much"
          return
        }
        func.func @sin(%x: f64) -> f64 {
          %0 = math.absf %x : f64
          return %0 : f64
        }
        func.func @memory(%x: memref<?xf64>) {
          return
        }

        """;

    private RemoteJit _remote = null!;

    [SetUp]
    public async Task ConnectAsync() => _remote = await RemoteFixture.ConnectAsync(transport);

    [TearDown]
    public async Task DisconnectAsync() => await _remote.DisposeAsync();

    [Test]
    public async Task Scalars_and_arrays_go_in_and_come_out_in_order()
    {
        var mixed = _remote.DefineModule(Program, "mixed");
        double[] data = [1, 2, 3, 4];
        foreach (
            object x in (object[])
                [
                    new HostBuffer(data, 2, 2),
                    new double[,]
                    {
                        { 1, 2 },
                        { 3, 4 },
                    },
                    Tensor.Create(data, [2, 2]),
                    await _remote.UploadAsync(new HostBuffer(data, 2, 2)),
                ]
        )
        {
            var results = await mixed.CallAsync(3, (byte)255, x); // an int is a double, and a byte has an i8's bits
            Assert.That(results, Has.Length.EqualTo(3));
            var array = (HostBuffer)results[0];
            Assert.That(array.Shape, Is.EqualTo(new long[] { 2, 2 }));
            Assert.That(array.Data, Is.EqualTo(new double[] { 2, 4, 6, 8 }));
            Assert.That(results[1..], Is.EqualTo(new object[] { (sbyte)0, 3.0 }));
        }
    }

    [Test]
    public async Task Integers_of_either_sign_are_the_same_bits()
    {
        var same = _remote.DefineModule(Program, "same");
        uint[] data = [1, uint.MaxValue];
        await using var there = await _remote.UploadAsync(data);
        Assert.That(((HostBuffer)(await same.CallAsync(data))[0]).Data, Is.EqualTo(new[] { 1, -1 }));
        Assert.That(((HostBuffer)(await same.CallAsync(there))[0]).Data, Is.EqualTo(new[] { 1, -1 }));
    }

    [Test]
    public async Task Large_arrays_travel_and_results_stay_when_asked_to()
    {
        var same = _remote.DefineModule(Program, "same");
        var data = Enumerable.Range(0, 1 << 20).ToArray();
        Assert.That(((HostBuffer)(await same.CallAsync(data))[0]).AsSpan<int>().SequenceEqual(data), Is.True);

        await using var kept = (RemoteTensor)(await same.KeepAsync(data))[0];
        Assert.That(kept.Shape, Is.EqualTo(new long[] { 1 << 20 }));
        var told = new List<long>();
        var fetched = await kept.DownloadAsync(new Recorder(told));
        Assert.That(fetched.AsSpan<int>().SequenceEqual(data), Is.True);
        Assert.That(told, Is.Ordered.And.Not.Empty);
        Assert.That(told[^1], Is.EqualTo(4L << 20));
    }

    [Test]
    public void No_dimensions_no_results_and_names_of_the_C_library()
    {
        var single = (HostBuffer)_remote.DefineModule(Program, "single").Call(new HostBuffer(new[] { 1.5f }))[0];
        Assert.That((single.Shape.Length, single.Data), Is.EqualTo((0, new[] { 3f })));
        Assert.That(_remote.DefineModule(Program, "nothing").Call(true), Is.Empty);
        Assert.That(_remote.DefineModule(Program, "sin").Call(-2.5), Is.EqualTo(new object[] { 2.5 }));
    }

    [Test]
    public void What_the_function_does_not_call_does_not_travel()
    {
        var nested = _remote.DefineModule(
            """
            func.func private @unknown(i32)
            func.func @other(%x: memref<?xf64>) { return }
            func.func nested @f(%x: i32) -> i32 { return %x : i32 }
            """,
            "f"
        );
        Assert.That(nested.Text, Does.Not.Contain("unknown").And.Not.Contain("other").And.Contain("func.func @main("));
        Assert.That(nested.Call(5), Is.EqualTo(new object[] { 5 }));
    }

    [Test]
    public void What_a_function_throws_names_the_line()
    {
        var nothing = _remote.DefineModule(Program, "nothing", "checks.mlir");
        Assert.That(
            () => nothing.Call(false),
            Throws.TypeOf<OverflowException>().With.Message.Contains("checks.mlir(15")
        );
    }

    [Test]
    public async Task It_is_sent_again_after_it_was_freed()
    {
        var sin = _remote.DefineModule(Program, "sin");
        await sin.DeployAsync();
        Assert.That(await _remote.ListFunctionsAsync(), Has.Length.EqualTo(1));
        sin.Dispose();
        Assert.That(await _remote.ListFunctionsAsync(), Is.Empty);
        Assert.That(await sin.CallAsync(-1.0), Is.EqualTo(new object[] { 1.0 }));
    }

    [Test]
    public void What_does_not_fit_is_refused_here()
    {
        var mixed = _remote.DefineModule(Program, "mixed");
        Assert.Multiple(() =>
        {
            Refuses("takes 3 arguments", 1.0);
            Refuses("argument #1 must be i8, and is Int32", 1.0, 1, new double[1, 2]);
            Refuses("argument #0 must be f64, and is String", "1", (sbyte)1, new double[1, 2]);
            Refuses(
                "argument #2 must be tensor<?x2xf64>, and is an array of float [1, 2]",
                1.0,
                (sbyte)1,
                new float[1, 2]
            );
            Refuses(
                "argument #2 must be tensor<?x2xf64>, and is an array of double [1, 3]",
                1.0,
                (sbyte)1,
                new double[1, 3]
            );
            Refuses("argument #2 must be tensor<?x2xf64>, and is an array of double [2]", 1.0, (sbyte)1, new double[2]);
            Refuses("argument #2 must be tensor<?x2xf64>, and is Double[][]", 1.0, (sbyte)1, new double[1][]);
            Assert.That(
                () => _remote.DefineModule(Program, "cos"),
                Throws.ArgumentException.With.Message.Contains("it has mixed, same")
            );
            Assert.That(
                () => _remote.DefineModule(Program),
                Throws.ArgumentException.With.Message.Contains("name one")
            );
            Assert.That(
                () => _remote.DefineModule("func.func", fileName: "f.mlir"),
                Throws.TypeOf<DiagnosticException>().With.Message.Contains("f.mlir(1,")
            );
        });

        void Refuses(string message, params object[] arguments) =>
            Assert.That(() => mixed.Call(arguments), Throws.ArgumentException.With.Message.Contains(message));
    }

    [Test]
    public void What_the_server_does_not_admit_is_located()
    {
        var memory = _remote.DefineModule(Program, "memory", "m.mlir");
        Assert.That(
            () => memory.Deploy(),
            Throws
                .TypeOf<RemoteException>()
                .With.Property(nameof(RemoteException.Kind))
                .EqualTo(RemoteErrorKind.InvalidModule)
                .And.Message.Contains("m.mlir(22")
        );
    }

    private sealed class Recorder(List<long> told) : IProgress<long>
    {
        public void Report(long value) => told.Add(value);
    }
}
