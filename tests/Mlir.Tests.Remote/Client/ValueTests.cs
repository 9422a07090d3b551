using System.Buffers;
using System.Numerics.Tensors;
using Mlir.Remote;

namespace Mlir.Tests.Remote.Client;

/// <summary>Every kind of value makes the way there and back unchanged.</summary>
[TestFixture("tcp")]
[TestFixture("unix")]
[TestFixture("grpc")]
public class ValueTests(string kind)
{
    private RemoteJit _remote = null!;

    public record struct Point(double X, float Y);

    public readonly record struct Line(Point Start, Point End, bool IsThick);

    public enum Color : byte
    {
        Red,
        Green = 200,
    }

    [OneTimeSetUp]
    public async Task ConnectAsync() =>
        _remote = await RemoteJit.ConnectAsync(
            kind == "unix" ? RemoteFixture.SocketAddress : RemoteFixture.Address,
            new RemoteOptions { Transport = kind == "grpc" ? RemoteTransport.Grpc : RemoteTransport.Direct }
        );

    [OneTimeTearDown]
    public async Task CloseAsync() => await _remote.DisposeAsync();

    [Test]
    public void EveryScalarAtItsExtremes()
    {
        Echo(_remote.Compile((bool x) => x).Invoke, true, false);
        Echo(_remote.Compile((sbyte x) => x).Invoke, sbyte.MinValue, sbyte.MaxValue);
        Echo(_remote.Compile((short x) => x).Invoke, short.MinValue, short.MaxValue);
        Echo(_remote.Compile((int x) => x).Invoke, int.MinValue, int.MaxValue);
        Echo(_remote.Compile((long x) => x).Invoke, long.MinValue, long.MaxValue);
        Echo(_remote.Compile((byte x) => x).Invoke, byte.MinValue, byte.MaxValue);
        Echo(_remote.Compile((ushort x) => x).Invoke, ushort.MinValue, ushort.MaxValue);
        Echo(_remote.Compile((uint x) => x).Invoke, uint.MinValue, uint.MaxValue);
        Echo(_remote.Compile((ulong x) => x).Invoke, ulong.MinValue, ulong.MaxValue);
        Echo(_remote.Compile((nint x) => x).Invoke, nint.MinValue, nint.MaxValue);
        Echo(_remote.Compile((nuint x) => x).Invoke, nuint.MinValue, nuint.MaxValue);
        Echo(_remote.Compile((char x) => x).Invoke, '\0', '\uffff', '\ud800');
        Echo(_remote.Compile((Half x) => x).Invoke, Half.MinValue, Half.Epsilon, Half.NegativeInfinity, Half.NaN);
        Echo(_remote.Compile((float x) => x).Invoke, float.MinValue, float.Epsilon, -0f, float.NaN);
        Echo(_remote.Compile((double x) => x).Invoke, double.MaxValue, double.Epsilon, -0.0, double.NaN);
        Echo(_remote.Compile((Color x) => x).Invoke, Color.Red, Color.Green);
    }

    [Test]
    public void StructsAndTuples()
    {
        var swap = _remote.Compile((Line l) => new Line(l.End, l.Start, !l.IsThick));
        var line = new Line(new Point(1, 2), new Point(3, float.NaN), true);
        var divide = _remote.Compile((int a, int b) => new ValueTuple<int, int>(a / b, a % b));
        var nested = _remote.Define("nested", ((int A, (double B, char C) D) t) => t.D.B + t.A);

        Assert.That(swap.Invoke(line), Is.EqualTo(new Line(line.End, line.Start, false)));
        Assert.That(divide.Invoke(17, 5), Is.EqualTo((3, 2)));
        Assert.That(nested.Call((1, (2.5, 'c'))), Is.EqualTo(3.5));
        Assert.That(nested.Call(((short)1, (2.5f, 'c'))), Is.EqualTo(3.5)); // tuples convert by element
    }

