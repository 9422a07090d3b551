namespace Mlir.Backends.Interpreter;

/// <summary>One run from the outside: its limits, and frames for reuse.</summary>
internal sealed class ExecutionContext(InterpreterOptions options)
{
    private readonly Dictionary<FunctionCode, Stack<Frame>> _spare = new(ReferenceEqualityComparer.Instance);
    private long _steps = options.MaxSteps;
    private int _depth;
    private int _ticks;

    /// <summary>A frame for a call of <paramref name="function"/>.</summary>
    /// <exception cref="InsufficientExecutionStackException">The calls are nested too deeply.</exception>
    public Frame Enter(FunctionCode function)
    {
        if (
            ++_depth > options.MaxCallDepth
            || !System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack()
        )
        {
            throw new InsufficientExecutionStackException(
                $"Calls are nested more than {_depth - 1} deep in '@{function.Name}'; see InterpreterOptions.MaxCallDepth."
            );
        }

        Tick(1);
        return _spare.TryGetValue(function, out var frames) && frames.TryPop(out var frame)
            ? frame
            : new Frame(function, this);
    }

    /// <summary>Ends a call; the frame may be used again.</summary>
    public void Leave(Frame frame)
    {
        _depth--;
        if (!_spare.TryGetValue(frame.Function, out var frames))
        {
            _spare[frame.Function] = frames = new Stack<Frame>();
        }

        frames.Push(frame);
    }

    /// <summary>Counts steps; to be called at least once in every repetition.</summary>
    /// <exception cref="InterpreterLimitException">There were too many.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public void Tick(long steps)
    {
        _steps -= steps;
        if (_steps < 0)
        {
            throw new InterpreterLimitException(
                $"The run took more than {options.MaxSteps} steps; see InterpreterOptions.MaxSteps."
            );
        }

        if ((++_ticks & 1023) == 0)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
        }
    }
}
