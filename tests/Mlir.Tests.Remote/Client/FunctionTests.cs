using System.Numerics.Tensors;
using Mlir.Frontend;
using Mlir.Remote;
using Mlir.Runtime;
using Mlir.Runtime.Npy;

namespace Mlir.Tests.Remote.Client;

/// <summary>Defines and calls functions as a user does.</summary>
[TestFixture(RemoteTransport.Direct)]
[TestFixture(RemoteTransport.Grpc)]
public class FunctionTests(RemoteTransport transport)
{
    private RemoteJit _remote = null!;

    [SetUp]
    public async Task ConnectAsync() => _remote = await RemoteFixture.ConnectAsync(transport);

    [TearDown]
    public async Task CloseAsync() => await _remote.DisposeAsync();

    /// <summary>The front page's example as it stands there; also the first case of RBC's README.</summary>
    [Test]
    public async Task RunsTheExample()
    {
        var add = _remote.Define("add", (double x, double y) => x + y, (int x, int y) => x + y);

        Assert.That(await add.CallAsync(1, 2), Is.EqualTo(3).And.TypeOf<int>());
        Assert.That(await add.CallAsync(1.2, 2.3), Is.EqualTo(3.5).And.TypeOf<double>());

        double[] prices = [100, 101.5, 99.25, 42];
        NpyFile.Write(Path.Combine(RemoteFixture.DataDirectory, "prices.npy"), new HostBuffer(prices, prices.Length));
        var table = await _remote.OpenAsync("prices.npy");
        var f = _remote.Compile((Tensor<double> p, double r) => Tensor.Sum<double>(Tensor.Exp<double>(-r * p)));
        var v = await f.InvokeAsync(table, 0.03);

        Assert.That(v, Is.EqualTo(prices.Sum(p => Math.Exp(-0.03 * p))).Within(1e-12));
    }

    /// <summary>The second case of RBC's README: a recursive function, compiled there, called here.</summary>
    [Test]
    public async Task RunsRecursion()
    {
        var fib = _remote.Define(
            "fib",
            (long n) => n < 2 ? n : Function.Call<long>("fib", n - 1) + Function.Call<long>("fib", n - 2)
        );

        Assert.That(await fib.CallAsync<long>(20L), Is.EqualTo(6765));
        Assert.That(fib.Call(10), Is.EqualTo(55L)); // an int converts to long
    }

    [Test]
    public void CallsWithoutAwait()
    {
        var add = _remote.Define("add", (int x, int y) => x + y);

        Assert.That(add.Call(20, 22), Is.EqualTo(42));
        Assert.That(add.Call<int>(-1, 1), Is.EqualTo(0));
        Assert.That(() => add.Call<double>(1, 1), Throws.TypeOf<InvalidCastException>());
    }

    [Test]
    public async Task ListsCandidatesForWhatDoesNotFit()
    {
        var half = _remote.Define("half", (byte x) => x / 2, (float x) => x / 2);

        var error = await Assert.ThrowsAsync<RemoteException>(() => half.CallAsync("text"));

        Assert.That(error!.Kind, Is.EqualTo(RemoteErrorKind.NoOverload));
        Assert.That(error.Candidates, Is.EqualTo(new[] { "half(byte x) → int", "half(float x) → float" }));
        Assert.That(half.Call(5), Is.EqualTo(2.5f)); // an int is no byte, whatever its value
    }

    [Test]
    public void TakesNamedAndOptionalArguments()
    {
        var price = _remote
            .Define("price", (double s, double rate, double years) => s * rate + years)
            .WithDefault("rate", 0.5f)
            .WithDefault("years", 1);

        Assert.That(price.Call(10), Is.EqualTo(6.0));
        Assert.That(price.Call(10, RemoteArgument.Named("years", 2)), Is.EqualTo(7.0));
        Assert.That(price.Call(RemoteArgument.Named("rate", 2), RemoteArgument.Named("s", 3)), Is.EqualTo(7.0));
        Assert.That(() => price.Call(10, RemoteArgument.Named("x", 2)), Throws.TypeOf<RemoteException>());
        Assert.That(() => price.WithDefault("none", 2), Throws.ArgumentException);
    }

    /// <summary>One lambda for several element types, each read and compiled when it is first needed.</summary>
    [Test]
    public async Task InstantiatesTemplates()
    {
        var twice = _remote.DefineTemplate("twice", (double x) => x + x, typeof(int), typeof(float), typeof(byte));
        var sum = _remote.DefineTemplate("sum", (Tensor<double> x) => Tensor.Sum<double>(x), typeof(int));

        Assert.That(await twice.CallAsync(2.5), Is.EqualTo(5.0));
        Assert.That(await twice.CallAsync(21), Is.EqualTo(42).And.TypeOf<int>());
        Assert.That(await twice.CallAsync(0.1f), Is.EqualTo(0.2f).And.TypeOf<float>());
        Assert.That(twice.Signatures, Has.Length.EqualTo(4));
        var divide = _remote.DefineTemplate("divide", (double x, double y) => x / y, typeof(int));
        Assert.That(divide.Call(1.0, 0.0), Is.EqualTo(double.PositiveInfinity));
        var error = Assert.Throws<DivideByZeroException>(() => divide.Call(1, 0));
        Assert.That(error!.Message, Does.Contain("FunctionTests.cs("));
        Assert.That(sum.Call(Tensor.Create([1, 2, 3])), Is.EqualTo(6).And.TypeOf<int>());
        Assert.That(sum.Call(Tensor.Create([0.5, 0.25])), Is.EqualTo(0.75));
    }

