namespace Mlir.IR.Generators;

/// <summary>What reading a definition gives: a model, or what is wrong.</summary>
internal sealed record Reading<T>(T? Model, Items<DiagnosticInfo> Diagnostics)
    where T : class;