    [TestCase("")]
    [TestCase("Grüße, 世界 🌍")]
    [TestCase("half of a pair: \ud83c")]
    public void Strings(string text)
    {
        var echo = _remote.Compile((string s) => s);
        var twice = _remote.Compile((string s) => s + s);
        var length = _remote.Compile((string s) => s.Length);

        Assert.That(echo.Invoke(text), Is.EqualTo(text));
        Assert.That(twice.Invoke(text), Is.EqualTo(text + text));
        Assert.That(length.Invoke(text), Is.EqualTo(text.Length));
    }

    [Test]
    public void LongStrings()
    {
        var text = new string('x', 200_000) + "\ud800";

        Assert.That(_remote.Compile((string s) => s).Invoke(text), Is.EqualTo(text));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(1000)]
    [TestCase(1_000_000)]
    public async Task Arrays(int count)
    {
        var x = Enumerable.Range(0, count).Select(i => (double)i).ToArray();
        var bytes = Enumerable.Range(0, count).Select(i => (byte)i).ToArray();
        var scale = _remote.Compile((Tensor<double> t, double by) => t * by);
        var plus = _remote.Compile((Tensor<byte> t) => t + t);

        var scaled = await scale.InvokeAsync(Tensor.Create(x), 2.0);
        var sum = plus.Invoke(Tensor.Create(bytes));

        Assert.That(scaled.ToArray(), Is.EqualTo(x.Select(v => v * 2)));
        Assert.That(sum.ToArray(), Is.EqualTo(bytes.Select(v => (byte)(v + v))));
    }

    [TestCase(3)]
    [TestCase(2, 3)]
    [TestCase(2, 3, 4)]
    [TestCase(2, 3, 1, 5)]
    [TestCase(2, 0, 4)]
    public void TensorsOfEveryRank(params int[] sizes)
    {
        nint[] shape = [.. sizes.Select(s => (nint)s)];
        var count = sizes.Aggregate(1, (a, b) => a * b);
        var tensor = Tensor.Create(Enumerable.Range(0, count).Select(i => (float)i).ToArray(), shape);

        var result = _remote.Compile((Tensor<float> t) => t + t).Invoke(tensor);

        Assert.That(result.Lengths.ToArray(), Is.EqualTo(shape));
        Assert.That(result.ToArray(), Is.EqualTo(Enumerable.Range(0, count).Select(i => 2f * i)));
    }

    [Test]
    public void TensorsOfTwoShapesBroadcast()
    {
        var row = Tensor.Create([10.0, 20, 30], [1, 3]);
        var table = Tensor.Create([1.0, 2, 3, 4, 5, 6], [2, 3]);
        var add = _remote.Compile((Tensor<double> a, Tensor<double> b) => a + b);

        Assert.That(add.Invoke(table, table).ToArray(), Is.EqualTo(new double[] { 2, 4, 6, 8, 10, 12 }));
        Assert.That(add.Invoke(table, row).ToArray(), Is.EqualTo(new double[] { 11, 22, 33, 14, 25, 36 }));
    }

    [Test]
    public void ArraysOfTwoDimensions()
    {
        var corner = _remote.Compile((int[,] m, int i, int j) => m[i, j]);

        Assert.That(
            corner.Invoke(
                new[,]
                {
                    { 1, 2, 3 },
                    { 4, 5, 6 },
                },
                1,
                2
            ),
            Is.EqualTo(6)
        );
    }

    [Test]
    public void TensorsThatDoNotLieInOrder()
    {
        var whole = Tensor.Create([1.0, 2, 3, 4, 5, 6], [2, 3]);
        var transposed = Tensor.Transpose(whole);

        var result = _remote.Compile((Tensor<double> t) => t + t).Invoke(transposed);

        Assert.That(result.ToArray(), Is.EqualTo(new double[] { 2, 8, 4, 10, 6, 12 }));
    }

