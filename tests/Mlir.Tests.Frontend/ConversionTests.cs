using System.Linq.Expressions;

namespace Mlir.Tests.Frontend;

/// <summary>Every conversion between numeric types, checked and unchecked, on all special values.</summary>
public sealed class ConversionTests
{
    public static IEnumerable<object[]> Pairs =>
        from source in SpecialValues.Numbers.Append(typeof(char))
        from target in SpecialValues.Numbers.Append(typeof(char))
        where source != target && CanConvert(source, target) && !(IsNative(source) && IsInt32(target))
        select new object[] { source, target };

    [TestCaseSource(nameof(Pairs))]
    public void Casts_mean_what_CSharp_means(Type source, Type target)
    {
        var x = Expression.Parameter(source, "x");
        OperatorTests.CheckUntyped(
            Expression.Lambda(Expression.Convert(x, target), x),
            Differential.Combinations(source)
        );
        if (source != typeof(Half) && target != typeof(Half))
        {
            OperatorTests.CheckUntyped(
                Expression.Lambda(Expression.ConvertChecked(x, target), x),
                Differential.Combinations(source)
            );
        }
    }

    [Test]
    public void Native_integers_keep_their_low_bits()
    {
        var narrow = Jit.Compile((nint x) => (int)x).Invoke;
        foreach (var value in SpecialValues.Of(typeof(nint)))
        {
            Assert.That(narrow((nint)value), Is.EqualTo(unchecked((int)(nint)value)));
        }
    }

    /// <summary>For these the tree's own compiler calls the checked operator of IntPtr, whatever the C# context said.</summary>
    private static bool IsNative(Type type) => type == typeof(nint) || type == typeof(nuint);

    private static bool IsInt32(Type type) => type == typeof(int) || type == typeof(uint);

    private static bool CanConvert(Type source, Type target)
    {
        try
        {
            Expression.Convert(Expression.Parameter(source), target);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
