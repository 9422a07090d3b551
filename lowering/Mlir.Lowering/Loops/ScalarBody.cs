using Mlir.Dialects.Cf;
using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Emits the body of a <c>linalg.generic</c> on memrefs for one iteration.</summary>
internal static class ScalarBody
{
    /// <summary>Emits loads, body and returns what the body yields.</summary>
    /// <param name="emit">Where the iteration goes.</param>
    /// <param name="op">The operation.</param>
    /// <param name="ivs">The value of each loop.</param>
    /// <param name="accumulators">The present element of each output; null entries are loaded when the body uses them.</param>
    /// <param name="given">Arguments of the body that are known and not loaded.</param>
    public static Value[] Emit(
        Emitter emit,
        GenericOp op,
        Value[] ivs,
        Value?[]? accumulators = null,
        IReadOnlyDictionary<Value, Value>? given = null
    )
    {
        var mapping = Arguments(emit, op, ivs, accumulators, given);
        var body = op.BodyBlock;
        for (var inner = body.First!; inner.Next is not null; inner = inner.Next)
        {
            Clone(emit, inner, mapping, ivs);
        }

        return [.. body.Last!.Operands.ToArray().Select(v => mapping[v])];
    }

    /// <summary>Emits several iterations step by step: what one of them asserts, all do at once, so that no check stands between their loads or between their stores.</summary>
    /// <param name="emit">Where the iterations go.</param>
    /// <param name="op">The operation.</param>
    /// <param name="ivs">The value of each loop, for each iteration.</param>
    public static Value[][] EmitTogether(Emitter emit, GenericOp op, Value[][] ivs)
    {
        var mappings = ivs.Select(iv => Arguments(emit, op, iv, null, null)).ToArray();
        var body = op.BodyBlock;
        for (var inner = body.First!; inner.Next is not null; inner = inner.Next)
        {
            if (inner is AssertOp assert)
            {
                var holds = mappings.Select(m => m[assert.Arg]).Aggregate(emit.And);
                var all = new IrMapping();
                all[assert.Arg] = holds;
                emit.Clone(assert, all);
                continue;
            }

            for (var i = 0; i < ivs.Length; i++)
            {
                Clone(emit, inner, mappings[i], ivs[i]);
            }
        }

        return [.. mappings.Select(m => body.Last!.Operands.ToArray().Select(v => m[v]).ToArray())];
    }

    private static IrMapping Arguments(
        Emitter emit,
        GenericOp op,
        Value[] ivs,
        Value?[]? accumulators,
        IReadOnlyDictionary<Value, Value>? given
    )
    {
        var mapping = new IrMapping();
        var body = op.BodyBlock;
        for (var i = 0; i < body.Arguments.Count; i++)
        {
            var argument = body.Arguments[i];
            if (argument.IsUnused)
            {
                continue;
            }

            var output = i - op.Inputs.Count;
            mapping[argument] =
                given?.GetValueOrDefault(argument) is { } known ? known
                : output >= 0 && accumulators?[output] is { } accumulator ? accumulator
                : op.Operands[i].Type is MemRefType ? emit.Load(op.Operands[i], Subscripts(emit, op.MapOf(i), ivs))
                : op.Operands[i];
        }

        return mapping;
    }

    /// <summary>Copies an operation of a body, on what <paramref name="mapping"/> says.</summary>
    public static void Clone(Emitter emit, Operation inner, IrMapping mapping, Value[] ivs)
    {
        if (inner is IndexOp index)
        {
            mapping[index.Result0] = ivs[(int)index.Dim];
            return;
        }

        var copy = emit.Clone(inner, mapping);
        if (copy.Regions.Count > 0)
        {
            foreach (var nested in copy.Walk().OfType<IndexOp>().ToList())
            {
                nested.Result0.ReplaceAllUsesWith(ivs[(int)nested.Dim]);
                nested.Erase();
            }
        }
    }

    /// <summary>The subscripts that <paramref name="map"/> makes of loop values.</summary>
    public static Value[] Subscripts(Emitter emit, AffineMap map, Value[] ivs)
    {
        var subscripts = new Value[map.Results.Count];
        for (var i = 0; i < subscripts.Length; i++)
        {
            subscripts[i] = Subscript(emit, map.Results[i], ivs);
        }

        return subscripts;
    }

    private static Value Subscript(Emitter emit, AffineExpr expr, Value[] ivs) =>
        expr switch
        {
            AffineDimExpr dim => ivs[dim.Position],
            AffineConstantExpr constant => emit.Index(constant.Value),
            AffineBinaryExpr { Kind: AffineBinaryKind.Add } sum => emit.Add(
                Subscript(emit, sum.Left, ivs),
                Subscript(emit, sum.Right, ivs)
            ),
            AffineBinaryExpr { Kind: AffineBinaryKind.Mul } product => emit.Mul(
                Subscript(emit, product.Left, ivs),
                Subscript(emit, product.Right, ivs)
            ),
            _ => throw new DiagnosticException(UnsupportedMap.At(emit.Location, expr)),
        };

    private static readonly DiagnosticTemplate UnsupportedMap = new(
        "MLIR3101",
        DiagnosticSeverity.Error,
        "subscript {0} cannot be lowered: only sums and products of loops and constants can"
    );
}