    [Test]
    public async Task ArraysThatStayAtTheServer()
    {
        var x = Enumerable.Range(0, 600_000).Select(i => (double)i).ToArray();
        var steps = new List<long>();
        var square = _remote.Compile((Tensor<double> t) => t * t);
        var sum = _remote.Compile((Tensor<double> t) => Tensor.Sum<double>(t));
        var second = _remote.Compile((double[] a) => a[1]);

        await using var uploaded = await _remote.UploadAsync(Tensor.Create(x, [2, 300_000]), new Recorder(steps));
        await using var squared = await square.KeepAsync(uploaded);
        await using var flat = await _remote.UploadAsync(x);

        Assert.That(uploaded.Shape, Is.EqualTo(new long[] { 2, 300_000 }));
        Assert.That(steps, Is.Ordered.And.Not.Empty);
        Assert.That(steps[^1], Is.EqualTo(8L * x.Length));
        Assert.That(squared.Shape, Is.EqualTo(uploaded.Shape));
        Assert.That(await sum.InvokeAsync(squared), Is.EqualTo(x.Sum(v => v * v)).Within(1e-9).Percent);
        Assert.That(await second.InvokeAsync(flat), Is.EqualTo(1));
        await Assert.ThrowsAsync<ArgumentException>(() => second.InvokeAsync(uploaded));
        var back = await squared.DownloadAsync<double>();
        Assert.That(back.Lengths.ToArray(), Is.EqualTo(new nint[] { 2, 300_000 }));
        Assert.That(back.ToArray(), Is.EqualTo(x.Select(v => v * v)));
        await Assert.ThrowsAsync<InvalidCastException>(() => squared.DownloadAsync<float>());
    }

    [Test]
    public async Task StreamsInParts()
    {
        var x = Enumerable.Range(0, 100_000).ToArray();
        await using var tensor = await _remote.UploadAsync(x);
        var parts = new List<int[]>();

        await foreach (var part in tensor.StreamAsync<int>(30_000))
        {
            parts.Add(part.ToArray());
        }

        Assert.That(parts.Select(p => p.Length), Is.EqualTo(new[] { 30_000, 30_000, 30_000, 10_000 }));
        Assert.That(parts.SelectMany(p => p), Is.EqualTo(x));
    }

    [Test]
    public async Task APartOfATensorGoesAsThatPart()
    {
        var part = Tensor.Create([1.0, 2, 3, 4, 5, 6]).Slice([new NRange(2, 5)]);

        await using var uploaded = await _remote.UploadAsync(part);
        var result = _remote.Compile((Tensor<double> t) => t + t).Invoke(part);

        Assert.That(result.ToArray(), Is.EqualTo(new[] { 6.0, 8, 10 }));
        Assert.That((await uploaded.DownloadAsync<double>()).ToArray(), Is.EqualTo(new[] { 3.0, 4, 5 }));
    }

    [Test]
    public async Task SharesArrays()
    {
        await using var other = await RemoteFixture.ConnectAsync();
        await using var mine = await _remote.UploadAsync(new[] { 1.5, 2.5 });
        await Assert.ThrowsAsync<RemoteException>(() => other.GetSharedTensorAsync($"array {kind}"));
        await mine.ShareAsync($"array {kind}");

        await using var theirs = await other.GetSharedTensorAsync($"array {kind}");

        Assert.That(theirs.Shape, Is.EqualTo(new long[] { 2 }));
        Assert.That((await theirs.DownloadAsync<double>()).ToArray(), Is.EqualTo(new[] { 1.5, 2.5 }));
    }

    [Test]
    public void CapturedVariablesAreReadAtEveryCall()
    {
        var factor = 2.0;
        var offset = Tensor.Create([1.0, 2, 3]);
        var f = _remote.Compile((Tensor<double> t) => t * factor + offset);

        var first = f.Invoke(offset).ToArray();
        factor = 10;
        offset = Tensor.Create([0.0, 0, 1]);
        var second = f.Invoke(Tensor.Create([1.0, 2, 3])).ToArray();

        Assert.That(first, Is.EqualTo(new[] { 3.0, 6, 9 }));
        Assert.That(second, Is.EqualTo(new[] { 10.0, 20, 31 }));
    }

    private static void Echo<T>(Func<T, T> echo, params T[] values) =>
        Assert.That(values.Select(echo), Is.EqualTo(values));

    private sealed class Recorder(List<long> steps) : IProgress<long>
    {
        public void Report(long value) => steps.Add(value);
    }
}
