using System.Buffers.Binary;
using System.Text;
using Mlir.Runtime;
using Mlir.Runtime.Npy;

namespace Mlir.Tests.Runtime.Npy;

/// <summary>Whatever the bytes are, reading them ends: with an array, or with a located error.</summary>
public sealed class NpyDamageTests
{
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3)}", null)]
    [TestCase("{\"descr\":\"<f8\",\"fortran_order\":False,\"shape\":(6L,)}\n", null)]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (6)}", "not a tuple")]
    [TestCase("{'descr': '<f8', 'fortran_order': False}", "must name")]
    [TestCase("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': ()}", "unexpected key 'descr'")]
    [TestCase("{'descr': '<f8', 'fortran_order': 0, 'shape': ()}", "True or False")]
    [TestCase("{'descr': '<c16', 'fortran_order': False, 'shape': ()}", "unsupported element type '<c16'")]
    [TestCase("{'descr': '|O', 'fortran_order': False, 'shape': ()}", "unsupported element type '|O'")]
    [TestCase("{'descr': '|f8', 'fortran_order': False, 'shape': ()}", "byte order")]
    [TestCase("{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': ()}", "structured")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}", "expected a size")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}", "expected a size")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (9999999999, 9999999999)}", "overflows")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647,)}", "more than one array holds")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (7,)}", "ends early")]
    [TestCase("{'descr': '<f8', 'fortran_order': False, 'shape': (6,)} x", "unexpected text")]
    [TestCase("{'descr': '<f8", "without an end")]
    [TestCase("", "expected '{'")]
    [TestCase("__import__('os').system('true')", "expected '{'")]
    public void A_header_is_read_or_refused_with_its_reason(string header, string? reason)
    {
        var bytes = File(header, 6 * sizeof(double));
        if (reason is null)
        {
            Assert.That(NpyFile.Read(new MemoryStream(bytes)).Count, Is.EqualTo(6));
            return;
        }

        var error = Assert.Throws<NpyFormatException>(() => NpyFile.Read(new MemoryStream(bytes), "x.npy"))!;
        Assert.That(error.Message, Does.Contain(reason).And.StartsWith($"x.npy at byte {error.Offset}: "));
    }

    [Test]
    public void Sizes_of_nothing_are_nothing_however_large_the_others_are()
    {
        var bytes = File("{'descr': '<f8', 'fortran_order': False, 'shape': (9223372036854775807, 3, 0)}", 0);
        Assert.That(NpyFile.Read(new MemoryStream(bytes)).Count, Is.Zero);
    }

    [Test]
    public void More_dimensions_than_NumPy_has_are_refused()
    {
        var sizes = string.Concat(Enumerable.Repeat("1, ", 65));
        var bytes = File($"{{'descr': '<f8', 'fortran_order': False, 'shape': ({sizes})}}", 8);
        Assert.That(
            () => NpyFile.Read(new MemoryStream(bytes)),
            Throws.TypeOf<NpyFormatException>().With.Message.Contains("64 dimensions")
        );
    }

    [Test]
    public void A_header_longer_than_any_real_one_is_refused_before_it_is_read()
    {
        byte[] bytes = [0x93, .. "NUMPY"u8, 2, 0, 0xFF, 0xFF, 0xFF, 0x7F];
        Assert.That(
            () => NpyFile.Read(new MemoryStream(bytes)),
            Throws.TypeOf<NpyFormatException>().With.Message.Contains("2147483647 bytes")
        );
    }

    [Test]
    public void Elements_that_are_announced_but_absent_take_no_memory()
    {
        var bytes = File("{'descr': '|i1', 'fortran_order': False, 'shape': (2000000000,)}", 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(() => NpyFile.Read(new MemoryStream(bytes)), Throws.TypeOf<NpyFormatException>());
        Assert.That(() => NpyFile.Read(new Pipe(bytes)), Throws.TypeOf<NpyFormatException>());
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }

    [Test]
    public void Every_truncation_is_a_located_error()
    {
        var whole = Whole();
        for (var length = 0; length < whole.Length; length++)
        {
            var error = Assert.Throws<NpyFormatException>(() => NpyFile.Read(new MemoryStream(whole, 0, length)))!;
            Assert.That(error.Offset, Is.LessThanOrEqualTo(length), $"cut at {length}");
        }
    }

    [Test]
    public void Ten_thousand_damaged_files_read_or_fail_with_a_located_error()
    {
        const int Cases = 10_000;
        var random = new Random(20260);
        var whole = Whole();
        var refused = 0;
        string[] pieces =
        [
            "'",
            "(",
            ")",
            "{",
            "}",
            ",",
            ":",
            "9",
            "-",
            "L",
            "True",
            "<f8",
            "shape",
            "\0",
            "\u00ff",
            "[",
            "1e9",
        ];
        for (var i = 0; i < Cases; i++)
        {
            var bytes = whole.ToList();
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                var at = random.Next(Math.Min(bytes.Count, 140));
                switch (random.Next(4))
                {
                    case 0:
                        bytes[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        bytes.RemoveRange(at, Math.Min(random.Next(1, 8), bytes.Count - at));
                        break;
                    case 2:
                        bytes.InsertRange(at, Encoding.Latin1.GetBytes(pieces[random.Next(pieces.Length)]));
                        break;
                    default:
                        var to = random.Next(Math.Min(bytes.Count, 140));
                        (bytes[at], bytes[to]) = (bytes[to], bytes[at]);
                        break;
                }
            }

            try
            {
                var array = NpyFile.Read(random.Next(2) == 0 ? new MemoryStream([.. bytes]) : new Pipe([.. bytes]));
                Assert.That(array.AsBytes().Length, Is.LessThanOrEqualTo(bytes.Count));
            }
            catch (NpyFormatException error)
            {
                refused++;
                Assert.That(error.Offset, Is.InRange(0, bytes.Count + 64));
            }
        }

        Assert.That(refused, Is.InRange(Cases / 2, Cases - 1), "some damage is harmless, most is not");
    }

    private static byte[] Whole()
    {
        var stream = new MemoryStream();
        NpyFile.Write(stream, new HostBuffer(new float[24], 2, 3, 4), fortranOrder: true);
        return stream.ToArray();
    }

    private static byte[] File(string header, int elementBytes)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        return [0x93, .. "NUMPY"u8, 1, 0, .. length, .. Encoding.Latin1.GetBytes(header), .. new byte[elementBytes]];
    }

    private sealed class Pipe(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
