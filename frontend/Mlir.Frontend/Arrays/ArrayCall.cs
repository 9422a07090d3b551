using System.Linq.Expressions;
using Mlir.Dialects.Arith;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>One call of a function of <c>Mlir.Arrays</c> while it is imported; arguments go by the names of the function's parameters.</summary>
/// <param name="call">The call.</param>
/// <param name="arithmetic">Where operations go.</param>
/// <param name="tensors">Emits broadcasting and element-wise bodies.</param>
/// <param name="requireShapes">Makes the import begin anew with true ranks where tensors are taken as rows of elements.</param>
/// <param name="import">Imports an argument.</param>
/// <param name="unsupported">Makes the error for a call that has no compiled form.</param>
internal sealed class ArrayCall(
    MethodCallExpression call,
    Arithmetic arithmetic,
    TensorEmitter tensors,
    Action requireShapes,
    Func<Expression, Operand.Elements> import,
    Func<string, UnsupportedExpressionException> unsupported
)
{
    /// <summary>The function's name.</summary>
    public string Name => call.Method.Name;

    /// <summary>The type arguments of the function.</summary>
    public Type[] TypeArguments => call.Method.IsGenericMethod ? call.Method.GetGenericArguments() : [];

    /// <summary>Where operations go.</summary>
    public Arithmetic Arithmetic => arithmetic;

    /// <summary>Emits broadcasting and element-wise bodies.</summary>
    public TensorEmitter Elementwise => tensors;

    /// <summary>Emits array operations: sizes, <c>linalg.generic</c>, reductions along axes.</summary>
    public ArrayEmitter Emitter { get; } = new(arithmetic);

    /// <summary>The element type of the result.</summary>
    public ScalarType ResultType =>
        ScalarType.TryGet(call.Type.IsGenericType ? call.Type.GetGenericArguments()[0] : call.Type)
        ?? throw Unsupported("the result is neither a scalar nor a tensor");

    /// <summary>Makes sure that the arguments have their own ranks; needed by whatever depends on them.</summary>
    public void RequireShapes() => requireShapes();

    /// <summary>The error for a call that has no compiled form.</summary>
    public UnsupportedExpressionException Unsupported(string reason) => unsupported(reason);

    /// <summary>Whether the overload that is called has this parameter.</summary>
    public bool Has(string parameter) => IndexOf(parameter) >= 0;

    /// <summary>The expression that is passed.</summary>
    public Expression Expression(string parameter) =>
        IndexOf(parameter) is >= 0 and var index
            ? call.Arguments[index]
            : throw new ArgumentException($"{Name} has no parameter {parameter}", nameof(parameter));

    /// <summary>A scalar or a tensor.</summary>
    public Operand.Elements Elements(string parameter) => import(Expression(parameter));

    /// <summary>A tensor with its own rank.</summary>
    public Operand.Elements Tensor(string parameter)
    {
        requireShapes();
        return Elements(parameter) is { IsTensor: true } tensor
            ? tensor
            : throw Unsupported($"'{parameter}' must be a tensor");
    }

    /// <summary>A scalar.</summary>
    public Operand.Elements Scalar(string parameter) =>
        Elements(parameter) is { IsTensor: false } scalar
            ? scalar
            : throw Unsupported($"'{parameter}' must be a scalar");

    /// <summary>An integer as an <c>index</c>; it may be a variable.</summary>
    public Value Index(string parameter) => Index(Expression(parameter));

    /// <summary>The integers of an array that is written out in the call, each as an <c>index</c>; they may be variables.</summary>
    public Value[] Sizes(string parameter) => [.. Items(parameter).Select(Index)];

    /// <summary>The tensors of an array that is written out in the call.</summary>
    public Operand.Elements[] Tensors(string parameter)
    {
        requireShapes();
        return [.. Items(parameter).Select(import)];
    }

    /// <summary>Checks at run time that a size is not negative.</summary>
    public void RequireSize(Value size)
    {
        if (size.ConstInt is not { } known || known < 0)
        {
            arithmetic.Assert(
                arithmetic.CompareIndex(CmpIPredicate.Sge, size, arithmetic.Index(0)),
                "System.ArgumentException: sizes must not be negative, and there must be one"
            );
        }
    }

    /// <summary>The value of an argument that must be known while compiling.</summary>
    public T Known<T>(string parameter) =>
        KnownValue.TryRead(Expression(parameter), out var value) && value is T known
            ? known
            : throw Unsupported(
                $"'{parameter}' must be a constant or a static readonly field, because the compiled code depends on it; a lambda that is compiled by itself may take it from a captured variable"
            );

    /// <summary>As the one above, or <paramref name="otherwise"/> where the overload lacks the parameter.</summary>
    public T Known<T>(string parameter, T otherwise) => Has(parameter) ? Known<T>(parameter) : otherwise;

    /// <summary>The axis from 0 that <paramref name="parameter"/> names in a tensor of <paramref name="rank"/> dimensions.</summary>
    public int Axis(int rank, string parameter = "axis") =>
        Checked(() => Mlir.Arrays.Axes.Normalize(Known<int>(parameter), rank));

    /// <summary>Which dimensions the parameter <c>axis</c> or <c>axes</c> names.</summary>
    public bool[] Axes(int rank) =>
        Checked(() => Mlir.Arrays.Axes.Mark(Has("axes") ? Known<int[]>("axes") : [Known<int>("axis")], rank));

    /// <summary>Computes something from known arguments; what is wrong with them becomes an error that quotes the call.</summary>
    public T Checked<T>(Func<T> compute)
    {
        try
        {
            return compute();
        }
        catch (ArgumentException e)
        {
            throw Unsupported(e.Message);
        }
    }

    private IReadOnlyList<Expression> Items(string parameter) =>
        Expression(parameter) is NewArrayExpression { NodeType: ExpressionType.NewArrayInit } array
            ? array.Expressions
            : throw Unsupported($"'{parameter}' must be an array that is written out in the call");

    private Value Index(Expression expression)
    {
        if (KnownValue.TryRead(expression, out var value) && value is int known)
        {
            return arithmetic.Index(known);
        }

        var scalar = import(expression);
        return arithmetic.ToIndex(scalar.Value, scalar.Type);
    }

    private int IndexOf(string parameter) => Array.FindIndex(call.Method.GetParameters(), p => p.Name == parameter);
}
