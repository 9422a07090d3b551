using System.Linq.Expressions;
using System.Reflection;

namespace Mlir.Tests.Frontend;

/// <summary>Every operator on every type, on all pairs of special values, means what C# means, exceptions included.</summary>
public sealed class OperatorTests
{
    private static readonly ExpressionType[] Arithmetic =
    [
        ExpressionType.Add,
        ExpressionType.Subtract,
        ExpressionType.Multiply,
        ExpressionType.Divide,
        ExpressionType.Modulo,
    ];

    private static readonly ExpressionType[] Checked =
    [
        ExpressionType.AddChecked,
        ExpressionType.SubtractChecked,
        ExpressionType.MultiplyChecked,
    ];

    private static readonly ExpressionType[] Bitwise =
    [
        ExpressionType.And,
        ExpressionType.Or,
        ExpressionType.ExclusiveOr,
    ];

    private static readonly ExpressionType[] Comparisons =
    [
        ExpressionType.Equal,
        ExpressionType.NotEqual,
        ExpressionType.LessThan,
        ExpressionType.LessThanOrEqual,
        ExpressionType.GreaterThan,
        ExpressionType.GreaterThanOrEqual,
    ];

    public static IEnumerable<object[]> BinaryCases =>
        [
            .. from type in SpecialValues.Numbers.Where(HasOperators)
            from op in Arithmetic
            select new object[] { type, op },
            .. from type in SpecialValues.Integers.Where(HasOperators)
            from op in Checked.Concat(Bitwise)
            select new object[] { type, op },
            .. from type in SpecialValues.Numbers.Append(typeof(char)).Where(HasOperators)
            from op in Comparisons
            select new object[] { type, op },
            .. from op in Bitwise.Append(ExpressionType.Equal).Append(ExpressionType.NotEqual)
            select new object[] { typeof(bool), op },
        ];

    public static IEnumerable<Type> WithOperators => SpecialValues.Numbers.Where(HasOperators);

    public static IEnumerable<Type> IntegersWithOperators => SpecialValues.Integers.Where(HasOperators);

    /// <summary>Expression trees know no operators on native integers: C# lambdas with them fail before any compiler sees them.</summary>
    private static bool HasOperators(Type type) => type != typeof(nint) && type != typeof(nuint);

    [TestCaseSource(nameof(BinaryCases))]
    public void Binary_operators_mean_what_CSharp_means(Type type, ExpressionType op)
    {
        var (x, y) = (Expression.Parameter(type, "x"), Expression.Parameter(type, "y"));
        var promoted = Promote(type);
        var body = Expression.MakeBinary(op, Widen(x, promoted), Widen(y, promoted));
        CheckUntyped(Expression.Lambda(body, x, y), Differential.Combinations(type, type));
    }

    [TestCaseSource(nameof(WithOperators))]
    public void Unary_operators_mean_what_CSharp_means(Type type)
    {
        var x = Expression.Parameter(type, "x");
        var promoted = Widen(x, Promote(type));
        var isUnsigned =
            promoted.Type == typeof(uint) || promoted.Type == typeof(ulong) || promoted.Type == typeof(nuint);
        if (!isUnsigned)
        {
            CheckUntyped(Expression.Lambda(Expression.Negate(promoted), x), Differential.Combinations(type));
        }

        if (SpecialValues.Integers.Contains(type))
        {
            CheckUntyped(Expression.Lambda(Expression.Not(promoted), x), Differential.Combinations(type));
            if (!isUnsigned)
            {
                CheckUntyped(Expression.Lambda(Expression.NegateChecked(promoted), x), Differential.Combinations(type));
            }
        }
    }

    [TestCaseSource(nameof(IntegersWithOperators))]
    public void Shifts_mask_their_count_as_CSharp_does(Type type)
    {
        var (x, n) = (Expression.Parameter(type, "x"), Expression.Parameter(typeof(int), "n"));
        CheckUntyped(
            Expression.Lambda(Expression.LeftShift(Widen(x, Promote(type)), n), x, n),
            Differential.Combinations(type, typeof(int))
        );
        CheckUntyped(
            Expression.Lambda(Expression.RightShift(Widen(x, Promote(type)), n), x, n),
            Differential.Combinations(type, typeof(int))
        );
    }

    [Test]
    public void Short_circuits_do_not_run_what_they_skip()
    {
        Differential.Check((int x, int y) => y != 0 && x / y > 2, Differential.Combinations(typeof(int), typeof(int)));
        Differential.Check((int x, int y) => y == 0 || x % y == 1, Differential.Combinations(typeof(int), typeof(int)));
        Differential.Check(
            (bool x, bool y) => x && !y || y && !x,
            Differential.Combinations(typeof(bool), typeof(bool))
        );
    }

    [Test]
    public void A_choice_runs_only_the_side_it_takes()
    {
        Differential.Check((int x, int y) => y == 0 ? 0 : x / y, Differential.Combinations(typeof(int), typeof(int)));
        Differential.Check(
            (double x, double y) => x > y ? x : y,
            Differential.Combinations(typeof(double), typeof(double))
        );
        Differential.Check(
            (float x) =>
                x < 0 ? -x
                : x == 0 ? 1
                : x,
            Differential.Combinations(typeof(float))
        );
    }

    private static Type Promote(Type type) =>
        type == typeof(sbyte)
        || type == typeof(byte)
        || type == typeof(short)
        || type == typeof(ushort)
        || type == typeof(char)
            ? typeof(int)
            : type;

    private static Expression Widen(Expression x, Type type) => x.Type == type ? x : Expression.Convert(x, type);

    internal static void CheckUntyped(LambdaExpression lambda, IEnumerable<object[]> inputs, ulong ulp = 0) =>
        typeof(Differential)
            .GetMethods()
            .Single(m => m.Name == nameof(Differential.Check) && m.GetGenericArguments().Length == 1)
            .MakeGenericMethod(lambda.Type)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [lambda, inputs, ulp], null);
}
