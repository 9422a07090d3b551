namespace Mlir.IR;

/// <summary>A kind of diagnostic: a stable code and a message with <c>{0}</c> places.</summary>
/// <param name="Code">The stable code, for example <c>MLIR1203</c>.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Format">The message, with places for arguments.</param>
public sealed record DiagnosticTemplate(string Code, DiagnosticSeverity Severity, string Format)
{
    /// <summary>The diagnostic at <paramref name="location"/>.</summary>
    public Diagnostic At(Location location, params ReadOnlySpan<object?> arguments) =>
        new(
            Code,
            Severity,
            string.Format(System.Globalization.CultureInfo.InvariantCulture, Format, arguments),
            location
        );
}
