namespace Mlir.IR;

/// <summary>
/// Marks a static method <c>static Value? Name(SomeOp op, PatternRewriter r)</c> as a rewrite rule: it returns the value that replaces the
/// operation's only result, or null when no rule applies. The generator puts all rules of an assembly into one table.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SimplifyAttribute : Attribute;
