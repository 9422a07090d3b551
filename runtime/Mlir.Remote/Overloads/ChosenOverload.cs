using System.Collections.Immutable;

namespace Mlir.Remote.Overloads;

/// <summary>The overload that a call means.</summary>
/// <param name="Index">Its place among the candidates.</param>
/// <param name="Arguments">For each parameter the place of its argument, or −1 for its default value.</param>
internal readonly record struct ChosenOverload(int Index, ImmutableArray<int> Arguments);
