using System.Linq.Expressions;
using Mlir.Dialects.Scf;
using Mlir.Dialects.Tensor;
using Mlir.Frontend.Layouts;
using Mlir.IR;

namespace Mlir.Frontend.Expressions;

/// <content>Exceptions that the lambda throws itself.</content>
public sealed partial class ExpressionImporter
{
    private Operand.Never ImportThrow(Expression source, Expression? exception) =>
        new(
            exception is null
                ? throw Unsupported(source, "there is no exception to throw again")
                : ThrownException.TextOf(exception, out var reason) ?? throw Unsupported(source, reason!),
            _site.At(CSharpText.Of(exception))
        );

    /// <summary>Throws here; what follows gets some value of the type that it expects.</summary>
    private Operand Fail(Operand.Never never, Expression source)
    {
        AssertNever(never);
        var layout =
            TypeLayout.TryGet(source.Type, out var reason)
            ?? throw Unsupported(source, $"the type that it stands for: {reason}");
        return FromLeaves(
            layout,
            [
                .. layout.Leaves.Select(l =>
                    l.Kind == LeafKind.Scalar
                        ? _arithmetic.Constant(l.Element.Constant(Activator.CreateInstance(l.Element.ClrType)!))
                        : Empty(l)
                ),
            ]
        );
    }

    private Value Empty(LayoutLeaf leaf)
    {
        var type = (RankedTensorType)OpenType(leaf);
        return _arithmetic.Emit(
            new EmptyOp(
                _arithmetic.Location,
                [.. Enumerable.Range(0, type.Rank).Select(_ => _arithmetic.Index(0))],
                type
            )
        );
    }

    private void AssertNever(Operand.Never never, Value? ok = null)
    {
        var outer = _arithmetic.Location;
        _arithmetic.Location = outer is CallSiteLoc inlined
            ? new CallSiteLoc(never.Location, inlined.Caller)
            : never.Location;
        _arithmetic.Assert(ok ?? _arithmetic.Constant(IntegerAttr.Get(false)), never.Error);
        _arithmetic.Location = outer;
    }

    /// <summary>A choice of which one side throws: a check of the condition, then the other side without a branch.</summary>
    private Operand ChooseThrow(
        Value condition,
        (Block Block, Operand Result) whenTrue,
        (Block Block, Operand Result) whenFalse
    )
    {
        var throwsWhenTrue = whenTrue.Result is Operand.Never;
        var (thrown, other) = throwsWhenTrue ? (whenTrue, whenFalse) : (whenFalse, whenTrue);
        var never = (Operand.Never)thrown.Result;
        if (IsPure(thrown.Block))
        {
            AssertNever(never, throwsWhenTrue ? _arithmetic.Not(condition) : condition);
        }
        else
        {
            // Something else may fail first on the way to the throw.
            var outer = _arithmetic.Builder.Save();
            _arithmetic.Builder.SetInsertionPointToEnd(thrown.Block);
            AssertNever(never);
            _arithmetic.Builder.Restore(outer);
            var choice = new IfOp(_arithmetic.Location, condition, []);
            FillBranch(choice.ThenRegion, throwsWhenTrue ? thrown.Block : new Block(), []);
            FillBranch(choice.ElseRegion, throwsWhenTrue ? new Block() : thrown.Block, []);
            _arithmetic.Builder.Insert(choice);
        }

        Splice(other.Block);
        return other.Result;
    }
}
