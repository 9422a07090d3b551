using System.Collections.Immutable;
using System.Linq.Expressions;

namespace Mlir.Frontend.Expressions;

/// <summary>A lambda of two scalars used as NumPy uses a binary universal function.</summary>
public sealed class FoldCall : Expression
{
    /// <summary>A use of <paramref name="combine"/>.</summary>
    /// <param name="form">Which.</param>
    /// <param name="combine">Combines two scalars.</param>
    /// <param name="type">The type of the result.</param>
    /// <param name="axis">The dimension it runs along, from the last one where negative; null for all.</param>
    /// <param name="keepDims">Whether a reduced dimension stays, with size 1.</param>
    /// <param name="arguments">What <paramref name="form"/> says.</param>
    public FoldCall(
        FoldForm form,
        LambdaExpression combine,
        Type type,
        int? axis,
        bool keepDims,
        IEnumerable<Expression> arguments
    ) => (Form, Combine, Type, Axis, KeepDims, Arguments) = (form, combine, type, axis, keepDims, [.. arguments]);

    /// <summary>Which use this is.</summary>
    public FoldForm Form { get; }

    /// <summary>Combines two scalars.</summary>
    public LambdaExpression Combine { get; }

    /// <summary>The dimension it runs along, or null for all.</summary>
    public int? Axis { get; }

    /// <summary>Whether a reduced dimension stays, with size 1.</summary>
    public bool KeepDims { get; }

    /// <summary>The operands.</summary>
    public ImmutableArray<Expression> Arguments { get; }

    /// <inheritdoc/>
    public override Type Type { get; }

    /// <inheritdoc/>
    public override ExpressionType NodeType => ExpressionType.Extension;

    /// <inheritdoc/>
    protected override Expression VisitChildren(ExpressionVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        var arguments = Arguments.Select(a => visitor.Visit(a)).ToArray();
        var combine = (LambdaExpression)visitor.Visit(Combine);
        return combine == Combine && arguments.SequenceEqual(Arguments)
            ? this
            : new FoldCall(Form, combine, Type, Axis, KeepDims, arguments);
    }
}
