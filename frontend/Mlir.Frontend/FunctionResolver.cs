using System.Collections.Immutable;

namespace Mlir.Frontend;

/// <summary>Finds the function that <see cref="Function.Call"/> calls.</summary>
/// <param name="name">Its name.</param>
/// <param name="arguments">The C# types of the arguments as they stand in the call.</param>
/// <param name="result">The C# type that the call expects.</param>
/// <returns>
/// The function, whose parameters the arguments must fit by C#'s implicit conversions; the same <see cref="ResolvedFunction.Lambda"/> object each time
/// for one function. Null when there is none.
/// </returns>
public delegate ResolvedFunction? FunctionResolver(string name, ImmutableArray<Type> arguments, Type result);
