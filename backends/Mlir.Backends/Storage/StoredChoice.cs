namespace Mlir.Backends.Storage;

/// <summary>
/// A measured choice, kept as code is: a file without functions whose only symbol names what was chosen. Damage, other users and other
/// writers are dealt with as for code.
/// </summary>
internal static class StoredChoice
{
    /// <summary>The name of what was chosen; null when there is none that can be trusted.</summary>
    public static string? Find(CodeStore store, CompilationKey key) =>
        store.Find(key) is { Functions: [], Symbols: [var choice] } ? choice : null;

    /// <summary>Keeps a choice for processes to come.</summary>
    public static void Keep(CodeStore store, CompilationKey key, string choice) =>
        store.Keep(key, new StoredCode([], [], [choice], []));
}
