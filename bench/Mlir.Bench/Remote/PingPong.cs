using System.Net;
using System.Net.Sockets;

namespace Mlir.Bench.Remote;

/// <summary>64 bytes there and back over raw TCP: what no call can beat.</summary>
internal sealed class PingPong : IDisposable
{
    private const int Bytes = 64;

    private readonly byte[] _buffer = new byte[Bytes];
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
    };

    /// <summary>Connects to the other side.</summary>
    public PingPong(int port) => _socket.Connect(IPAddress.Loopback, port);

    /// <summary>Serves for ever: prints its port, then sends back what comes.</summary>
    public static int Serve()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port);
        while (true)
        {
            var socket = listener.AcceptSocket();
            socket.NoDelay = true;
            new Thread(() =>
            {
                var buffer = new byte[Bytes];
                while (Receive(socket, buffer))
                {
                    socket.Send(buffer);
                }
            })
            {
                IsBackground = true,
            }.Start();
        }
    }

    /// <summary>Once there and back.</summary>
    public void Run()
    {
        _socket.Send(_buffer);
        Receive(_socket, _buffer);
    }

    /// <summary>Ends the connection.</summary>
    public void Dispose() => _socket.Dispose();

    private static bool Receive(Socket socket, byte[] buffer)
    {
        for (var got = 0; got < buffer.Length; )
        {
            var read = socket.Receive(buffer, got, buffer.Length - got, SocketFlags.None);
            if (read == 0)
            {
                return false;
            }

            got += read;
        }

        return true;
    }
}
