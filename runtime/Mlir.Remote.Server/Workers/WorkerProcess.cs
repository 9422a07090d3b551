using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Mlir.Remote.Server.Memory;
using Mlir.Remote.Worker;
using Mlir.Remote.Worker.Ipc;

namespace Mlir.Remote.Server.Workers;

/// <summary>One worker process as the server sees it.</summary>
internal sealed class WorkerProcess
{
    private const int StderrKept = 4096;
    private const int SignalBase = 128;

    private readonly Process process;
    private readonly Socket listener;
    private readonly DirectoryInfo directory;
    private readonly Task<string> stderr;
    private readonly Lock sending = new();
    private readonly MessageWriter writer = new();
    private readonly HashSet<long> units = [];
    private readonly HashSet<long> segments = [];
    private readonly List<long> forgotten = [];
    private readonly List<long> unmapped = [];
    private readonly List<(int Descriptor, Segment Segment)> adopted = [];
    private readonly Action<Segment> segmentFreed;
    private FrameChannel? channel;
    private int killed;
    private int loads;

    private WorkerProcess(Process process, Socket listener, DirectoryInfo directory, Action<Segment> segmentFreed)
    {
        this.segmentFreed = segmentFreed;
        this.process = process;
        this.listener = listener;
        this.directory = directory;
        Id = process.Id;
        process.StandardInput.Close();
        stderr = ReadHeadAsync(process.StandardError.BaseStream);
        _ = ReadHeadAsync(process.StandardOutput.BaseStream);
    }

    /// <summary>The process number.</summary>
    public int Id { get; }

    /// <summary>What it is doing; guarded by the pool.</summary>
    public WorkerRequest? Current { get; set; }

    /// <summary>The number under which <see cref="Current"/> was sent.</summary>
    public long CurrentId { get; set; }

    /// <summary>When <see cref="Current"/> was sent, as <see cref="Stopwatch"/> counts.</summary>
    public long Started { get; set; }

    /// <summary>When <see cref="Current"/> must have ended; <see cref="long.MaxValue"/> when there is none.</summary>
    public long Deadline { get; set; } = long.MaxValue;

    /// <summary>Whether it is loading code before <see cref="Current"/> begins.</summary>
    public bool IsLoading => Volatile.Read(ref loads) > 0;

    /// <summary>Why the server ended it.</summary>
    public KillReason KillReason => (KillReason)Volatile.Read(ref killed);

    /// <summary>The targets that it compiles for, once connected.</summary>
    public string[] Targets { get; private set; } = [];

    /// <summary>The processor that it compiles for, once connected.</summary>
    public string Processor { get; private set; } = "";

