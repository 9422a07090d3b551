using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Frontend.Layouts;

namespace Mlir.Frontend.Expressions;

/// <summary>A scalar lambda applied to every element of tensors, which broadcast by the rules of NumPy.</summary>
public sealed class ElementwiseCall : Expression
{
    /// <summary>The call of <paramref name="scalar"/> on tensors or scalars of its parameters' types.</summary>
    /// <param name="scalar">Takes and returns scalars, or returns a tuple of scalars.</param>
    /// <param name="arguments">A tensor or scalar for each parameter.</param>
    /// <exception cref="ArgumentException">The numbers of parameters and arguments differ.</exception>
    public ElementwiseCall(LambdaExpression scalar, IEnumerable<Expression> arguments)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        (Scalar, Arguments) = (scalar, [.. arguments]);
        if (Scalar.Parameters.Count != Arguments.Length)
        {
            throw new ArgumentException($"{Arguments.Length} arguments for {Scalar.Parameters.Count} parameters");
        }

        Type = TensorsOf(scalar.ReturnType);
    }

    /// <summary>The scalar lambda.</summary>
    public LambdaExpression Scalar { get; }

    /// <summary>The tensors and scalars that it is applied to.</summary>
    public ImmutableArray<Expression> Arguments { get; }

    /// <inheritdoc/>
    public override Type Type { get; }

    /// <inheritdoc/>
    public override ExpressionType NodeType => ExpressionType.Extension;

    /// <summary><c>Tensor&lt;T></c> for a scalar type, a tuple of these for a tuple.</summary>
    private static Type TensorsOf(Type type) =>
        ScalarType.TryGet(type) is not null || TypeLayout.TryGet(type, out _) is not { IsLeaf: false }
            ? typeof(Tensor<>).MakeGenericType(type)
            : type.GetGenericTypeDefinition().MakeGenericType([.. type.GetGenericArguments().Select(TensorsOf)]);

    /// <inheritdoc/>
    protected override Expression VisitChildren(ExpressionVisitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        var arguments = Arguments.Select(a => visitor.Visit(a)).ToArray();
        var scalar = (LambdaExpression)visitor.Visit(Scalar);
        return scalar == Scalar && arguments.SequenceEqual(Arguments) ? this : new ElementwiseCall(scalar, arguments);
    }
}
