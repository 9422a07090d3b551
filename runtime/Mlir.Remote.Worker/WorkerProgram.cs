using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Mlir.Remote.Worker.Compilation;
using Mlir.Remote.Worker.Interop;
using Mlir.Remote.Worker.Ipc;

namespace Mlir.Remote.Worker;

/// <summary>The worker process: connects to the server that started it and works until that server is gone.</summary>
internal static class WorkerProgram
{
    /// <summary>Deep recursion of a kernel is legitimate up to here; beyond it the process ends, and with it the call.</summary>
    private const int StackBytes = 64 << 20;

    /// <summary>The argument of a worker that is not needed at once: it gets warm before it says that it is ready.</summary>
    public const string WarmStart = "warm";

    /// <summary>The argument of a worker that is waited for: it gets warm beside its first requests.</summary>
    public const string FastStart = "fast";

    private const string OomScore = "500";

    /// <summary>Runs the worker.</summary>
    /// <param name="args">The path of the server's socket, the server's process number, and how to start.</param>
    /// <returns>The process's exit code.</returns>
    public static int Run(string[] args)
    {
        if (
            args is not [var path, var parent, var start]
            || !int.TryParse(parent, CultureInfo.InvariantCulture, out var server)
        )
        {
            Console.Error.WriteLine("This program is started by the remote executor's server and does nothing alone.");
            return 2;
        }

        if (!Isolate(server))
        {
            return 1;
        }

        // The server decides when its workers end: signals to the whole group, as a terminal or a service manager sends them, are its own.
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
        var ignored = signals
            .Select(static s => PosixSignalRegistration.Create(s, static c => c.Cancel = true))
            .ToArray();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        using var channel = new FrameChannel(socket);
        var loop = new WorkerLoop(channel);
        var thread = new Thread(
            () =>
            {
                if (start == WarmStart)
                {
                    loop.WarmUp();
                }

                loop.Run();
            },
            StackBytes
        )
        {
            Name = "mlir-calls",
        };
        thread.Start();
        if (start != WarmStart)
        {
            WarmUpCompiler();
        }

        thread.Join();
        GC.KeepAlive(ignored);
        return 0;
    }

    /// <summary>Compiles something small on this thread, while another one serves already.</summary>
    private static void WarmUpCompiler()
    {
        try
        {
            ModuleCompiler.Compile(ModuleCompiler.Sample, ModuleCompiler.Targets[0], out var unit);
            unit.Dispose();
        }
        catch (CompilationFailure)
        {
            // The compilation that somebody waits for will say it.
        }
    }

    /// <summary>Ties the process to the server's life, and makes it the one that the system ends first when memory runs out.</summary>
    /// <returns>False when the server is gone already.</returns>
    private static unsafe bool Isolate(int server)
    {
        Libc.ProcessControl(Libc.SetParentDeathSignal, Libc.SigKill, 0, 0, 0);
        Libc.ProcessControl(Libc.SetNoNewPrivileges, 1, 0, 0, 0);
        Libc.NewSession();
        var none = stackalloc ulong[2];
        none[0] = none[1] = 0;
        Libc.SetLimit(Libc.LimitCore, none);
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", OomScore);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The system's own choice then.
        }

        return Libc.ParentProcessId() == server;
    }
}
