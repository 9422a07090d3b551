using Mlir.Dialects.Linalg;
using Mlir.IR;
using Arith = Mlir.Dialects.Arith;
using Tensor = Mlir.Dialects.Tensor;

namespace Mlir.Lowering;

/// <content>Arrays that are made element by element.</content>
internal sealed partial class FunctionBufferizer
{
    // An iteration that computes one element is some nanoseconds.
    private const long GenerateGrain = 4096;

    private void ConvertInsert(Emitter emit, Tensor.InsertOp insert)
    {
        var target = Writable(emit, insert.Dest, insert, keepContents: true);
        emit.Store(insert.Scalar, target, insert.Indices.ToArray());
        _memory.Set(insert.Result, target);
        _memory.Bury(insert);
    }

    private void ConvertSplat(Emitter emit, Tensor.SplatOp splat)
    {
        var filled = Allocate(emit, splat.Aggregate, splat.DynamicSizes.ToArray(), splat.Block!);
        Fill(emit, filled, splat.Input);
        _memory.Bury(splat);
    }

    private void ConvertGenerate(Emitter emit, Tensor.GenerateOp generate)
    {
        var buffer = Allocate(emit, generate.Result, generate.DynamicExtents.ToArray(), generate.Block!);
        Compute(emit, buffer, generate.Body.Single, generate);
        _memory.Bury(generate);
    }

    // { ^bb(%i, %j): …; tensor.yield %x } → parallel %i { for %j { …; store %x, %buffer[%i, %j] } }
    private void Compute(Emitter emit, Value buffer, Block body, Operation op)
    {
        foreach (var inner in body.Operations.SelectMany(o => o.Walk()))
        {
            if (inner.Results.Any(r => Bufferize.IsTensor(r.Type)))
            {
                throw new DiagnosticException(InBody.At(inner.Location, inner.Name, op.Name));
            }
        }

        ConvertBlock(body);
        _memory.InsertFrees(body, op.Location);
        var rank = ((MemRefType)buffer.Type).Rank;
        if (rank == 0)
        {
            Element(emit, []);
            return;
        }

        var grain =
            parallel && rank == 1 ? GenerateGrain
            : parallel ? 1
            : 0;
        emit.Parallel(emit.MemRefDim(buffer, 0), grain, (e, i) => Nest(e, [i]));

        void Nest(Emitter at, Value[] subscripts)
        {
            if (subscripts.Length == rank)
            {
                Element(at, subscripts);
                return;
            }

            at.For(
                at.Index(0),
                at.MemRefDim(buffer, subscripts.Length),
                at.Index(1),
                [],
                (e, i, _) =>
                {
                    Nest(e, [.. subscripts, i]);
                    return [];
                }
            );
        }

        // The body's operations move to where the element is computed; what they became memory for stays behind.
        void Element(Emitter at, Value[] subscripts)
        {
            for (var i = 0; i < subscripts.Length; i++)
            {
                body.Arguments[i].ReplaceAllUsesWith(subscripts[i]);
            }

            var element = body.Last!.Operands[0];
            for (var inner = body.First!; inner.Next is { } next; inner = next)
            {
                if (!_memory.IsBuried(inner))
                {
                    inner.Remove();
                    at.Insert(inner);
                }
            }

            at.Store(element, buffer, subscripts);
        }
    }

    private void ConvertElements(Emitter emit, Tensor.FromElementsOp elements)
    {
        var type = (RankedTensorType)elements.Result.Type;
        var buffer = Allocate(emit, elements.Result, [], elements.Block!);
        var sizes = type.Shape.Span.ToArray();
        for (var i = 0; i < elements.Elements.Count; i++)
        {
            emit.Store(elements.Elements[i], buffer, Subscripts(emit, i, sizes));
        }

        _memory.Bury(elements);
    }

    private void ConvertConstant(Emitter emit, Arith.ConstantOp constant, DenseElementsAttr value)
    {
        var buffer = Allocate(emit, constant.Result, [], constant.Block!);
        _memory.Bury(constant);
        if (value.SplatValue is { } splat && value.ShapedType.Rank > 0)
        {
            Fill(emit, buffer, emit.Constant(splat));
            return;
        }

        var count = value.ShapedType.ElementCount;
        if (count > MaxConstantElements)
        {
            throw new DiagnosticException(LargeConstant.At(constant.Location, count));
        }

        for (var i = 0L; i < count; i++)
        {
            emit.Store(
                emit.Constant(value.GetElement(i)),
                buffer,
                Subscripts(emit, i, value.ShapedType.Shape.Span.ToArray())
            );
        }
    }

    private static Value[] Subscripts(Emitter emit, long linear, long[] sizes)
    {
        var subscripts = new Value[sizes.Length];
        for (var i = sizes.Length - 1; i >= 0; i--)
        {
            subscripts[i] = emit.Index(linear % sizes[i]);
            linear /= sizes[i];
        }

        return subscripts;
    }

    private static void Fill(Emitter emit, Value buffer, Value scalar)
    {
        var rank = ((MemRefType)buffer.Type).Rank;
        emit.Generic(
            [],
            [buffer],
            [AffineMap.Identity(rank)],
            [.. Enumerable.Repeat(IteratorType.Parallel, rank)],
            (_, _) => [scalar]
        );
    }
}
