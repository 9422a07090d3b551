namespace Mlir.Cli;

/// <summary>The command cannot be carried out as given; the message says what to give instead.</summary>
/// <param name="message">One line, without the program's name.</param>
internal sealed class UsageException(string message) : Exception(message);
