using System.Diagnostics.CodeAnalysis;

namespace Mlir.IR.Text;

/// <summary>A parsed value, or the diagnostics that say why there is none.</summary>
/// <typeparam name="T">What was parsed.</typeparam>
/// <param name="Value">The parsed value; null after an error.</param>
/// <param name="Diagnostics">The errors, in text order; empty on success.</param>
public sealed record ParseResult<T>(T? Value, EquatableArray<Diagnostic> Diagnostics)
    where T : class
{
    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Succeeded => Value is not null;

    /// <summary>The value.</summary>
    /// <exception cref="DiagnosticException">The text was refused.</exception>
    public T ValueOrThrow() => Value ?? throw new DiagnosticException([.. Diagnostics]);
}
