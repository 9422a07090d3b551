using System.Collections.Concurrent;
using System.Linq.Expressions;
using Mlir.Frontend;

namespace Mlir.Dataflow;

/// <summary>C#'s implicit conversions between numbers, as translators that need not be registered: an <c>int</c> is given where a <c>double</c> is taken.</summary>
internal static class ScalarConversions
{
    /// <summary>The name of the plugin that the conversions are of.</summary>
    public const string Plugin = "implicit";
    private static readonly ConcurrentDictionary<(Type From, Type To), Translator?> Conversions = new();

    /// <summary>The conversion; null where C# has none without a cast.</summary>
    public static Translator? Find(Type from, Type to) =>
        Conversions.GetOrAdd((from, to), static p => Make(p.From, p.To));

    /// <summary>The conversion of this id, <c>implicit.int-to-double</c>; null when there is none.</summary>
    public static Translator? Find(string id)
    {
        if (!id.StartsWith(Plugin + ".", StringComparison.Ordinal))
        {
            return null;
        }

        foreach (var from in ScalarType.All)
        {
            foreach (var to in ScalarType.All)
            {
                if (Id(from.ClrType, to.ClrType) == id)
                {
                    return Find(from.ClrType, to.ClrType);
                }
            }
        }

        return null;
    }

    private static string Id(Type from, Type to) => $"{Plugin}.{TypeName.Of(from)}-to-{TypeName.Of(to)}";

    private static Translator? Make(Type from, Type to)
    {
        if (
            from.IsEnum
            || to.IsEnum
            || from == to
            || ScalarType.TryGet(from) is not { } source
            || ScalarType.TryGet(to) is not { } target
            || !source.ConvertsImplicitlyTo(target)
        )
        {
            return null;
        }

        var parameter = Expression.Parameter(from, "value");
        var lambda = Expression.Lambda(Expression.GetFuncType(from, to), Expression.Convert(parameter, to), parameter);
        return new Translator(
            Id(from, to),
            Plugin,
            [new TaskParameter("value", from)],
            to,
            1,
            lambda,
            null,
            CallSite.Unknown,
            Invokers.Of(lambda)
        )
        {
            Member = $"C#'s conversion from {TypeName.Of(from)} to {TypeName.Of(to)}",
            Registration = int.MaxValue,
        };
    }
}
