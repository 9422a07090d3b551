using System.Linq.Expressions;
using Mlir.Dialects.Arith;
using Mlir.Dialects.Tensor;
using Mlir.IR;

namespace Mlir.Frontend.Expressions;

/// <content>Elements and sizes of arrays.</content>
public sealed partial class ExpressionImporter
{
    private const string IndexOutOfRange =
        "System.IndexOutOfRangeException: Index was outside the bounds of the array.";

    /// <summary><c>a[i]</c> and <c>a[i, j]</c>.</summary>
    private Operand.Elements ImportArrayAccess(
        Expression access,
        Expression array,
        IReadOnlyList<Expression> subscripts
    )
    {
        var elements = ImportElements(array);
        var indices = subscripts.Select(ImportScalar).ToArray();
        return At(
            access,
            () =>
            {
                var positions = new Value[indices.Length];
                for (var i = 0; i < positions.Length; i++)
                {
                    positions[i] = CheckedPosition(indices[i], elements.Value, i);
                }

                return elements with
                {
                    Value = _arithmetic.Emit(new ExtractOp(_arithmetic.Location, elements.Value, positions)),
                };
            }
        );
    }

    /// <summary>A subscript that was checked against the size of a dimension.</summary>
    private Value CheckedPosition(Operand.Elements index, Value array, int dimension)
    {
        // As an unsigned number a negative index is far too large, so one comparison catches both ends.
        var position = ToIndex(index);
        var size = _arithmetic.Dim(array, dimension);
        _arithmetic.Assert(
            _arithmetic.Emit(new CmpIOp(_arithmetic.Location, position, size, CmpIPredicate.Ult)),
            IndexOutOfRange
        );
        return position;
    }

    private Value ToIndex(Operand.Elements number) =>
        _arithmetic.Emit(
            new IndexCastOp(
                _arithmetic.Location,
                _arithmetic.Convert(number.Value, number.Type, ScalarType.Int64),
                IndexType.Instance
            )
        );

    private Value FromIndex(Value index, ScalarType type) =>
        _arithmetic.Emit(new IndexCastOp(_arithmetic.Location, index, type.IrType));

    /// <summary><c>a.GetLength(d)</c> of a constant dimension.</summary>
    private Operand.Elements ImportArrayLength(MethodCallExpression call)
    {
        var array = ImportElements(call.Object!);
        var rank = ((RankedTensorType)array.Value.Type).Rank;
        return call.Arguments[0] is ConstantExpression { Value: int dimension } && dimension >= 0 && dimension < rank
            ? new Operand.Elements(
                FromIndex(_arithmetic.Dim(array.Value, dimension), ScalarType.Int32),
                ScalarType.Int32
            )
            : throw Unsupported(call, $"the dimension must be a constant from 0 to {rank - 1}");
    }
}
