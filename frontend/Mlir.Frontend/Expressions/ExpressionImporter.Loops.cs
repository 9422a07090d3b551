using System.Linq.Expressions;
using Mlir.Dialects.Scf;
using Mlir.Frontend.Emission;
using Mlir.IR;
using Loops = Mlir.Arrays.Loop;

namespace Mlir.Frontend.Expressions;

/// <content>The loops of <see cref="Loops"/>.</content>
public sealed partial class ExpressionImporter
{
    private Operand ImportLoop(MethodCallExpression call) =>
        call.Method.Name switch
        {
            nameof(Loops.For) => ImportFor(call),
            nameof(Loops.While) => ImportWhile(call),
            nameof(Loops.Scan) => ImportScan(call),
            var other => throw Unsupported(call, $"Loop.{other} has no compiled form"),
        };

    // For(n, s, (i, s) => body) → scf.for %i = 0 to %n iter_args(%s = …) { body; yield }
    private Operand ImportFor(MethodCallExpression call)
    {
        var count = ToIndex(ImportScalar(call.Arguments[0]));
        var (body, state) = (LambdaOf(call, 2), Import(call.Arguments[1]));
        var initial = State(state, call.Arguments[1]);
        return At(
            call,
            () =>
            {
                var loop = ForOp.Create(
                    _arithmetic.Location,
                    _arithmetic.Index(0),
                    count,
                    _arithmetic.Index(1),
                    initial
                );
                _arithmetic.Builder.Insert(loop);
                FillBlock(
                    loop.Body,
                    () =>
                    {
                        var number = new Operand.Elements(
                            FromIndex(loop.InductionVar, ScalarType.Int32),
                            ScalarType.Int32
                        );
                        var next = Call(body, number, Restate(state, loop.RegionIterArgs));
                        return new YieldOp(_arithmetic.Location, SameState(next, initial, body));
                    }
                );
                return Restate(state, loop.Results);
            }
        );
    }

    // While(s, s => condition, s => body) → scf.while (%s = …) { condition } do { body; yield }
    private Operand ImportWhile(MethodCallExpression call)
    {
        var (condition, body) = (LambdaOf(call, 1), LambdaOf(call, 2));
        var state = Import(call.Arguments[0]);
        var initial = State(state, call.Arguments[0]);
        return At(
            call,
            () =>
            {
                var loop = WhileOp.Create(_arithmetic.Location, initial, [.. initial.Select(v => v.Type)]);
                _arithmetic.Builder.Insert(loop);
                FillBlock(
                    loop.Before.Single,
                    () =>
                    {
                        var arguments = loop.Before.Single.Arguments;
                        return Call(condition, Restate(state, arguments)) is Operand.Elements { IsTensor: false } goesOn
                            ? new ConditionOp(_arithmetic.Location, goesOn.Value, [.. arguments])
                            : throw Unsupported(condition.Body, "a truth value is needed here");
                    }
                );
                FillBlock(
                    loop.After.Single,
                    () =>
                        new YieldOp(
                            _arithmetic.Location,
                            SameState(Call(body, Restate(state, loop.After.Single.Arguments)), initial, body)
                        )
                );
                return Restate(state, loop.Results);
            }
        );
    }

    // Scan(x, s, (s, x) => body) → scf.for %i iter_args(%s = …, %r = empty) { body of %x[%i]; insert into %r[%i]; yield }
    private Operand ImportScan(MethodCallExpression call)
    {
        _module.RequireShapes();
        var items = ImportElements(call.Arguments[0]);
        if (!items.IsTensor || ArrayEmitter.RankOf(items.Value) != 1)
        {
            throw Unsupported(call.Arguments[0], "what is scanned must have one dimension");
        }

        var (body, state) = (LambdaOf(call, 2), Import(call.Arguments[1]));
        var result =
            ScalarType.TryGet(call.Method.GetGenericArguments()[2])
            ?? throw Unsupported(body, "the result for an element must be a scalar");
        var initial = State(state, call.Arguments[1]);
        return At(
            call,
            () =>
            {
                var (emitter, loops) = (new ArrayEmitter(_arithmetic), new LoopEmitter(_arithmetic));
                var size = emitter.Size(items.Value, 0);
                var results = emitter.Empty([size], result.IrType);
                var loop = ForOp.Create(
                    _arithmetic.Location,
                    _arithmetic.Index(0),
                    size,
                    _arithmetic.Index(1),
                    [.. initial, results]
                );
                _arithmetic.Builder.Insert(loop);
                FillBlock(
                    loop.Body,
                    () =>
                    {
                        Value[] carried = [.. loop.RegionIterArgs];
                        var item = items with { Value = loops.Load(items.Value, loop.InductionVar) };
                        var both = Call(body, Restate(state, carried[..^1]), item) as Operand.Struct;
                        if (both is not { Items: [var next, Operand.Elements { IsTensor: false } made] })
                        {
                            throw Unsupported(body.Body, "a state and a scalar are needed here");
                        }

                        var stored = loops.Store(made.Value, carried[^1], loop.InductionVar);
                        return new YieldOp(_arithmetic.Location, [.. SameState(next, initial, body), stored]);
                    }
                );
                return new Operand.Struct([
                    Restate(state, loop.Results.Take(initial.Length)),
                    new Operand.Elements(loop.Results[^1], result),
                ]);
            }
        );
    }

    private LambdaExpression LambdaOf(MethodCallExpression call, int argument) =>
        call.Arguments[argument] switch
        {
            LambdaExpression lambda => lambda,
            UnaryExpression { NodeType: ExpressionType.Quote, Operand: LambdaExpression lambda } => lambda,
            var other => throw Unsupported(
                other,
                "a lambda written in this place is needed: a delegate's code is not visible"
            ),
        };

    /// <summary>The leaves of a state, arrays with open sizes: an iteration may change them.</summary>
    private Value[] State(Operand state, Expression source) =>
        [
            .. Leaves(state, source)
                .Select(leaf => leaf.IsTensor ? Open(leaf.Value, _arithmetic.Builder.Block!) : leaf.Value),
        ];

    private static Operand Restate(Operand like, IEnumerable<Value> values)
    {
        var next = 0;
        return Rebuild(like, [.. values], ref next);
    }

    /// <summary>The leaves of the next state, which has the form of the first one.</summary>
    private Value[] SameState(Operand next, Value[] initial, LambdaExpression body)
    {
        var values = State(next, body.Body);
        return values.Select(v => v.Type).SequenceEqual(initial.Select(v => v.Type))
            ? values
            : throw Unsupported(
                body.Body,
                "the next state must have the form of the first one: the same types and ranks"
            );
    }

    private Operand Call(LambdaExpression lambda, params ReadOnlySpan<Operand> arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            _bindings[lambda.Parameters[i]] = arguments[i];
        }

        return Import(lambda.Body);
    }

    /// <summary>Fills <paramref name="block"/>; its terminator is what <paramref name="fill"/> returns.</summary>
    private void FillBlock(Block block, Func<Operation> fill) => block.Insert(Inside(block, fill));
}
