using Mlir.IR;

namespace Mlir.Lowering;

/// <content>Elements of the factors and their subscripts.</content>
internal sealed partial class ContractionNest
{
    /// <summary>The factor from the columns for some neighbouring ones; lanes that are off are zero.</summary>
    private Value LoadRight(Emitter emit, Value[] outer, Value k, Value column, Value? mask)
    {
        var at = Subscripts(emit, outer, null, k, column);
        var mapping = new Dictionary<Value, Value>(ReferenceEqualityComparer.Instance);
        foreach (var argument in ArgumentsOf(_contraction.Right))
        {
            var source = _op.Operands[argument.Index];
            var map = _op.MapOf(argument.Index);
            var type = VectorType.Get([_tile.Lanes], argument.Type);
            var subscripts = ScalarBody.Subscripts(emit, map, at);
            mapping[argument] =
                source.Type is not MemRefType ? emit.Broadcast(source, type)
                : VectorBody.AccessOf(map, _column) == Access.Fixed
                    ? emit.Broadcast(emit.Load(source, subscripts), type)
                : mask is null ? emit.VectorLoad(type, source, subscripts)
                : emit.MaskedLoad(source, subscripts, mask, emit.Constant(Splat(ZeroOf(argument.Type))));
        }

        foreach (var step in _contraction.StepsTo(_contraction.Right))
        {
            if (step is IConstantLike)
            {
                mapping[step.Results[0]] = emit.Constant(
                    DenseElementsAttr.Splat(
                        VectorType.Get([_tile.Lanes], step.Results[0].Type),
                        step.Results[0].ConstScalar!
                    )
                );
                continue;
            }

            var operands = step.Operands.ToArray().Select(Lanes);
            var made = emit.Insert(ElementwiseCloner.Clone(step, operands, t => VectorType.Get([_tile.Lanes], t)));
            for (var i = 0; i < made.Results.Count; i++)
            {
                mapping[step.Results[i]] = made.Results[i];
            }
        }

        return Lanes(_contraction.Right);

        Value Lanes(Value value) =>
            mapping.TryGetValue(value, out var lanes)
                ? lanes
                : emit.Broadcast(value, VectorType.Get([_tile.Lanes], value.Type));
    }

    private bool RightIsVectorizable() =>
        ArgumentsOf(_contraction.Right)
            .All(a =>
                _op.Operands[a.Index].Type is not MemRefType
                || VectorBody.AccessOf(_op.MapOf(a.Index), _column) switch
                {
                    Access.Fixed => true,
                    Access.Contiguous => IsDense(_op.Operands[a.Index]),
                    _ => false,
                }
            );

    private Value LoadScalar(Emitter emit, Value factor, Value[] at)
    {
        var mapping = new IrMapping();
        foreach (var argument in ArgumentsOf(factor))
        {
            var source = _op.Operands[argument.Index];
            mapping[argument] =
                source.Type is MemRefType
                    ? emit.Load(source, ScalarBody.Subscripts(emit, _op.MapOf(argument.Index), at))
                    : source;
        }

        foreach (var step in _contraction.StepsTo(factor))
        {
            emit.Clone(step, mapping);
        }

        return mapping[factor];
    }

    private Value[] RowSubscripts(Emitter emit, Value row) =>
        emit.Delinearize(row, [.. _contraction.Rows.Select(d => _sizes[d])]);

    /// <summary>The value of each loop; those that are not given stay null.</summary>
    private Value[] Subscripts(Emitter emit, Value[] outer, Value[]? row, Value? k, Value? column)
    {
        var all = new Value[_sizes.Length];
        Set(_outer, outer);
        if (row is not null)
        {
            Set(_contraction.Rows, row);
        }

        if (k is not null)
        {
            Set(_contraction.Reduced, emit.Delinearize(k, [.. _contraction.Reduced.Select(d => _sizes[d])]));
        }

        if (column is not null)
        {
            all[_column] = column;
        }

        return all;

        void Set(int[] loops, Value[] values)
        {
            for (var i = 0; i < loops.Length; i++)
            {
                all[loops[i]] = values[i];
            }
        }
    }

    private Value[] OutputSubscripts(Emitter emit, Stripe stripe, Value[] row, Value column) =>
        ScalarBody.Subscripts(emit, _op.OutputMap(0), Subscripts(emit, stripe.Outer, row, null, column));

    private TypedAttr Zero() => ZeroOf(_contraction.Accumulator);

    private static TypedAttr ZeroOf(IrType type) =>
        type is FloatType real ? FloatAttr.Get(real, 0) : IntegerAttr.Get(type, 0);

    private DenseElementsAttr Splat(TypedAttr value) =>
        DenseElementsAttr.Splat(VectorType.Get([_tile.Lanes], value.Type), value);
}
