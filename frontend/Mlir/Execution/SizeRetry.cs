using System.Linq.Expressions;
using System.Runtime.ExceptionServices;
using Mlir.Frontend.Expressions;
using Mlir.Runtime;

namespace Mlir.Execution;

/// <summary>
/// Repeats a call that failed because a size which only the kernel knows is 1 and broadcasts: with versions for that, until one fits. It stays the one
/// that the next call tries first.
/// </summary>
/// <remarks>One call is repeated at a time, so that calls do not change each other's version.</remarks>
internal sealed class SizeRetry : IDisposable
{
    private readonly KernelCode _code;
    private readonly SortedList<int, int> _tries = [];

    private SizeRetry(KernelCode code)
    {
        _code = code;
        Monitor.Enter(code.Retries);
    }

    /// <summary>Whether a call that failed so may succeed in another version.</summary>
    public static bool Helps(ArgumentException failure) => failure.Data.Contains(KernelError.MarkKey);

    /// <summary>Begins to repeat a call.</summary>
    /// <param name="code">The kernel.</param>
    /// <param name="failure">What it failed with, which is thrown again if nothing can be done about it.</param>
    public static SizeRetry Begin(KernelCode code, ArgumentException failure)
    {
        if (!Helps(failure))
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return new SizeRetry(code);
    }

    /// <summary>Goes on to the next version.</summary>
    /// <param name="failure">What the last try failed with, which is thrown again if there is no version left.</param>
    public void Next(ArgumentException failure)
    {
        if (failure.Data[KernelError.MarkKey] is not string mark)
        {
            ExceptionDispatchInfo.Throw(failure);
            return;
        }

        var next = SizesOfOne.After(mark, out var place, out var choices);
        while (_tries.Count > 0 && _tries.Keys[^1] > place)
        {
            _tries.RemoveAt(_tries.Count - 1);
        }

        _tries[place] = _tries.GetValueOrDefault(place) + 1;
        if (_tries[place] > choices)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        _code.Use(next);
    }

    /// <inheritdoc/>
    public void Dispose() => Monitor.Exit(_code.Retries);

    /// <summary>A delegate that repeats calls where that helps.</summary>
    /// <param name="call">Calls the kernel.</param>
    /// <param name="code">The kernel.</param>
    public static Delegate Around(Delegate call, KernelCode code)
    {
        var method = call.GetType().GetMethod("Invoke")!;
        ParameterExpression[] parameters =
        [
            .. method.GetParameters().Select(p => Expression.Parameter(p.ParameterType)),
        ];
        var (failure, retry) = (
            Expression.Parameter(typeof(ArgumentException)),
            Expression.Variable(typeof(SizeRetry))
        );
        var end = Expression.Label();
        var result = method.ReturnType == typeof(void) ? null : Expression.Variable(method.ReturnType);
        Expression invoke = Expression.Invoke(Expression.Constant(call), parameters);
        invoke = result is null ? invoke : Expression.Block(typeof(void), Expression.Assign(result, invoke));
        var again = Expression.Loop(
            Expression.TryCatch(
                Expression.Block(typeof(void), invoke, Expression.Break(end)),
                Expression.Catch(failure, Expression.Call(retry, typeof(SizeRetry).GetMethod(nameof(Next))!, failure))
            ),
            end
        );
        var body = Expression.TryCatch(
            invoke,
            Expression.Catch(
                failure,
                Expression.Block(
                    typeof(void),
                    [retry],
                    Expression.Assign(
                        retry,
                        Expression.Call(typeof(SizeRetry).GetMethod(nameof(Begin))!, Expression.Constant(code), failure)
                    ),
                    Expression.TryFinally(again, Expression.Call(retry, typeof(SizeRetry).GetMethod(nameof(Dispose))!))
                )
            )
        );
        return Expression
            .Lambda(call.GetType(), result is null ? body : Expression.Block([result], body, result), parameters)
            .Compile();
    }
}
