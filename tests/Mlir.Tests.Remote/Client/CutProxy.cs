using System.Net;
using System.Net.Sockets;

namespace Mlir.Tests.Remote.Client;

/// <summary>Passes bytes on to a server, and cuts connections when a test asks for it.</summary>
internal sealed class CutProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _open = [];
    private readonly int _port;

    public CutProxy(string server)
    {
        _port = new Uri(server).Port;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where to connect.</summary>
    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How many connections there were.</summary>
    public int Accepted { get; private set; }

    /// <summary>Cuts every connection.</summary>
    public void Cut()
    {
        lock (_open)
        {
            _open.ForEach(socket => socket.Close(0));
            _open.Clear();
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync();
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await server.ConnectAsync(IPAddress.Loopback, _port);
                lock (_open)
                {
                    _open.AddRange([client, server]);
                    Accepted++;
                }

                _ = PassAsync(client, server);
                _ = PassAsync(server, client);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (await from.ReceiveAsync(buffer) is var count and > 0)
            {
                for (var sent = 0; sent < count; )
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It was cut.
        }

        to.Close(0);
    }
}
