using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Mlir.Frontend;
using Mlir.Frontend.Expressions;
using Mlir.IR;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Tests.Frontend.Surface;

/// <summary>The page that says of every function of <c>Tensor</c> what the compiler makes of it.</summary>
internal static class SurfacePage
{
    private const string Head = """
        # The surface of `System.Numerics.Tensors.Tensor`

        Every public static name of `Tensor`, and the members of `Tensor<T>` that an expression tree can hold, with what `Jit.Compile` makes of it. A test
        writes this page from what it runs (`MLIR_UPDATE_GOLDENS=1 dotnet test tests/Mlir.Tests.Frontend --filter Surface`), and checks it in every other run.

        - *compiled*: all overloads that an expression tree can hold compile, for the element types named; mixes of tensors and scalars too.
        - *not*: with the reason. What depends on no argument of the lambda can be computed before the call and captured.
        - *ulp*: the largest distance from eager, over all overloads and element types, rounded up to a power of two. It is measured on special values
          and ordinary ones, for reductions of floats on numbers about 1. Machine code and interpreter always agree bit for bit. Much of the distance is
          eager's own: names with `M1` and `P1` are compositions that cancel digits there, so they are compared in units of 1 at least.

        Strided tensors are taken as their dense copies, so that what asks how elements lie in memory (`IsDense`, `Strides`) is not compiled. C# allows no
        call of a method that returns a reference in an expression tree; that excludes `x[i, j]` and `x.Lengths[i]`.

        | name | status | element types | ulp | note |
        |---|---|---|---|---|
        """;

    /// <summary>The element types in question.</summary>
    public static IReadOnlyList<Type> Types { get; } = [.. SpecialValues.Numbers, typeof(bool), typeof(char)];

