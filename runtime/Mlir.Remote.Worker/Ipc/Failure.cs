using System.Collections.Immutable;

namespace Mlir.Remote.Worker.Ipc;

/// <summary>Why a worker could not do what it was asked to, as it travels.</summary>
/// <param name="Kind">Whose fault it is.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="Limit">The name of the limit that was exceeded; else empty.</param>
/// <param name="Diagnostics">What the compiler says, one a line.</param>
internal sealed record Failure(
    FailureKind Kind,
    string Message,
    string Limit = "",
    ImmutableArray<string> Diagnostics = default
)
{
    private const int MaxDiagnostics = 100;

    /// <summary>Writes the failure.</summary>
    public void Write(MessageWriter writer)
    {
        writer.Write(Kind);
        writer.WriteText(Message);
        writer.WriteText(Limit);
        var diagnostics = Diagnostics.IsDefault ? [] : Diagnostics;
        var count = Math.Min(diagnostics.Length, MaxDiagnostics);
        writer.Write(count);
        for (var i = 0; i < count; i++)
        {
            writer.WriteText(diagnostics[i]);
        }
    }

    /// <summary>Reads a failure.</summary>
    /// <exception cref="InvalidDataException">The message is none.</exception>
    public static Failure Read(ref MessageReader reader)
    {
        var kind = reader.Read<FailureKind>();
        var message = reader.ReadText();
        var limit = reader.ReadText();
        var diagnostics = new string[reader.ReadCount(sizeof(int))];
        for (var i = 0; i < diagnostics.Length; i++)
        {
            diagnostics[i] = reader.ReadText();
        }

        return new Failure(kind, message, limit, [.. diagnostics]);
    }
}
