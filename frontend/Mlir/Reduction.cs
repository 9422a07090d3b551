using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Frontend;
using Mlir.Frontend.Expressions;

namespace Mlir;

/// <summary>A function of two scalars as NumPy uses a binary universal function, made by <c>Jit.Reduce</c>. Each use compiles when it is first made.</summary>
/// <remarks>Calls may come from several threads at once.</remarks>
/// <typeparam name="T">The type of elements and results.</typeparam>
public sealed class Reduction<T>
    where T : unmanaged
{
    private readonly ConcurrentDictionary<(FoldForm Form, int? Axis, bool KeepDims), Delegate> _uses = new();
    private readonly Expression<Func<T, T, T>> _combine;
    private readonly T _identity;
    private readonly JitOptions? _options;
    private readonly CallSite _site;

    internal Reduction(Expression<Func<T, T, T>> combine, T identity, JitOptions? options, CallSite site)
    {
        (_combine, _identity, _options, _site) = (combine, identity, options, site);

        // What cannot be compiled is said now.
        _ = Whole;
    }

    private Func<Tensor<T>, T> Whole => Use<Func<Tensor<T>, T>>(FoldForm.Reduce, typeof(T), null, false);

    /// <summary>Combines all elements.</summary>
    /// <param name="x">A tensor of any shape.</param>
    /// <returns>The identity when there are none.</returns>
    public T Reduce(Tensor<T> x) => Whole(x);

    /// <summary>Combines the elements along one dimension.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The dimension; a negative one counts from the end.</param>
    /// <param name="keepDims">Whether the dimension stays, with size 1.</param>
    /// <exception cref="UnsupportedExpressionException">There is no such dimension.</exception>
    public Tensor<T> Reduce(Tensor<T> x, int axis, bool keepDims = false) =>
        Use<Func<Tensor<T>, Tensor<T>>>(FoldForm.Reduce, typeof(Tensor<T>), axis, keepDims)(x);

    /// <summary>Combines each element with those before it along one dimension, from the first to the last.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The dimension; a negative one counts from the end.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <exception cref="UnsupportedExpressionException">There is no such dimension.</exception>
    public Tensor<T> Accumulate(Tensor<T> x, int axis = 0) =>
        Use<Func<Tensor<T>, Tensor<T>>>(FoldForm.Accumulate, typeof(Tensor<T>), axis, false)(x);

    /// <summary>Combines each element of one tensor with each of another.</summary>
    /// <param name="x">The tensor whose dimensions come first in the result.</param>
    /// <param name="y">The other tensor.</param>
    public Tensor<T> Outer(Tensor<T> x, Tensor<T> y) =>
        Use<Func<Tensor<T>, Tensor<T>, Tensor<T>>>(FoldForm.Outer, typeof(Tensor<T>), null, false)(x, y);

    /// <summary>Combines values into elements at given places, one after the other, so that a place may be named several times.</summary>
    /// <param name="x">A tensor of one dimension; it is not changed.</param>
    /// <param name="places">The places, from 0.</param>
    /// <param name="values">A value for each.</param>
    /// <returns><paramref name="x"/> with the values combined into it.</returns>
    /// <exception cref="IndexOutOfRangeException">A place lies outside.</exception>
    /// <exception cref="ArgumentException">There is not one value for each place.</exception>
    public Tensor<T> At(Tensor<T> x, Tensor<nint> places, Tensor<T> values) =>
        Use<Func<Tensor<T>, Tensor<nint>, Tensor<T>, Tensor<T>>>(FoldForm.At, typeof(Tensor<T>), null, false)(
            x,
            places,
            values
        );

    private TDelegate Use<TDelegate>(FoldForm form, Type result, int? axis, bool keepDims)
        where TDelegate : Delegate
    {
        // All elements and those along a dimension differ in their result, which the dimension says.
        var key = (form, axis, keepDims);
        return (TDelegate)(_uses.TryGetValue(key, out var made) ? made : _uses.GetOrAdd(key, _ => Make()));

        TDelegate Make()
        {
            var types = typeof(TDelegate).GetGenericArguments();
            var parameters = types[..^1].Select((t, i) => Expression.Parameter(t, $"x{i}")).ToArray();
            Expression[] arguments = form is FoldForm.Reduce or FoldForm.Accumulate
                ? [.. parameters, Expression.Constant(_identity, typeof(T))]
                : [.. parameters];
            var call = new FoldCall(form, _combine, result, axis, keepDims, arguments);
            return Jit.Compile(
                Expression.Lambda<TDelegate>(call, parameters),
                _options,
                _site.Text,
                _site.File,
                _site.Line
            ).Invoke;
        }
    }
}