    /// <summary>Starts a process. It dies with the thread that starts it, at the latest.</summary>
    /// <param name="options">What it may take.</param>
    /// <param name="isSpare">Whether nobody waits for it, so that it may get warm first.</param>
    /// <param name="segmentFreed">Called when a segment is freed that the process may have mapped.</param>
    public static WorkerProcess Start(WorkerOptions options, bool isSpare, Action<Segment> segmentFreed)
    {
        var directory = CreateDirectory();
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            var path = Path.Combine(directory.FullName, "w");
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(1);
            var start = new ProcessStartInfo(WorkerHost.Executable)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = "/",
            };
            start.ArgumentList.Add(WorkerHost.Program);
            start.ArgumentList.Add(path);
            start.ArgumentList.Add(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            start.ArgumentList.Add(isSpare ? WorkerProgram.WarmStart : WorkerProgram.FastStart);
            WorkerHost.SetEnvironment(start.Environment, options);
            return new WorkerProcess(Process.Start(start)!, listener, directory, segmentFreed);
        }
        catch
        {
            listener.Dispose();
            directory.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Waits until the process has connected and is ready.</summary>
    /// <exception cref="TimeoutException">It was not within the time.</exception>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public void Connect(TimeSpan timeout)
    {
        var end = Stopwatch.GetTimestamp() + (long)(timeout.TotalSeconds * Stopwatch.Frequency);
        try
        {
            while (!listener.Poll(TimeSpan.FromMilliseconds(100), SelectMode.SelectRead))
            {
                if (process.HasExited)
                {
                    throw new InvalidOperationException($"A worker process ended at its start: {Describe(Wait())}.");
                }

                if (Stopwatch.GetTimestamp() > end)
                {
                    throw new TimeoutException($"A worker process did not connect within {timeout.TotalSeconds} s.");
                }
            }

            channel = new FrameChannel(listener.Accept());
        }
        finally
        {
            listener.Dispose();
            directory.Delete(recursive: true);
        }

        channel.ReceiveTimeoutMilliseconds = (int)timeout.TotalMilliseconds;
        if (!channel.TryReceive(out var header, out var payload) || header.Kind != FrameKind.Ready)
        {
            throw new InvalidOperationException("A worker process connected and did not get ready.");
        }

        var reader = new MessageReader(payload);
        Targets = new string[reader.ReadCount(sizeof(int))];
        for (var i = 0; i < Targets.Length; i++)
        {
            Targets[i] = reader.ReadText();
        }

        Processor = reader.ReadText();
        channel.ReceiveTimeoutMilliseconds = 0;
    }

    /// <summary>Waits for a frame; false when the process is gone.</summary>
    public bool TryReceive(out FrameHeader header, out ReadOnlySpan<byte> payload) =>
        channel!.TryReceive(out header, out payload);

    /// <summary>Sends a request, and what the worker should know before it.</summary>
    public void Send(WorkerRequest request, long id)
    {
        lock (sending)
        {
            WriteNotices();
            request.Write(writer, id, this);
            Flush();
        }
    }

    /// <summary>Sends what has gathered, if the worker is idle: a busy one does not read, and gets it before its next request.</summary>
    public void SendNotices()
    {
        lock (sending)
        {
            if (forgotten.Count + unmapped.Count + adopted.Count > 0)
            {
                WriteNotices();
                Flush();
            }
        }
    }

    /// <summary>Writes the frame that loads a unit, unless it is loaded. Called while a request is being written.</summary>
    public void Load(MessageWriter to, CompiledUnit unit)
    {
        if (units.Add(unit.Id))
        {
            Interlocked.Increment(ref loads);
            to.Begin(FrameKind.Load, 0);
            to.Write(unit.Id);
            unit.Contents.Write(to);
            to.End();
        }
    }

    /// <summary>The worker has loaded a unit.</summary>
    /// <returns>Whether it was the last one that it was told to load.</returns>
    public bool HasLoaded() => Interlocked.Decrement(ref loads) == 0;

    /// <summary>Remembers that the worker has a segment mapped. Called while a request is being written.</summary>
    public void Mapped(Segment segment)
    {
        segment.Freed ??= segmentFreed;
        segments.Add(segment.Id);
    }

    /// <summary>Remembers that the worker compiled a unit, and so has it.</summary>
    public void Loaded(long unit)
    {
        lock (sending)
        {
            units.Add(unit);
        }
    }

    /// <summary>Takes over the file of a result.</summary>
    /// <exception cref="InvalidDataException">There is no such file.</exception>
    public Segment Adopt(int descriptor, long bytes)
    {
        var segment = Segment.Adopt(Id, descriptor, bytes);
        segment.Freed = segmentFreed;
        lock (sending)
        {
            adopted.Add((descriptor, segment));
            segments.Add(segment.Id);
        }

        return segment;
    }

    /// <summary>Lets the worker drop a unit.</summary>
    /// <returns>Whether there is something to send.</returns>
    public bool Forget(long unit)
    {
        lock (sending)
        {
            if (units.Remove(unit))
            {
                forgotten.Add(unit);
                return true;
            }

            return false;
        }
    }

    /// <summary>Lets the worker unmap a segment that is gone.</summary>
    /// <returns>Whether there is something to send.</returns>
    public bool Unmap(long segment)
    {
        lock (sending)
        {
            if (segments.Remove(segment))
            {
                unmapped.Add(segment);
                return true;
            }

            return false;
        }
    }

    /// <summary>Ends the process. Whoever waits for its frames sees the end of the connection.</summary>
    /// <param name="reason">Why; the first reason counts.</param>
    public void Kill(KillReason reason)
    {
        Interlocked.CompareExchange(ref killed, (int)reason, (int)KillReason.None);
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // it is gone
        }

        channel?.Close();
    }

