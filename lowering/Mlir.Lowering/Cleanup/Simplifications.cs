using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>The rules that <see cref="Canonicalize"/> applies beside the folds that operations bring themselves.</summary>
public static class Simplifications
{
    /// <summary>All rules of this library.</summary>
    public static PatternSet All { get; } =
        new([
            .. SimplifyRules.All,
            new InlineKnownIf(),
            new RemoveKnownFor(),
            new ForwardUnchangedIterArg(),
            new KnownCondBranch(),
        ]);
}
