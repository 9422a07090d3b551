using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Backends;
using Mlir.Frontend.Expressions;
using Mlir.Frontend.Layouts;
using Mlir.IR;
using Mlir.Lowering;
using Mlir.Runtime;

namespace Mlir.Execution;

/// <summary>Chooses for each call between a device and the host, by what the call would take on each, copies included.</summary>
/// <param name="text">The lambda, for messages.</param>
/// <param name="far">The kernel on the device.</param>
/// <param name="near">The kernel on the host.</param>
internal sealed class PlaceChoice(string text, KernelCode far, KernelCode near)
{
    private const int MostKnown = 1024;

    private readonly ConcurrentDictionary<KernelShape, bool> _known = new();
    private readonly Lazy<(MachineFigures? Far, MachineFigures? Near)> _figures = new(() =>
        (far.Backend.Figures(), near.Backend.Figures())
    );
    private bool _saidFar,
        _saidNear;
    private volatile bool _isRefused;

    /// <summary>A delegate that goes the one way or the other.</summary>
    /// <param name="lambda">The lambda.</param>
    /// <param name="arguments">What its kernel takes.</param>
    /// <param name="onFar">Calls the kernel on the device.</param>
    /// <param name="onNear">Calls the kernel on the host; of the same type.</param>
    /// <param name="before">Parameters of the delegate that come before those of the lambda.</param>
    public Delegate Between(
        LambdaExpression lambda,
        ImmutableArray<KernelArgument> arguments,
        Delegate onFar,
        Delegate onNear,
        params ReadOnlySpan<ParameterExpression> before
    )
    {
        var leaves = arguments.Select(
            Expression (a) =>
                a.Kind == LeafKind.Scalar
                    ? Expression.Constant(null)
                    : Expression.Convert(
                        TypeLayout.Read((Expression?)a.Captured ?? lambda.Parameters[a.Parameter], a.Leaf),
                        typeof(object)
                    )
        );
        ParameterExpression[] parameters = [.. before, .. lambda.Parameters];
        return Expression
            .Lambda(
                onFar.GetType(),
                Expression.Condition(
                    Expression.Call(
                        Expression.Constant(this),
                        typeof(PlaceChoice).GetMethod(nameof(IsFar))!,
                        Expression.NewArrayInit(typeof(object), leaves)
                    ),
                    Expression.Invoke(Expression.Constant(onFar), parameters),
                    Expression.Invoke(Expression.Constant(onNear), parameters)
                ),
                parameters
            )
            .Compile();
    }

    /// <summary>Whether a call goes to the device.</summary>
    /// <param name="leaves">The arguments; null for scalars.</param>
    public bool IsFar(object?[] leaves)
    {
        if (_isRefused)
        {
            return false;
        }

        var declared = near.Imported.Arguments;
        var shapes = new long[]?[leaves.Length];
        var sizes = new List<TensorShape>();
        for (var i = 0; i < leaves.Length; i++)
        {
            if (leaves[i] is { } leaf)
            {
                shapes[i] = ShapeOf(leaf);
                sizes.Add(new TensorShape([.. shapes[i]!]));
            }
            else if (declared[i].Kind != LeafKind.Scalar)
            {
                return false; // the call says what is wrong
            }
        }

        var key = new KernelShape(new EquatableArray<TensorShape>?([.. sizes]));
        if (_known.TryGetValue(key, out var isFar))
        {
            return isFar;
        }

        if (_known.Count >= MostKnown)
        {
            _known.Clear();
        }

        return _known[key] = Decide(shapes);
    }

    /// <summary>What a call would take, the faster place first; empty where nobody knows, so that the host it is.</summary>
    /// <param name="shapes">The shapes of the leaves; null for scalars.</param>
    public ImmutableArray<ExplainedPlace> Places(long[]?[] shapes)
    {
        if (_isRefused || _figures.Value is not ({ } farFigures, { } nearFigures))
        {
            return [];
        }

        var bytes = near
            .Imported.Arguments.Select(
                (a, i) => shapes[i] is { } shape ? Count(shape) * ElementTypes.Of(a.Element.ClrType).Size : 0
            )
            .Sum();
        var loops = near.ExplainLeaves(shapes);
        return
            nearFigures.Estimate(near.Backend.Name, loops, bytes) is { } onNear
            && farFigures.Estimate(far.Backend.Name, loops, bytes) is { } onFar
            ? onFar.Time < onNear.Time
                ? [onFar, onNear]
                : [onNear, onFar]
            : [];
    }

    private bool Decide(long[]?[] shapes)
    {
        ImmutableArray<ExplainedPlace> places;
        try
        {
            places = Places(shapes);
        }
        catch (Exception e)
            when (e is ArgumentException or DiagnosticException or Frontend.UnsupportedExpressionException)
        {
            return false; // the call says what is wrong
        }

        var isFar = places is [var best, ..] && best.Target == far.Backend.Name && CanRunFar(shapes);
        ref var said = ref isFar ? ref _saidFar : ref _saidNear;
        if (!Interlocked.Exchange(ref said, true) && places is [_, _])
        {
            Trace.TraceInformation(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{text}' runs on {(isFar ? far : near).Backend.Name}: about {places[0].Time.TotalMicroseconds:N0} µs on {places[0].Target}, {places[1].Time.TotalMicroseconds:N0} µs on {places[1].Target}."
                )
            );
        }

        return isFar;
    }

    /// <summary>Compiles, because what the device cannot do shows only then.</summary>
    private bool CanRunFar(long[]?[] shapes)
    {
        try
        {
            _ = far.VersionFor([
                .. shapes
                    .Where((_, i) => far.Imported.Arguments[i].Kind == LeafKind.Tensor)
                    .Select(shape => Array.ConvertAll(shape!, static length => (nint)length)),
            ]);
            return true;
        }
        catch (DiagnosticException refused)
        {
            _isRefused = true;
            TraceRefused(text, far.Backend.Name, near.Backend.Name, refused);
            return false;
        }
    }

    /// <summary>Says that a device cannot do what a kernel does.</summary>
    public static void TraceRefused(string text, string far, string near, DiagnosticException refused) =>
        Trace.TraceInformation($"'{text}' runs on {near}, because it cannot on {far}: {refused.Message}");

    private static long Count(long[] shape) => shape.Aggregate(1L, static (product, length) => product * length);

    private static long[] ShapeOf(object leaf) =>
        leaf switch
        {
            IReadOnlyTensor tensor => Array.ConvertAll(tensor.Lengths.ToArray(), static length => (long)length),
            Array array => [.. Enumerable.Range(0, array.Rank).Select(array.GetLongLength)],
            _ => [((string)leaf).Length],
        };
}
