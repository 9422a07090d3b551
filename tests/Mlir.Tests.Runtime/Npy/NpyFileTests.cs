using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Mlir.Runtime;
using Mlir.Runtime.Npy;

namespace Mlir.Tests.Runtime.Npy;

public sealed class NpyFileTests
{
    private static readonly long[][] Shapes =
    [
        [],
        [0],
        [1],
        [7],
        [2, 3],
        [3, 0, 2],
        [2, 3, 4],
        [1, 2, 1, 3, 2],
    ];

    private string folder = "";

    [SetUp]
    public void CreateFolder() => folder = Directory.CreateTempSubdirectory("npy").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    /// <summary>The elements that both sides compute: distinct, negative where there is a sign, exact in every type.</summary>
    private static HostBuffer Sample(ElementType type, params long[] shape)
    {
        var count = (int)shape.Aggregate(1L, (product, size) => product * size);
        var data = type.NewArray(count);
        for (var i = 0; i < count; i++)
        {
            var value = type.ToString().StartsWith('U') ? i : i - 3;
            data.SetValue(
                type switch
                {
                    ElementType.Bool => i % 3 == 1,
                    ElementType.Float16 => (Half)(value * 0.5),
                    ElementType.Float32 => value * 0.5f,
                    ElementType.Float64 => value * 0.5,
                    _ => Convert.ChangeType(value, type.ClrType, CultureInfo.InvariantCulture),
                },
                i
            );
        }

        return new HostBuffer(data, shape);
    }

    private static void AssertSame(HostBuffer actual, HostBuffer expected, string message)
    {
        Assert.That(actual.ElementType, Is.EqualTo(expected.ElementType), message);
        Assert.That(actual.Shape, Is.EqualTo(expected.Shape), message);
        Assert.That(actual.AsBytes().SequenceEqual(expected.AsBytes()), Is.True, message);
    }

    [Test]
    public void What_is_written_reads_back_in_every_type_order_and_version(
        [Values] ElementType type,
        [Values] bool fortranOrder,
        [Values] bool bigEndian,
        [Values(1, 2, 3)] int version
    )
    {
        foreach (var shape in Shapes)
        {
            var array = Sample(type, shape);
            var stream = new MemoryStream();
            NpyFile.Write(stream, array, fortranOrder, bigEndian, version);
            var length = stream.Position;
            stream.Position = 0;
            AssertSame(NpyFile.Read(stream), array, $"{array}");
            Assert.That(stream.Position, Is.EqualTo(length), "the stream is left behind the array");
            Assert.That((length - array.AsBytes().Length) % 64, Is.Zero, "elements begin at a multiple of 64");
        }
    }

