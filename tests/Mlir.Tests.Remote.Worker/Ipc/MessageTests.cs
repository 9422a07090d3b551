using Mlir.Remote.Worker.Ipc;
using Mlir.Runtime;

namespace Mlir.Tests.Remote.Worker.Ipc;

/// <summary>Messages come out as they went in, and what is no message is refused.</summary>
public sealed class MessageTests
{
    private static readonly UnitContents Unit = new(
        "cpu",
        [
            new UnitFunction(
                "main",
                [new UnitValue(ElementType.Float64, null), new UnitValue(ElementType.Int16, [-1, 3])],
                [new UnitValue(ElementType.Bool, [])]
            ),
        ],
        [new KernelError("System.OverflowException", "Too large – 🙂", "Program.cs(18): x")],
        new byte[] { 1, 2, 3 }
    );

    [Test]
    public void UnitsComeOutAsTheyWentIn()
    {
        var writer = new MessageWriter();
        writer.Begin(FrameKind.Compiled, 7);
        Unit.Write(writer);
        writer.End();
        var reader = new MessageReader(writer.Written[FrameHeader.Size..]);
        var read = UnitContents.Read(ref reader);
        reader.End();

        Assert.That(read.Target, Is.EqualTo("cpu"));
        Assert.That(read.Functions[0].Name, Is.EqualTo("main"));
        Assert.That(
            read.Functions[0].Parameters.Select(static p => p.ToString()),
            Is.EqualTo(["Float64", "?x3xInt16"])
        );
        Assert.That(read.Functions[0].Results[0].Shape, Is.Empty);
        Assert.That(read.Errors, Is.EqualTo(Unit.Errors));
        Assert.That(read.Code.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public void FailuresComeOutAsTheyWentIn()
    {
        var writer = new MessageWriter();
        writer.Begin(FrameKind.Failed, 7);
        new Failure(FailureKind.Limit, "too much", "max", ["a", "b"]).Write(writer);
        var reader = new MessageReader(writer.Written[FrameHeader.Size..]);
        var read = Failure.Read(ref reader);

        Assert.That((read.Kind, read.Message, read.Limit), Is.EqualTo((FailureKind.Limit, "too much", "max")));
        Assert.That(read.Diagnostics, Is.EqualTo(["a", "b"]));
    }

    [Test]
    public void BlocksBeginWhereVectorsMayLoad()
    {
        var writer = new MessageWriter();
        writer.Begin(FrameKind.Call, 1);
        writer.WriteText("odd");
        writer.WriteBlock([1, 2, 3]);
        writer.WriteBlock([4, 5]);
        writer.End();
        var payload = writer.Written[FrameHeader.Size..];
        var reader = new MessageReader(payload);
        reader.ReadText();
        var first = reader.ReadBlock();
        var second = reader.ReadBlock();

        payload.Overlaps(first, out var firstOffset);
        payload.Overlaps(second, out var secondOffset);
        Assert.That(first.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(second.ToArray(), Is.EqualTo(new byte[] { 4, 5 }));
        Assert.That((firstOffset % 64, secondOffset % 64), Is.EqualTo((0, 0)));
    }

    [Test]
    public void EveryCutMessageIsRefused()
    {
        var writer = new MessageWriter();
        writer.Begin(FrameKind.Compiled, 7);
        Unit.Write(writer);
        var bytes = writer.Written[FrameHeader.Size..].ToArray();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => ReadUnit(bytes.AsSpan(0, length)), $"{length} bytes");
        }
    }

    [Test]
    public void MutatedMessagesAreReadOrRefused()
    {
        var writer = new MessageWriter();
        writer.Begin(FrameKind.Compiled, 7);
        Unit.Write(writer);
        var good = writer.Written[FrameHeader.Size..].ToArray();
        var random = new Random(1);
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = (byte[])good.Clone();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                ReadUnit(bytes);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.That(refused, Is.InRange(1, 19_999));
    }

    [Test]
    public void CountsThatLieAreRefusedBeforeMemoryIsTaken()
    {
        var writer = new MessageWriter();
        writer.Begin(FrameKind.Returned, 1);
        writer.Write(int.MaxValue);
        var lie = writer.Written[FrameHeader.Size..].ToArray();

        Assert.Throws<InvalidDataException>(() => new MessageReader(lie).ReadCount(8));
        Assert.Throws<InvalidDataException>(() => new MessageReader(lie).ReadBytes());
        Assert.Throws<InvalidDataException>(() => new MessageReader(lie).ReadShape());
        Assert.Throws<InvalidDataException>(() => new MessageReader(lie).ReadBlock());
    }

    [Test]
    public void WriterTakesBackAndPatches()
    {
        var writer = new MessageWriter();
        writer.Begin(FrameKind.Forget, 0);
        writer.End();
        writer.Begin(FrameKind.Returned, 5);
        writer.Write(1);
        writer.Write(2L);
        writer.Patch(0, 9);
        writer.Truncate(sizeof(int));
        writer.End();

        var second = writer.Written[FrameHeader.Size..];
        Assert.That(System.Runtime.InteropServices.MemoryMarshal.Read<FrameHeader>(second).Length, Is.EqualTo(4));
        Assert.That(new MessageReader(second[FrameHeader.Size..]).Read<int>(), Is.EqualTo(9));
    }

    [TestCase(new long[] { 2, 3 }, 12)]
    [TestCase(new long[] { 0, 3 }, 0)]
    [TestCase(new long[] { 2, 4 }, -1)]
    [TestCase(new long[] { -2, 3 }, -1)]
    [TestCase(new long[] { 2 }, -1)]
    [TestCase(new long[] { long.MaxValue, 3 }, -1)]
    [TestCase(new long[] { 1L << 53, 3 }, -1)]
    public void SizesThatFitATypeHaveBytes(long[] sizes, long bytes) =>
        Assert.That(new UnitValue(ElementType.Int16, [-1, 3]).BytesOf(sizes), Is.EqualTo(bytes));

    [Test]
    public void EmptyArrayWithAHugeSizeFitsNoType() =>
        Assert.That(new UnitValue(ElementType.Int8, [-1, -1]).BytesOf([0, 1L << 62]), Is.EqualTo(-1));

    private static UnitContents ReadUnit(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessageReader(bytes);
        var unit = UnitContents.Read(ref reader);
        reader.End();
        return unit;
    }
}
