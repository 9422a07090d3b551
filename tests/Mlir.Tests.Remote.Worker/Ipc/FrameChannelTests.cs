using System.Net.Sockets;
using Mlir.Remote.Worker.Ipc;

namespace Mlir.Tests.Remote.Worker.Ipc;

/// <summary>Frames over a real socket.</summary>
public sealed class FrameChannelTests
{
    private DirectoryInfo directory = null!;
    private FrameChannel left = null!;
    private Socket raw = null!;

    [SetUp]
    public void Connect()
    {
        directory = Directory.CreateTempSubdirectory("mlir-");
        var place = new UnixDomainSocketEndPoint(Path.Combine(directory.FullName, "s"));
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(place);
        listener.Listen();
        raw = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        raw.Connect(place);
        left = new FrameChannel(listener.Accept());
    }

    [TearDown]
    public void Disconnect()
    {
        left.Dispose();
        raw.Dispose();
        directory.Delete(recursive: true);
    }

    [Test]
    public unsafe void FramesThatArriveTogetherAreReadOneByOneAndAligned()
    {
        var writer = new MessageWriter();
        for (var i = 0; i < 5; i++)
        {
            writer.Begin(FrameKind.Forget, i);
            writer.WriteBytes(new byte[i * 7]);
            writer.End();
        }

        raw.Send(writer.Written);
        for (var i = 0; i < 5; i++)
        {
            Assert.That(left.TryReceive(out var header, out var payload), Is.True);
            Assert.That((header.Kind, header.Id, payload.Length), Is.EqualTo((FrameKind.Forget, (long)i, 4 + (i * 7))));
            fixed (byte* first = payload)
            {
                Assert.That((long)first % MessageWriter.BlockAlignment, Is.Zero);
            }
        }
    }

    [Test]
    public async Task LargeFramesCrossInPieces()
    {
        var data = new byte[5_000_000];
        new Random(1).NextBytes(data);
        using var right = new FrameChannel(raw);
        var sending = Task.Run(() =>
        {
            var writer = new MessageWriter();
            for (var i = 0; i < 3; i++)
            {
                writer.Clear();
                writer.Begin(FrameKind.Compile, i);
                writer.WriteBytes(data);
                writer.End();
                right.TrySend(writer.Written);
            }
        });
        for (var i = 0; i < 3; i++)
        {
            Assert.That(left.TryReceive(out var header, out var payload), Is.True);
            Assert.That(header.Id, Is.EqualTo(i));
            Assert.That(payload[4..].SequenceEqual(data), Is.True);
        }

        await sending;
    }

    [Test]
    public void LengthsThatCannotBeEndTheConnection()
    {
        raw.Send([0xFF, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

        Assert.That(left.TryReceive(out _, out _), Is.False);
    }

    [Test]
    public void EndInTheMiddleOfAFrameIsAnEnd()
    {
        raw.Send([10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
        raw.Shutdown(SocketShutdown.Send);

        Assert.That(left.TryReceive(out _, out _), Is.False);
    }

    [Test]
    public void SendingToSomebodyWhoIsGoneFails()
    {
        raw.Dispose();
        var all = new byte[1 << 20];

        Assert.That(left.TrySend(all), Is.False);
    }
}
