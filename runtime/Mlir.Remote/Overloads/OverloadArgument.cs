using Mlir.Remote.Protocol;

namespace Mlir.Remote.Overloads;

/// <summary>What overload resolution knows about an argument.</summary>
/// <param name="Type">Its exact type.</param>
/// <param name="Name">The parameter's name where the call gives one; null for an argument by position.</param>
internal readonly record struct OverloadArgument(DataType Type, string? Name = null);
