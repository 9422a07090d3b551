namespace Mlir.Tests.Frontend;

/// <summary>The backends that every lambda of these tests runs on.</summary>
internal static class Targets
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> All { get; } = ["cpu", "interpreter"];
}
