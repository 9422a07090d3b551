namespace Mlir;

/// <summary>What <see cref="JitOptions.Autotune"/> has chosen for arguments of one class of shapes and one class of sizes.</summary>
/// <param name="Elements">The least number of elements, all array arguments together; it holds up to twice as many.</param>
/// <param name="Choice">What the chosen code does differently, <c>one thread</c> for example; <c>as compiled</c> for nothing.</param>
/// <param name="Measured">Whether this kernel has measured; false when an earlier one had left the answer on disk.</param>
public sealed record TunedChoice(long Elements, string Choice, bool Measured);
