using System.Text.Json;

namespace Mlir.Dataflow;

/// <summary>Writes a run in the trace event format that <c>chrome://tracing</c> and Perfetto read.</summary>
internal static class TraceFile
{
    /// <summary>Writes the file; one that is there is replaced.</summary>
    public static void Write(string path, RunReport report)
    {
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("displayTimeUnit", "ms");
        json.WriteStartArray("traceEvents");
        foreach (var task in report.Tasks)
        {
            Write(json, task);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TaskProfile profile)
    {
        json.WriteStartObject();
        json.WriteString("name", profile.Task.Name);
        json.WriteString("cat", profile.Task.Kind.ToString());
        json.WriteString("ph", "X");
        json.WriteNumber("ts", profile.Start.TotalMicroseconds);
        json.WriteNumber("dur", profile.Duration.TotalMicroseconds);
        json.WriteNumber("pid", Environment.ProcessId);
        json.WriteNumber("tid", profile.Thread);
        json.WriteStartObject("args");
        json.WriteString("site", profile.Task.Site.ToString());
        json.WriteNumber("bytes", profile.Bytes);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
