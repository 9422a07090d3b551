using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>A transformation of the IR. A pass is an immutable record: its constructor parameters are its options.</summary>
public abstract record Pass
{
    /// <summary>The name on command lines and in pipelines, <c>fuse-elementwise</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What the pass does, in a sentence.</summary>
    public virtual string Description => "";

    /// <summary>The options that differ from their defaults, as <c>max-inputs=4 other=true</c>; empty when there are none.</summary>
    public virtual string OptionsText => "";

    /// <summary>Transforms <paramref name="op"/> and what is inside it.</summary>
    public abstract void Run(Operation op, PassContext context);

    /// <summary>The pass as a pipeline spells it, <c>fuse-elementwise{max-inputs=4}</c>.</summary>
    public sealed override string ToString() => OptionsText.Length == 0 ? Name : $"{Name}{{{OptionsText}}}";
}