    [Test]
    public async Task CallsOtherFunctionsAndFollowsTheirRedefinition()
    {
        _remote.Define("inner", (double x) => x + 1);
        var outer = _remote.Define("outer", (double x) => Function.Call<double>("inner", x) * 10);
        var kernel = _remote.Compile((double x) => Function.Call<double>("outer", x) + 0.5);

        Assert.That(await outer.CallAsync(1.0), Is.EqualTo(20.0));
        Assert.That(kernel.Invoke(1), Is.EqualTo(20.5));
        _remote.Define("inner", (double x) => x + 2);

        Assert.That(await outer.CallAsync(1.0), Is.EqualTo(30.0));
        Assert.That(kernel.Invoke(1), Is.EqualTo(30.5));
    }

    [Test]
    public async Task RedefinitionReplacesAndUnloadForgets()
    {
        var f = _remote.Define("f", (int x) => x + 1);
        Assert.That(await f.CallAsync(1), Is.EqualTo(2));
        _remote.Define("f", (int x) => x + 100);
        Assert.That(await f.CallAsync(1), Is.EqualTo(101));
        Assert.That(await _remote.ListFunctionsAsync(), Has.One.With.Property("Name").EqualTo("f"));

        await f.UnloadAsync();

        Assert.That(await _remote.ListFunctionsAsync(), Is.Empty);
        Assert.That(() => f.Call(1), Throws.TypeOf<RemoteException>());
    }

    [Test]
    public async Task DefinesCallsAndUnloadsWithoutEnd()
    {
        for (var i = 0; i < 200; i++)
        {
            var n = i;
            var f = _remote.Define("again", (int x) => x + n, (double x) => x * n);
            Assert.That(f.Call(1), Is.EqualTo(1 + n));
            await f.UnloadAsync();
        }

        Assert.That(await _remote.ListFunctionsAsync(), Is.Empty);
    }

    [Test]
    public async Task TwoClientsHaveTheirOwnNames()
    {
        await using var other = await RemoteFixture.ConnectAsync(transport);
        var mine = _remote.Define("f", (int x) => x + 1);
        var theirs = other.Define("f", (int x) => x * 2);

        Assert.That(await mine.CallAsync(10), Is.EqualTo(11));
        Assert.That(await theirs.CallAsync(10), Is.EqualTo(20));
        Assert.That(await mine.CallAsync(10), Is.EqualTo(11));
    }

    [Test]
    public async Task SharesFunctionsByAnExplicitName()
    {
        await using var other = await RemoteFixture.ConnectAsync(transport);
        var name = $"shared{transport}";
        var mine = _remote.Define("f", (int x, double[] y) => x * y[1], (string s) => s.Length);
        await Assert.ThrowsAsync<RemoteException>(() => other.GetSharedFunctionAsync(name));
        await mine.ShareAsync(name);

        var shared = await other.GetSharedFunctionAsync(name);

        Assert.That(await shared.CallAsync(3, new[] { 1.0, 2.0 }), Is.EqualTo(6.0));
        Assert.That(await shared.CallAsync("four"), Is.EqualTo(4));
        Assert.That(
            shared.Signatures,
            Is.EqualTo(new[] { $"{name}(int x, double[] y) → double", $"{name}(string s) → int" })
        );
        Assert.That(() => shared.WithDefault("x", 1), Throws.InvalidOperationException);
    }

    [Test]
    public async Task DescribesWhatTheServerHas()
    {
        var f = _remote.Define("f", (int x) => x + 1);
        await f.CallAsync(1);
        await f.CallAsync(2);

        var description = (await f.DescribeAsync(includeStages: true)).Single();

        Assert.That(description.Info.Signature, Is.EqualTo("f(int x) → int"));
        Assert.That(description.Info.Calls, Is.EqualTo(2));
        Assert.That(description.Info.Source, Does.Contain("FunctionTests.cs").And.Contain("x + 1"));
        Assert.That(description.Module, Does.Contain("func.func @main"));
        Assert.That(description.Stages, Is.Not.Empty);
    }

    [Test]
    public async Task ThrowsWhatTheLambdaThrowsWithItsLine()
    {
        var divide = _remote.Define("divide", (int x, int y) => x / y);

        var error = Assert.Throws<DivideByZeroException>(() => divide.Call(7, 0));
        Assert.That(error!.Message, Does.Contain("FunctionTests.cs(").And.Contain("x / y"));
        await Assert.ThrowsAsync<DivideByZeroException>(() => divide.CallAsync(7, 0));
        Assert.Throws<OverflowException>(() => _remote.Compile((int x) => checked(x * 2)).Invoke(int.MaxValue));
        Assert.Throws<IndexOutOfRangeException>(() => _remote.Compile((int[] x) => x[3]).Invoke([1]));
        Assert.That(divide.Call(7, 2), Is.EqualTo(3));
    }

