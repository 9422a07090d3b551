using Mlir.IR;

namespace Mlir.Backends.Llvm;

/// <summary>A module as it is to run on processors of one level.</summary>
/// <param name="Module">A module that holds nothing but <c>llvm</c> ops; the same public functions in every variant.</param>
/// <param name="Cpu">The level as LLVM names it: <c>x86-64</c>, <c>x86-64-v2</c>, <c>x86-64-v3</c> or <c>x86-64-v4</c>.</param>
public sealed record TargetVariant(Operation Module, string Cpu);
