namespace Mlir.Dialects.Nvvm;

/// <summary>Waits until at most so many of the latest groups of copies are under way.</summary>
/// <example><code>nvvm.cp.async.wait.group 1</code></example>
[Op("nvvm.cp.async.wait.group", Format = "$n attr-dict")]
public sealed partial class CpAsyncWaitGroupOp : Operation, IMemoryEffects
{
    /// <summary>How many groups may still be under way.</summary>
    [Attr(Type = "i32")]
    public partial int N { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read | MemoryEffects.Write;
}
