namespace Mlir.Tests.Cli.Serve;

/// <summary>Whether there is time for the long form of tests.</summary>
internal static class Nightly
{
    /// <summary>Whether the environment asks for it.</summary>
    public static bool Is => Environment.GetEnvironmentVariable("MLIR_NIGHTLY") == "1";
}
