using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Mlir.Dataflow;

/// <summary>The types of a tuple's items.</summary>
internal static class TupleItems
{
    /// <summary>The types of the items, those behind the seventh included; none for a type that is no tuple.</summary>
    public static ImmutableArray<Type> Of(Type type)
    {
        if (!type.IsGenericType || !typeof(ITuple).IsAssignableFrom(type))
        {
            return [];
        }

        var items = ImmutableArray.CreateBuilder<Type>();
        while (true)
        {
            var arguments = type.GetGenericArguments();
            items.AddRange(arguments.Take(7));
            if (arguments.Length < 8)
            {
                return items.ToImmutable();
            }

            // Beyond seven items the rest of a tuple is another tuple in its last field.
            type = arguments[7];
        }
    }
}
