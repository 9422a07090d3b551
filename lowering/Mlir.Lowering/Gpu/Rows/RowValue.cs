using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>A number of each row, or of each element of a row, from one write of its array to the next.</summary>
internal sealed class RowValue
{
    private readonly HashSet<int> _users = [];
    private readonly HashSet<int> _lanes = [];
    private HashSet<RowValue>? _origins;

    /// <summary>The type of the number.</summary>
    public required IrType Type { get; init; }

    /// <summary>Whether each element of the row has its own.</summary>
    public required bool IsElement { get; init; }

    /// <summary>Where it is read from, unless a member makes it.</summary>
    public Value? Array { get; init; }

    /// <summary>Its place in <see cref="Array"/>.</summary>
    public AffineMap? Map { get; init; }

    /// <summary>The member that makes it.</summary>
    public RowMember? Maker { get; init; }

    /// <summary>What it is in the body of <see cref="Maker"/>; null for the total of a reduction.</summary>
    public Value? Inside { get; init; }

    /// <summary>The phase in which an element is read or made first; the phase that a number of a row is known before.</summary>
    public int Phase { get; set; }

    /// <summary>The last phase that uses it.</summary>
    public int Last => _users.DefaultIfEmpty(-1).Max();

    /// <summary>The last phase in which the lanes of a reduction take it from other threads.</summary>
    public int LastOfLanes => _lanes.DefaultIfEmpty(-1).Max();

    /// <summary>Its place in the memory of a row; -1 while it needs none.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>Whether it has to be there when its iteration is over.</summary>
    public bool IsKept => IsElement && (LastOfLanes >= 0 || (Last > Phase && IsOfRow));

    /// <summary>Whether rows differ in it; what they share is read again.</summary>
    public required bool IsOfRow { get; init; }

    /// <summary>Whether phase <paramref name="phase"/> uses it.</summary>
    public bool IsUsedIn(int phase) => _users.Contains(phase);

    /// <summary>Whether the lanes of a reduction take it from other threads in phase <paramref name="phase"/>.</summary>
    public bool IsTakenIn(int phase) => _lanes.Contains(phase);

    /// <summary>Notes that phase <paramref name="phase"/> uses it, perhaps in other threads than the one that has it.</summary>
    public void Use(int phase, bool inLanes = false)
    {
        _users.Add(phase);
        if (inLanes)
        {
            _lanes.Add(phase);
        }
    }

    /// <summary>The values in memory that it is made of.</summary>
    public IReadOnlySet<RowValue> Origins =>
        _origins ??= Maker is null ? [this] : [.. Maker.Sources.OfType<RowValue>().SelectMany(s => s.Origins)];
}
