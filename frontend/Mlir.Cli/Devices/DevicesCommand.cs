using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Mlir.Backends.Gpu;
using Mlir.Backends.Llvm;
using Spectre.Console;

namespace Mlir.Cli.Devices;

/// <summary><c>mlir devices</c>: what code can run on here, what is missing, and why.</summary>
internal static class DevicesCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON instead of a table" };
        var command = new Command("devices", "List the devices of this machine, and why others cannot be used")
        {
            json,
        };
        command.SetAction(parsed =>
        {
            var devices = Find();
            if (parsed.GetValue(json))
            {
                WriteJson(devices, terminal.Output);
            }
            else
            {
                WriteTable(devices, terminal);
            }

            return 0;
        });
        return command;
    }

    /// <summary>The processor, the interpreter, and what the drivers say.</summary>
    private static ImmutableArray<GpuDeviceInfo> Find()
    {
        var hasLlvm = LlvmLibrary.IsAvailable(out var reason);
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var processors = Environment.ProcessorCount;
        return
        [
            new GpuDeviceInfo(
                "cpu",
                hasLlvm ? $"this machine's processor, through LLVM {LlvmLibrary.Version}" : "",
                memory,
                processors,
                null,
                hasLlvm ? null : reason
            )
            {
                Figures = Jit.Compiler.GetBackend("cpu").Figures(),
            },
            new GpuDeviceInfo("interpreter", "managed code, for checking", memory, processors, null),
            .. GpuDevices.List(),
        ];
    }

    private static void WriteTable(ImmutableArray<GpuDeviceInfo> devices, Terminal terminal)
    {
        var table = new Table()
            .Border(TableBorder.Rounded)
            .AddColumns("device", "what it is", "memory", "GB/s", "units");
        foreach (var column in table.Columns.Skip(2))
        {
            column.RightAligned();
        }

        foreach (var device in devices.Where(static device => device.Reason is null))
        {
            var capability = device.ComputeCapability is { } version ? $", compute capability {version}" : "";
            table.AddRow(
                Markup.Escape(device.Id),
                Markup.Escape(device.Name + capability),
                string.Create(CultureInfo.InvariantCulture, $"{device.MemoryBytes / (double)(1 << 30):0.#} GiB"),
                device.Figures?.BytesPerSecond is { } speed
                    ? string.Create(CultureInfo.InvariantCulture, $"{speed / 1e9:0}")
                    : "",
                device.Multiprocessors.ToString(CultureInfo.InvariantCulture)
            );
        }

        terminal.Tables().Write(table);
        foreach (var device in devices.Where(static device => device.Reason is not null))
        {
            terminal.Output.WriteLine($"{device.Id}: not there: {device.Reason}");
        }

        JitOptions best = Device.Best;
        terminal.Output.WriteLine(
            best.Alternative is { } other
                ? $"Device.Best: {best.Target} or {other}, whichever takes less time for a call, copies included"
                : $"Device.Best: {best.Target}"
        );
    }

    private static void WriteJson(ImmutableArray<GpuDeviceInfo> devices, TextWriter output)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartArray();
            foreach (var device in devices)
            {
                writer.WriteStartObject();
                writer.WriteString("id", device.Id);
                writer.WriteBoolean("available", device.Reason is null);
                if (device.Reason is { } reason)
                {
                    writer.WriteString("reason", reason);
                }
                else
                {
                    writer.WriteString("name", device.Name);
                    writer.WriteNumber("memoryBytes", device.MemoryBytes);
                    writer.WriteNumber("multiprocessors", device.Multiprocessors);
                    if (device.Figures is { } figures)
                    {
                        writer.WriteNumber("memoryBytesPerSecond", figures.BytesPerSecond);
                    }

                    if (device.ComputeCapability is { } capability)
                    {
                        writer.WriteString("computeCapability", capability.ToString());
                    }
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
    }
}
