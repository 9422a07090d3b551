namespace Mlir.Backends.Gpu;

/// <summary>One launch, as error messages tell it.</summary>
/// <param name="Kernel">The kernel's name.</param>
/// <param name="Grid">How it was launched.</param>
/// <param name="Operation">What it computes, and where in the source it stands; empty when unknown.</param>
public sealed record GpuLaunchRecord(string Kernel, GpuGrid Grid, string Operation)
{
    /// <summary>For example <c>fused_0 &lt;&lt;&lt;(8), (256)&gt;&gt;&gt;: x * 2 at Program.cs(18)</c>.</summary>
    public override string ToString() => $"{Kernel} {Grid}{(Operation.Length > 0 ? $": {Operation}" : "")}";
}
