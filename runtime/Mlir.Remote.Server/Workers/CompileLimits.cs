namespace Mlir.Remote.Server.Workers;

/// <summary>What compiling a module may take.</summary>
/// <param name="Time">After this its worker is ended.</param>
internal sealed record CompileLimits(TimeSpan Time);
