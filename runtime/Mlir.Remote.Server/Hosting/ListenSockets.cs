using System.Net;
using System.Net.Sockets;

namespace Mlir.Remote.Server.Hosting;

/// <summary>Sockets to listen on: ports that are never shared, Unix sockets that only their owner may connect to.</summary>
internal static class ListenSockets
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

    /// <summary>Binds a socket.</summary>
    /// <param name="endpoint">Where.</param>
    /// <exception cref="SocketException">Somebody else has the address.</exception>
    public static Socket Bind(EndPoint endpoint)
    {
        if (endpoint is UnixDomainSocketEndPoint unix)
        {
            return BindUnix(unix);
        }

        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.ExclusiveAddressUse = true;
            socket.Bind(endpoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Socket BindUnix(UnixDomainSocketEndPoint endpoint)
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