    [Test]
    public async Task SubmitsAndCollectsLater()
    {
        var add = _remote.Define("add", (int x, int y) => x + y);

        var first = await add.SubmitAsync(1, 2);
        var second = await add.SubmitAsync(3, 4);

        Assert.That(await second.ResultAsync<int>(), Is.EqualTo(7));
        Assert.That(first.Result(), Is.EqualTo(3));
        Assert.That(await first.ResultAsync(), Is.EqualTo(3)); // once more, from here
    }

    [Test]
    public async Task SendsManyCallsTogether()
    {
        var divide = _remote.Define("divide", (int x, int y) => x / y, (double x, double y) => x / y);
        var length = _remote.Compile((string s) => s.Length);
        using var batch = _remote.CreateBatch();
        var calls = Enumerable.Range(0, 1000).Select(i => batch.Call(divide, i, i % 100 == 50 ? 0 : 2)).ToArray();
        var real = batch.Call(divide, 1.0, 4.0);
        var text = batch.Call(length, "text");
        Assert.That(() => real.Result, Throws.InvalidOperationException);

        await batch.SendAsync();

        for (var i = 0; i < calls.Length; i++)
        {
            if (i % 100 == 50)
            {
                Assert.That(() => calls[i].Result, Throws.TypeOf<DivideByZeroException>());
            }
            else
            {
                Assert.That(calls[i].Result, Is.EqualTo(i / 2));
            }
        }

        Assert.That(real.Result, Is.EqualTo(0.25));
        Assert.That(text.ResultAs<int>(), Is.EqualTo(4));
        Assert.That(batch.Count, Is.Zero);
    }

    [Test]
    public async Task CancelsAndTimesOut()
    {
        var spin = _remote.Define(
            "spin",
            (long n) => n < 2 ? n : Function.Call<long>("spin", n - 1) + Function.Call<long>("spin", n - 2)
        );
        spin.Deploy();
        using var cancel = new CancellationTokenSource();

        var running = spin.CallAsync([90L], null, cancel.Token);
        cancel.Cancel();
        await Assert.CatchAsync<OperationCanceledException>(() => running);
        await Assert.ThrowsAsync<TimeoutException>(() =>
            spin.CallAsync([90L], new RemoteCallOptions { Timeout = TimeSpan.FromMilliseconds(50) }, default)
        );
        Assert.That(spin.Call(3L), Is.EqualTo(2L));
    }

    [Test]
    public async Task CancelsASubmittedCall()
    {
        var spin = _remote.Define(
            "spin",
            (long n) => n < 2 ? n : Function.Call<long>("spin", n - 1) + Function.Call<long>("spin", n - 2)
        );

        var call = await spin.SubmitAsync(90L);
        await call.CancelAsync();

        await Assert.CatchAsync<OperationCanceledException>(() => call.ResultAsync());
    }

    [Test]
    public async Task FourThreadsMakeSixFirstCallsEach()
    {
        RemoteFunction[] functions =
        [
            _remote.Define("f0", (int x) => x + 0),
            _remote.Define("f1", (int x) => x + 1),
            _remote.Define("f2", (int x) => x + 2),
            _remote.Define("f3", (int x) => x + 3),
            _remote.Define("f4", (int x) => x + 4),
            _remote.Define("f5", (int x) => x + 5),
        ];
        var threads = Enumerable
            .Range(0, 4)
            .Select(t =>
                Task.Factory.StartNew(
                    () => functions.Select(f => f.Call<int>(100 * t)).ToArray(),
                    TaskCreationOptions.LongRunning
                )
            );
        var answers = await Task.WhenAll(threads);

        for (var t = 0; t < answers.Length; t++)
        {
            Assert.That(answers[t], Is.EqualTo(Enumerable.Range(100 * t, 6)));
        }
    }

    [Test]
    public async Task MixesBlockingAndAwaitingCallers()
    {
        var add = _remote.Define("add", (int x, int y) => x + y);
        var blocking = Enumerable
            .Range(0, 3)
            .Select(t => Task.Run(() => Enumerable.Range(0, 200).Sum(i => add.Call<int>(i, t))))
            .ToArray();
        var awaiting = Enumerable
            .Range(0, 3)
            .Select(async t =>
            {
                var sum = 0;
                for (var i = 0; i < 200; i++)
                {
                    sum += await add.CallAsync<int>(i, t);
                }

                return sum;
            })
            .ToArray();

        var sums = await Task.WhenAll(blocking.Concat(awaiting));

        Assert.That(sums, Is.EqualTo(new[] { 19900, 20100, 20300, 19900, 20100, 20300 }));
    }

    [Test]
    public void RefusesTwoOverloadsThatTakeTheSame() =>
        Assert.That(
            () => _remote.Define("f", (int x) => x, (int y) => y + 1),
            Throws.ArgumentException.With.Message.Contains("f(int x) → int and f(int y) → int")
        );
}
