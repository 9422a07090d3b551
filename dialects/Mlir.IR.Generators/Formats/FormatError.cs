using System;
using Microsoft.CodeAnalysis;

namespace Mlir.IR.Generators;

/// <summary>Ends the reading of a format at its first mistake.</summary>
internal sealed class FormatError(DiagnosticDescriptor rule, int position, int length, params string[] arguments)
    : Exception
{
    public DiagnosticDescriptor Rule { get; } = rule;

    public int Position { get; } = position;

    public int Length { get; } = length;

    public string[] Arguments { get; } = arguments;
}