    /// <summary>Every name: static ones, members of <c>Tensor&lt;T></c>, then those of <c>TensorPrimitives</c> only.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. SurfaceReader.Names,
        .. SurfaceShapes
            .Of<int>()
            .Select(c => c.Name)
            .Distinct()
            .Except(SurfaceReader.Names)
            .Order(StringComparer.Ordinal),
        .. SurfaceReader.PrimitiveNames,
    ];

    private static string File => Path.Combine(Folder(), "..", "..", "..", "docs", "tensor-surface.md");

    /// <summary>The lines of the page as it is.</summary>
    public static IReadOnlyDictionary<string, SurfaceRow> Read() =>
        System.IO.File.ReadLines(File).Select(SurfaceRow.TryRead).OfType<SurfaceRow>().ToDictionary(r => r.Name);

    /// <summary>Writes the page anew.</summary>
    public static void Write(IEnumerable<SurfaceRow> rows)
    {
        var text = new StringBuilder(Head).Append('\n');
        foreach (var row in rows)
        {
            text.Append(row).Append('\n');
        }

        System.IO.File.WriteAllText(File, text.ToString());
    }

    /// <summary>What the compiler makes of a function, as to the reading of expressions.</summary>
    public static SurfaceRow RowOf(string name)
    {
        var taken = Types.Where(t => Lambdas(name, t).Any()).ToArray();
        var errors = taken
            .Select(t =>
                (
                    Type: t,
                    Error: Lambdas(name, t).Select(c => Import(c.Lambda, c.Shape)).FirstOrDefault(e => e is not null)
                )
            )
            .Where(e => e.Error is not null)
            .ToArray();
        if (taken.Length == 0 || errors.Length == taken.Length)
        {
            var reason = SurfaceReasons.Of(name) ?? errors.FirstOrDefault().Error ?? "no expression tree can hold it";
            return new SurfaceRow(name, "not", "", "", reason);
        }

        var compiled = taken.Except(errors.Select(e => e.Type)).ToArray();
        var note = SurfaceOracle.WhyNotEager(name) ?? "";
        return new SurfaceRow(
            name,
            "compiled",
            Text(compiled),
            "",
            errors.Length > 0 ? $"not for {Text([.. errors.Select(e => e.Type)])}" : note
        );
    }

    /// <summary>Whether the function takes elements of this type, and compiles for them.</summary>
    public static bool Takes(string name, Type element) =>
        Lambdas(name, element).ToArray() is { Length: > 0 } all && all.All(c => Import(c.Lambda, c.Shape) is null);

    /// <summary>The largest distance from eager for an element type; null when there is nothing to compare.</summary>
    public static (ulong Ulp, string? Where)? Measure(string name, Type element)
    {
        if (SurfaceReader.IsOfShapes(name))
        {
            (ulong Ulp, string? Where) worst = (0, null);
            foreach (var item in Lambdas(name, element))
            {
                var measured = SurfaceRun.Of(name, item.Lambda, ArgumentsOf(element));
                worst = measured.Ulp >= worst.Ulp ? measured : worst;
            }

            return worst;
        }

        return SurfaceReader.Find(name, element) is { } found ? SurfaceRun.Of(found) : null;
    }

    /// <summary>The bound that the page gives for a distance.</summary>
    public static ulong Bound(string name, ulong ulp)
    {
        // The order in which eager adds up depends on the processor's vectors.
        var least = SurfaceRun.IsSum(name) ? 4 : ulp;
        return Math.Max(least, ulp) is 0 ? 0 : System.Numerics.BitOperations.RoundUpToPowerOf2(Math.Max(least, ulp));
    }

    /// <summary>The lambdas of a function for an element type, with arguments; none where it does not compile.</summary>
    public static IEnumerable<(LambdaExpression Lambda, object[] Arguments)> Calls(string name, Type element)
    {
        if (!Takes(name, element))
        {
            return [];
        }

        return SurfaceReader.IsOfShapes(name)
            ? Lambdas(name, element).Select(c => (c.Lambda, ArgumentsOf(element)))
            : [(SurfaceReader.Find(name, element)!.Lambda, SurfaceRun.ArgumentsOf(name, element))];
    }

    private static IEnumerable<(LambdaExpression Lambda, KernelShape Shape)> Lambdas(string name, Type element)
    {
        if (SurfaceReader.IsOfShapes(name))
        {
            var shapes = new[] { new nint[] { 2, 3, 4 }, [1, 4], [6] }.Select(s => TensorShape.Of(s));
            var all = (IReadOnlyList<(string Name, LambdaExpression Lambda)>)Invoke(nameof(SurfaceShapes.Of), element);
            return all.Where(c => c.Name == name)
                .Select(c => (c.Lambda, new KernelShape(new EquatableArray<TensorShape>?([.. shapes]))));
        }

        return SurfaceReader.Find(name, element) is { } item ? [(item.Lambda, KernelShape.SameShape)] : [];
    }

    private static object[] ArgumentsOf(Type element) => (object[])Invoke(nameof(SurfaceShapes.Arguments), element);

    private static object Invoke(string method, Type element) =>
        typeof(SurfaceShapes)
            .GetMethod(method, BindingFlags.Public | BindingFlags.Static)!
            .MakeGenericMethod(element)
            .Invoke(null, null)!;

    private static string? Import(LambdaExpression lambda, KernelShape shape)
    {
        try
        {
            ExpressionImporter.Import(lambda, CallSite.Unknown, shape);
            return null;
        }
        catch (UnsupportedExpressionException e)
        {
            return e.Message.Split("`: ")[^1];
        }
    }

    private static string Text(IReadOnlyList<Type> types)
    {
        var parts = new List<string>();
        var rest = types.ToList();
        foreach (
            var (name, group) in new[]
            {
                ("numbers", SpecialValues.Numbers),
                ("integers", SpecialValues.Integers),
                ("floats", SpecialValues.Floats),
            }
        )
        {
            if (group.All(rest.Contains))
            {
                parts.Add(name);
                rest.RemoveAll(group.Contains);
            }
        }

        return string.Join(", ", parts.Concat(rest.Select(t => $"`{CSharpName(t)}`")));
    }

    private static string CSharpName(Type type) =>
        type == typeof(bool) ? "bool"
        : type == typeof(char) ? "char"
        : type.Name;

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
