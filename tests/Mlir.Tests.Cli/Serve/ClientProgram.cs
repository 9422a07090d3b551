using System.Globalization;
using Mlir.Remote;

namespace Mlir.Tests.Cli.Serve;

/// <summary>What the tests start where a client has to be a process of its own, to be killed.</summary>
internal static class ClientProgram
{
    /// <summary>Sends an array to a server, says how much of it has arrived, and never sends the rest.</summary>
    /// <param name="args">The server's address and the array's bytes.</param>
    public static int Main(string[] args)
    {
        using var remote = RemoteJit.Connect(args[0]);
        using var tensor = remote.Upload(new byte[int.Parse(args[1], CultureInfo.InvariantCulture)], new Standstill());
        return 1; // it was told to stand still
    }

    /// <summary>Holds the upload up as soon as its first part has arrived.</summary>
    private sealed class Standstill : IProgress<long>
    {
        public void Report(long value)
        {
            Console.WriteLine(value);
            Console.In.ReadToEnd(); // which nobody closes
        }
    }
}
