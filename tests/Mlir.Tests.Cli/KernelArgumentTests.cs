using Mlir.Cli;
using Mlir.Cli.Run;
using Mlir.Runtime;
using Mlir.Runtime.Npy;

namespace Mlir.Tests.Cli;

public sealed class KernelArgumentTests
{
    private static object Read(string text, ElementType type, int? rank = null) =>
        new KernelArgument(1, new KernelParameter(type, rank)).Read(text);

    [Test]
    public void Numbers_read_as_the_parameter_wants_them()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Read("3.5", ElementType.Float64), Is.EqualTo(3.5).And.TypeOf<double>());
            Assert.That(Read("3.5", ElementType.Float32), Is.EqualTo(3.5f).And.TypeOf<float>());
            Assert.That(Read("1e-3", ElementType.Float16), Is.EqualTo((Half)1e-3));
            Assert.That(Read("NaN", ElementType.Float64), Is.NaN);
            Assert.That(Read("-Infinity", ElementType.Float64), Is.EqualTo(double.NegativeInfinity));
            Assert.That(Read("7", ElementType.Int32), Is.EqualTo(7).And.TypeOf<int>());
            Assert.That(Read("4294967295", ElementType.Int32), Is.EqualTo(-1), "bits without a sign");
            Assert.That(Read("18446744073709551615", ElementType.Int64), Is.EqualTo(-1L));
            Assert.That(Read("-1", ElementType.UInt8), Is.EqualTo((byte)255));
            Assert.That(Read("true", ElementType.Bool), Is.True);
        });
    }

    [TestCase("x", ElementType.Float64, "argument #1 must be Float64: got 'x'")]
    [TestCase("3.5", ElementType.Int32, "argument #1 must be Int32: got '3.5'")]
    [TestCase("4294967296", ElementType.Int32, "got '4294967296'")]
    [TestCase("-129", ElementType.Int8, "got '-129'")]
    [TestCase("2", ElementType.Bool, "must be Bool: got '2'")]
    public void Text_that_is_no_such_number_is_refused(string text, ElementType type, string message) =>
        Assert.That(() => Read(text, type), Throws.TypeOf<UsageException>().With.Message.Contains(message));

    [Test]
    public void Arrays_come_from_files()
    {
        var folder = Directory.CreateTempSubdirectory("args").FullName;
        try
        {
            var path = Path.Combine(folder, "x.npy");
            NpyFile.Write(path, new HostBuffer(new uint[] { 1, uint.MaxValue, 3, 4, 5, 6 }, 2, 3));
            var array = (HostBuffer)Read(path, ElementType.Int32, 2);
            Assert.Multiple(() =>
            {
                Assert.That(array.AsSpan<int>().ToArray(), Is.EqualTo(new[] { 1, -1, 3, 4, 5, 6 }), "the same bits");
                Assert.That(
                    () => Read(path, ElementType.Float32, 2),
                    Throws.TypeOf<UsageException>().With.Message.Contains("x.astype(np.float32)")
                );
                Assert.That(
                    () => Read(path, ElementType.Int32, 1),
                    Throws.TypeOf<UsageException>().With.Message.Contains("of rank 2")
                );
                Assert.That(
                    () => Read(path + "2", ElementType.Int32, 1),
                    Throws.TypeOf<UsageException>().With.Message.Contains("there is no file")
                );
            });
            NpyFile.Write(path, new HostBuffer(new[] { 2.5 }));
            Assert.That(Read(path, ElementType.Float64), Is.EqualTo(2.5), "an array without dimensions");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void Results_print_as_they_read_back()
    {
        Assert.Multiple(() =>
        {
            Assert.That(ResultText.Format(0.1), Is.EqualTo("0.1"));
            Assert.That(ResultText.Format(true), Is.EqualTo("true"));
            Assert.That(
                ResultText.Format(new HostBuffer(new[] { 1.5, 2, 3, 4 }, 2, 2)),
                Is.EqualTo("2x2xFloat64\n[[1.5, 2],\n [3, 4]]")
            );
            Assert.That(
                ResultText.Format(new HostBuffer(Enumerable.Range(0, 2000).ToArray(), 2000)),
                Is.EqualTo("2000xInt32\n[0, 1, 2, …, 1997, 1998, 1999]")
            );
            Assert.That(ResultText.Format(new HostBuffer(new int[0], 0)), Is.EqualTo("0xInt32\n[]"));
        });
    }
}
