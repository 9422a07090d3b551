namespace Mlir.Tests.Arrays;

/// <summary>What threads share.</summary>
internal static class Shared
{
    /// <summary>How many loops of a kernel threads can share.</summary>
    public static int Loops(KernelIr ir) => ir["outline-parallel"].Split("mlir.parallel_for").Length - 1;
}
