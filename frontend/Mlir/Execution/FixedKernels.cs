using System.Linq.Expressions;
using Mlir.Frontend.Expressions;

namespace Mlir.Execution;

/// <summary>The kernels of one lambda for the values that captured variables had where code depends on them; each call takes the one for their present values.</summary>
internal sealed class FixedKernels<TDelegate>
    where TDelegate : Delegate
{
    // Kernels for values that come back are kept, up to so many.
    private const int MostKept = 64;

    private readonly Expression<TDelegate> _lambda;
    private readonly KnownArguments _known;
    private readonly Func<Expression<TDelegate>, Kernel<TDelegate>> _compile;
    private readonly Lock _gate = new();
    private readonly List<Entry> _kept = [];
    private volatile Entry _last;

    /// <summary>Compiles the kernel for the present values.</summary>
    /// <param name="lambda">The lambda.</param>
    /// <param name="known">What its code depends on.</param>
    /// <param name="compile">Compiles it with values in those places.</param>
    public FixedKernels(
        Expression<TDelegate> lambda,
        KnownArguments known,
        Func<Expression<TDelegate>, Kernel<TDelegate>> compile
    )
    {
        (_lambda, _known, _compile) = (lambda, known, compile);
        _last = Find(known.Read());
    }

    /// <summary>The kernel for the present values, compiled if there is none.</summary>
    public Kernel<TDelegate> Current
    {
        get
        {
            var (values, last) = (_known.Read(), _last);
            return (KnownArguments.Same(values, last.Values) ? last : _last = Find(values)).Kernel;
        }
    }

    /// <summary>A delegate that calls the present kernel.</summary>
    public TDelegate Invoke() => (TDelegate)Through(nameof(Kernel<>.Invoke), typeof(TDelegate), _lambda.Parameters);

    /// <summary>A delegate that has the present kernel write into given memory.</summary>
    public Delegate InvokeInto() =>
        Through(
            nameof(Kernel<>.InvokeInto),
            Current.InvokeInto.GetType(),
            [Expression.Parameter(_lambda.ReturnType), .. _lambda.Parameters]
        );

    private Delegate Through(string property, Type type, IReadOnlyList<ParameterExpression> parameters)
    {
        var kernel = Expression.Property(Expression.Constant(this), nameof(Current));
        var target = Expression.Convert(Expression.Property(kernel, property), type);
        return Expression.Lambda(type, Expression.Invoke(target, parameters), parameters).Compile();
    }

    private Entry Find(object?[] values)
    {
        lock (_gate)
        {
            if (_kept.Find(e => KnownArguments.Same(values, e.Values)) is { } kept)
            {
                return kept;
            }

            // Arrays may be written to later.
            object?[] own = [.. values.Select(static v => v is Array array ? array.Clone() : v)];
            var made = new Entry(own, _compile(_known.Fix(_lambda, own)));
            if (_kept.Count == MostKept)
            {
                _kept.RemoveAt(0);
            }

            _kept.Add(made);
            return made;
        }
    }

    private sealed record Entry(object?[] Values, Kernel<TDelegate> Kernel);
}
