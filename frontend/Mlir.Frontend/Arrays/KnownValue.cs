using System.Linq.Expressions;
using Mlir.Frontend.Expressions;

namespace Mlir.Frontend.Arrays;

/// <summary>Arguments that are known while compiling: constants, static readonly scalars, and arrays of these.</summary>
internal static class KnownValue
{
    /// <summary>Reads the value of <paramref name="expression"/>, if it can never change.</summary>
    public static bool TryRead(Expression expression, out object? value)
    {
        switch (expression)
        {
            case ConstantExpression constant:
                value = constant.Value;
                return true;
            case MemberExpression member when CapturedVariables.IsFixed(member):
                value = CapturedVariables.Read(member);
                return true;
            case UnaryExpression { NodeType: ExpressionType.Negate, Operand: var operand }
                when TryRead(operand, out var negated) && negated is int number:
                value = -number;
                return true;
            case NewArrayExpression { NodeType: ExpressionType.NewArrayInit } array:
                var items = Array.CreateInstance(array.Type.GetElementType()!, array.Expressions.Count);
                for (var i = 0; i < items.Length; i++)
                {
                    if (!TryRead(array.Expressions[i], out var item))
                    {
                        value = null;
                        return false;
                    }

                    items.SetValue(item, i);
                }

                value = items;
                return true;
            default:
                value = null;
                return false;
        }
    }
}
