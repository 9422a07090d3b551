using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>Each element once.</summary>
internal sealed partial class KernelNest
{
    private void EmitElementwise()
    {
        if (_kinds.Length == 0)
        {
            Kernel.Launch(_host, Kernel.OneBlock, 1, (e, _) => Store(e, [], ScalarBody.Emit(e, _op, [])));
            return;
        }

        if (FindTransposed() is var (fast, slow, inputs))
        {
            EmitTransposed(fast, slow, inputs);
            return;
        }

        if (FindStencil() is { } stencil)
        {
            EmitStencil(stencil);
            return;
        }

        var count = _host.Product(_sizes);
        if (_kinds.Length != 1 || UnrollOfContiguous() is not (> 1 and var unroll))
        {
            Kernel.ForEach(
                _host,
                count,
                (e, element) =>
                {
                    var ivs = e.Delinearize(element, _sizes);
                    Store(e, ivs, ScalarBody.Emit(e, _op, ivs));
                }
            );
            return;
        }

        // Neighbours are read before anything is written, so that 16 bytes go at once; what is left over goes one by one.
        var chunks = _host.Div(count, _host.Index(unroll));
        Kernel.Launch(
            _host,
            e => Kernel.BlocksFor(e, e.Max(chunks, e.Min(count, e.Index(1))), Kernel.Threads),
            Kernel.Threads,
            (e, ids) =>
            {
                Kernel.Stride(
                    e,
                    ids,
                    Kernel.Threads,
                    chunks,
                    (inside, chunk) =>
                    {
                        var first = inside.Mul(chunk, inside.Index(unroll));
                        var ivs = Enumerable
                            .Range(0, unroll)
                            .Select(k => new[] { inside.Add(first, inside.Index(k)) })
                            .ToArray();
                        var values = _canWait
                            ? [.. ivs.Select(iv => ScalarBody.Emit(inside, _op, iv))]
                            : ScalarBody.EmitTogether(inside, _op, ivs);
                        for (var output = 0; output < _op.Outputs.Count; output++)
                        {
                            for (var k = 0; k < unroll; k++)
                            {
                                var subscripts = ScalarBody.Subscripts(inside, _op.OutputMap(output), ivs[k]);
                                inside.Store(values[k][output], _op.Outputs[output], subscripts);
                            }
                        }
                    }
                );
                var rest = e.Mul(chunks, e.Index(unroll));
                Kernel.Stride(
                    e,
                    ids,
                    Kernel.Threads,
                    e.Sub(count, rest),
                    (inside, number) =>
                    {
                        Value[] iv = [inside.Add(rest, number)];
                        Store(inside, iv, ScalarBody.Emit(inside, _op, iv));
                    }
                );
            }
        );
    }

    /// <summary>How many neighbours fill an access, where every array of the only loop is dense and walked from its beginning; 1 otherwise.</summary>
    private int UnrollOfContiguous()
    {
        var widest = 1;
        for (var i = 0; i < _op.Operands.Count; i++)
        {
            if (_op.Operands[i].Type is not MemRefType type)
            {
                continue;
            }

            var map = _op.MapOf(i);
            if (map.Results.Any(r => r is not AffineConstantExpr) && (type.Layout is not null || !map.IsIdentity))
            {
                return 1;
            }

            widest = Math.Max(widest, DenseElementsAttr.ElementSize(type.ElementType));
        }

        return Math.Min(AccessBytes / widest, MaxUnroll);
    }
}
