using System.Net.Sockets;

namespace Mlir.Remote.Server.Hosting;

/// <summary>Unix sockets that only their owner may connect to.</summary>
internal static class UnixSockets
{
    /// <summary>Removes the socket of a server that is gone; one that still listens stays.</summary>
    /// <exception cref="RemoteConfigurationException">A server listens there, or the path is something else.</exception>
    public static void RemoveStale(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
            return;
        }
        catch (SocketException error)
        {
            throw new RemoteConfigurationException($"'{path}' is there and is no socket: {error.Message}", error);
        }

        throw new RemoteConfigurationException($"another server listens on {path}");
    }

    /// <summary>Binds a socket that nobody else may use, not even between binding and changing its mode.</summary>
    /// <param name="endpoint">Where.</param>
    public static Socket Bind(UnixDomainSocketEndPoint endpoint)
    {
        var path = endpoint.ToString()!;
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(endpoint); // before Listen nobody can connect
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
