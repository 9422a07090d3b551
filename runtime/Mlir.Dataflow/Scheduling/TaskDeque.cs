namespace Mlir.Dataflow;

/// <summary>The ready tasks of one worker: it takes the newest itself, and the others steal the oldest.</summary>
internal sealed class TaskDeque
{
    private readonly Lock _lock = new();
    private int[] _items = new int[16];
    private int _first;
    private volatile int _count;

    /// <summary>Whether there was nothing a moment ago.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Adds a task.</summary>
    public void Push(int task)
    {
        lock (_lock)
        {
            if (_count == _items.Length)
            {
                Grow();
            }

            _items[(_first + _count) & (_items.Length - 1)] = task;
            _count++;
        }
    }

    /// <summary>Takes the newest task; -1 when there is none.</summary>
    public int Pop()
    {
        // Only the owner adds, so what looks empty to it is empty.
        if (_count == 0)
        {
            return -1;
        }

        lock (_lock)
        {
            return _count == 0 ? -1 : _items[(_first + --_count) & (_items.Length - 1)];
        }
    }

    /// <summary>Takes the oldest task; -1 when there is none.</summary>
    public int Steal()
    {
        if (_count == 0)
        {
            return -1;
        }

        lock (_lock)
        {
            if (_count == 0)
            {
                return -1;
            }

            var task = _items[_first];
            _first = (_first + 1) & (_items.Length - 1);
            _count--;
            return task;
        }
    }

    private void Grow()
    {
        var larger = new int[_items.Length * 2];
        for (var i = 0; i < _count; i++)
        {
            larger[i] = _items[(_first + i) & (_items.Length - 1)];
        }

        (_items, _first) = (larger, 0);
    }
}
