using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>A condition on sizes: known, or computed by the host.</summary>
/// <param name="Open">The truth value that the host computes; null where the condition is known.</param>
/// <param name="Holds">Whether it holds, where it is known.</param>
internal readonly record struct SizeCondition(Value? Open, bool Holds)
{
    /// <summary>What always holds.</summary>
    public static SizeCondition Always { get; } = new(null, true);

    /// <summary>Whether <paramref name="size"/> is a multiple of <paramref name="unit"/>.</summary>
    public static SizeCondition IsMultiple(Emitter host, Value size, int unit) =>
        size.ConstInt is { } known
            ? new(null, known % unit == 0)
            : new(host.Equal(host.Rem(size, host.Index(unit)), host.Index(0)), false);

    /// <summary>Whether <paramref name="size"/> is at least <paramref name="least"/>.</summary>
    public static SizeCondition IsAtLeast(Emitter host, Value size, int least) =>
        size.ConstInt is { } known ? new(null, known >= least) : new(host.Less(host.Index(least - 1), size), false);

    /// <summary>Both.</summary>
    public SizeCondition And(Emitter host, SizeCondition other) =>
        this switch
        {
            { Open: null } => Holds ? other : this,
            _ when other.Open is null => other.Holds ? this : other,
            _ => new(host.And(Open!, other.Open!), false),
        };

    /// <summary>The opposite.</summary>
    public SizeCondition Not(Emitter host) => Open is null ? new(null, !Holds) : new(host.Not(Open), false);
}