    /// <summary>Waits for the end of a process whose connection ended.</summary>
    /// <returns>How it ended.</returns>
    public WorkerExit Wait()
    {
        try
        {
            // One that closed its connection and lives on is of no use.
            if (!process.WaitForExit(TimeSpan.FromMilliseconds(KillReason == KillReason.None ? 2000 : 0)))
            {
                process.Kill();
            }
        }
        catch (InvalidOperationException)
        {
            // it is gone
        }

        process.WaitForExit(Timeout.Infinite);
        var said = stderr.Wait(TimeSpan.FromSeconds(1)) ? stderr.Result : "";
        return new WorkerExit(
            process.ExitCode > SignalBase ? process.ExitCode - SignalBase : 0,
            process.ExitCode,
            said
        );
    }

    /// <summary>Frees the connection after the end.</summary>
    public void Dispose()
    {
        lock (sending)
        {
            channel?.Dispose();
        }

        process.Dispose();
    }

    /// <summary>The memory that is the process's own, in bytes; 0 when it is gone.</summary>
    public long ReadPrivateBytes()
    {
        try
        {
            var pages = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/statm")).Split(' ');
            return (
                    long.Parse(pages[1], CultureInfo.InvariantCulture)
                    - long.Parse(pages[2], CultureInfo.InvariantCulture)
                ) * Environment.SystemPageSize;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>An end in words.</summary>
    public static string Describe(WorkerExit exit) =>
        exit.Signal > 0 ? $"signal {exit.Signal}"
        : exit.Said.Length == 0 ? $"exit code {exit.Code}"
        : $"exit code {exit.Code}: {exit.Said}";

    private static DirectoryInfo CreateDirectory()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Worker processes need Linux.");
        }

        // The path of a socket has room for about a hundred characters.
        var parent = Path.GetTempPath() is { Length: < 60 } temp ? temp : "/tmp/";
        return Directory.CreateDirectory(
            Path.Combine(parent, "mlir-" + Path.GetRandomFileName()),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
    }

    private static async Task<string> ReadHeadAsync(Stream stream)
    {
        var head = new byte[StderrKept];
        var length = 0;
        var buffer = new byte[1024];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                // The first words say what happened; what follows may be a stack of a hundred thousand lines.
                var kept = Math.Min(read, head.Length - length);
                buffer.AsSpan(0, kept).CopyTo(head.AsSpan(length));
                length += kept;
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // what there is
        }

        return Encoding.UTF8.GetString(head, 0, length).Trim();
    }

    private void WriteNotices()
    {
        Write(FrameKind.Forget, forgotten);
        if (adopted.Count > 0)
        {
            writer.Begin(FrameKind.Adopted, 0);
            writer.Write(adopted.Count);
            foreach (var (descriptor, segment) in adopted)
            {
                writer.Write(descriptor);
                writer.Write(segment.Id);
            }

            writer.End();
            adopted.Clear();
        }

        Write(FrameKind.Unmap, unmapped);
    }

    private void Write(FrameKind kind, List<long> ids)
    {
        if (ids.Count > 0)
        {
            writer.Begin(kind, 0);
            writer.WriteShape(CollectionsMarshal.AsSpan(ids));
            writer.End();
            ids.Clear();
        }
    }

    private void Flush()
    {
        // A worker that is gone is noticed by the thread that waits for its frames.
        channel!.TrySend(writer.Written);
        writer.Clear();
    }
}