    [Test]
    public void Reads_what_NumPy_writes()
    {
        var names = NumPy.Run(
            """
            import itertools, os
            dtypes = {'Bool':'?','Int8':'i1','Int16':'i2','Int32':'i4','Int64':'i8','UInt8':'u1','UInt16':'u2','UInt32':'u4',
                      'UInt64':'u8','Float16':'f2','Float32':'f4','Float64':'f8'}
            shapes = [(), (0,), (1,), (7,), (2,3), (3,0,2), (2,3,4), (1,2,1,3,2)]
            i = 0
            for (name, code), shape, order, fortran, version in itertools.product(
                    dtypes.items(), shapes, '<>', (False, True), ((1,0), (2,0), (3,0))):
                n = int(np.prod(shape))
                k = np.arange(n) - (0 if name[0] == 'U' else 3)
                a = (np.arange(n) % 3 == 1) if name == 'Bool' else k * 0.5 if name[0] == 'F' else k
                a = np.asarray(a).astype(order + code if code != '?' else '?').reshape(shape)
                a = np.asfortranarray(a).reshape(shape) if fortran else a
                with open(os.path.join(sys.argv[1], f'{i}.npy'), 'wb') as f:
                    np.lib.format.write_array(f, a, version=version)
                print(name, ','.join(map(str, shape)))
                i += 1
            """,
            folder
        );
        var lines = names.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(12 * 8 * 2 * 2 * 3));
        for (var i = 0; i < lines.Length; i++)
        {
            var parts = lines[i].Split(' ');
            var shape = parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse).ToArray();
            AssertSame(
                NpyFile.Read(Path.Combine(folder, $"{i}.npy")),
                Sample(Enum.Parse<ElementType>(parts[0]), shape),
                lines[i]
            );
        }
    }

    [Test]
    public void NumPy_reads_what_is_written()
    {
        var i = 0;
        var expected = new StringBuilder();
        foreach (var type in Enum.GetValues<ElementType>())
        {
            foreach (var shape in Shapes)
            {
                foreach (
                    var (fortran, big, version) in ((bool, bool, int)[])
                        [(false, false, 1), (true, true, 2), (true, false, 3)]
                )
                {
                    using (var file = File.Create(Path.Combine(folder, $"{i++}.npy")))
                    {
                        NpyFile.Write(file, Sample(type, shape), fortran, big, version);
                    }

                    expected.Append($"{type} {string.Join(',', shape)} ok\n");
                }
            }
        }

        var output = NumPy.Run(
            """
            import os
            names = {'b1':'Bool','i1':'Int8','i2':'Int16','i4':'Int32','i8':'Int64','u1':'UInt8','u2':'UInt16','u4':'UInt32',
                     'u8':'UInt64','f2':'Float16','f4':'Float32','f8':'Float64'}
            for i in range(int(sys.argv[2])):
                a = np.load(os.path.join(sys.argv[1], f'{i}.npy'))
                name = names[a.dtype.str[1:]]
                k = np.arange(a.size) - (0 if name[0] == 'U' else 3)
                e = (np.arange(a.size) % 3 == 1) if name == 'Bool' else k * 0.5 if name[0] == 'F' else k
                same = np.array_equal(a, np.asarray(e).reshape(a.shape))
                print(name, ','.join(map(str, a.shape)), 'ok' if same else 'differs')
            """,
            folder,
            i.ToString(CultureInfo.InvariantCulture)
        );
        Assert.That(output, Is.EqualTo(expected.ToString()));
    }

    [Test]
    public void Special_floating_point_values_keep_their_bits()
    {
        double[] values =
        [
            0.0,
            -0.0,
            double.NaN,
            double.PositiveInfinity,
            double.NegativeInfinity,
            double.Epsilon,
            double.MaxValue,
        ];
        var stream = new MemoryStream();
        NpyFile.Write(stream, new HostBuffer(values, values.Length), bigEndian: true);
        stream.Position = 0;
        var read = NpyFile.Read(stream).AsSpan<double>();
        Assert.That(
            MemoryMarshal.Cast<double, long>(read).SequenceEqual(MemoryMarshal.Cast<double, long>(values)),
            Is.True
        );
    }

    [Test]
    public void A_stream_that_cannot_seek_reads_the_same()
    {
        var array = Sample(ElementType.Float64, 300, 1001);
        var stream = new MemoryStream();
        NpyFile.Write(stream, array, fortranOrder: true);
        AssertSame(NpyFile.Read(new OneWay(stream.ToArray())), array, "one way");
    }

    [Test]
    public void Several_arrays_follow_each_other_in_one_stream()
    {
        var stream = new MemoryStream();
        NpyFile.Write(stream, Sample(ElementType.Int32, 2, 3));
        NpyFile.Write(stream, Sample(ElementType.Float16, 5));
        stream.Position = 0;
        AssertSame(NpyFile.Read(stream), Sample(ElementType.Int32, 2, 3), "first");
        AssertSame(NpyFile.Read(stream), Sample(ElementType.Float16, 5), "second");
    }

    [Test]
    public void A_bool_of_any_other_byte_reads_as_true()
    {
        var stream = new MemoryStream();
        NpyFile.Write(stream, new HostBuffer(new bool[3], 3));
        var bytes = stream.ToArray();
        bytes[^1] = 2;
        bytes[^2] = 255;
        Assert.That(NpyFile.Read(new MemoryStream(bytes)).AsBytes().ToArray(), Is.EqualTo(new byte[] { 0, 1, 1 }));
    }

    private sealed class OneWay(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        // Short reads, as a pipe gives them.
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1000)]);
    }
}
