using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Numerics.Tensors;
using System.Text;

namespace Mlir.Dataflow;

/// <summary>The names that types have in graphs, the same in every process.</summary>
/// <remarks>
/// C#'s keywords for its own types, <c>Tensor&lt;double&gt;</c>, <c>double[]</c>, <c>int?</c> and <c>(A, B)</c>; every other type has its namespace
/// and the types that it is declared in before its name: <c>Company.Graphs.Outer.Inner&lt;double&gt;</c>.
/// </remarks>
public static class TypeName
{
    private static readonly FrozenDictionary<Type, string> Known = new Dictionary<Type, string>
    {
        [typeof(bool)] = "bool",
        [typeof(sbyte)] = "sbyte",
        [typeof(byte)] = "byte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(char)] = "char",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(void)] = "void",
        [typeof(Tensor<>)] = "Tensor",
    }.ToFrozenDictionary();

    private static readonly ConcurrentDictionary<Type, string> Names = new();

    /// <summary>The name of <paramref name="type"/>.</summary>
    public static string Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (Known.TryGetValue(type, out var known))
        {
            return known;
        }

        // A type that can be unloaded again must not be held here.
        return type.IsCollectible ? Write(type) : Names.GetOrAdd(type, Write);
    }

    private static string Write(Type type)
    {
        if (type.IsArray)
        {
            return WriteArray(type);
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying) + "?";
        }

        if (IsTuple(type))
        {
            return $"({string.Join(", ", TupleItems(type).Select(Of))})";
        }

        var name = new StringBuilder();
        WriteNamed(type, type.GetGenericArguments(), name);
        return name.ToString();
    }

    // C# writes the rank of the outermost array first.
    private static string WriteArray(Type type)
    {
        var ranks = new StringBuilder();
        while (type.IsArray)
        {
            ranks.Append('[').Append(',', type.GetArrayRank() - 1).Append(']');
            type = type.GetElementType()!;
        }

        return Of(type) + ranks;
    }

    private static void WriteNamed(Type type, Type[] arguments, StringBuilder name)
    {
        // A nested type's arguments begin with those of the type around it.
        var outer = 0;
        if (type.DeclaringType is { } declaring)
        {
            outer = declaring.GetGenericArguments().Length;
            WriteNamed(declaring, arguments, name);
            name.Append('.');
        }
        else if (
            !string.IsNullOrEmpty(type.Namespace)
            && !(type.IsGenericType && Known.ContainsKey(type.GetGenericTypeDefinition()))
        )
        {
            name.Append(type.Namespace).Append('.');
        }

        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        name.Append(tick < 0 ? type.Name : type.Name[..tick]);
        var own = type.GetGenericArguments().Length;
        if (own > outer)
        {
            name.Append('<').AppendJoin(", ", arguments[outer..own].Select(Of)).Append('>');
        }
    }

    private static bool IsTuple(Type type) =>
        type is { IsGenericType: true, IsGenericTypeDefinition: false }
        && type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal)
        && type.GetGenericArguments() is { Length: > 1 } items
        && (
            items.Length < 8
            || IsTuple(items[7])
            || items[7].FullName is { } rest && rest.StartsWith("System.ValueTuple`1[", StringComparison.Ordinal)
        );

    // Beyond seven items the rest of a tuple is another tuple in its last field.
    private static IEnumerable<Type> TupleItems(Type type)
    {
        while (type.GetGenericArguments() is { Length: 8 } items)
        {
            foreach (var item in items[..7])
            {
                yield return item;
            }

            type = items[7];
        }

        foreach (var item in type.GetGenericArguments())
        {
            yield return item;
        }
    }
}
