using System.Collections.Concurrent;
using System.Collections.Immutable;
using Mlir.Frontend;

namespace Mlir.Execution;

/// <summary>Functions as they were when a lambda was compiled: versions that are compiled later call the same ones.</summary>
internal static class FunctionSnapshot
{
    /// <summary>A resolver that asks <paramref name="functions"/> once for each call.</summary>
    public static FunctionResolver? Of(FunctionResolver? functions)
    {
        if (functions is null)
        {
            return null;
        }

        var known = new ConcurrentDictionary<(string Name, string Types), ResolvedFunction?>();
        return (name, arguments, result) =>
            known.GetOrAdd((name, Text(arguments, result)), _ => functions(name, arguments, result));
    }

    private static string Text(ImmutableArray<Type> arguments, Type result) =>
        string.Join(' ', arguments.Append(result).Select(t => t.TypeHandle.Value));
}
