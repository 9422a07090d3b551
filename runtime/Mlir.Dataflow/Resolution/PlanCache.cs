using System.Collections.Concurrent;

namespace Mlir.Dataflow;

/// <summary>Plans that were made already.</summary>
internal sealed class PlanCache
{
    private readonly ConcurrentDictionary<PlanKey, CallPlan> _plans = new(PlanKeyComparer.Instance);
    private readonly ConcurrentDictionary<PlanKey, CallPlan>.AlternateLookup<PlanQuery> _lookup;

    public PlanCache() => _lookup = _plans.GetAlternateLookup<PlanQuery>();

    /// <summary>The plan for a query, or null.</summary>
    public CallPlan? Find(PlanQuery query) => _lookup.TryGetValue(query, out var plan) ? plan : null;

    /// <summary>Keeps a plan; of two for the same query the first one stays.</summary>
    public CallPlan Add(PlanQuery query, CallPlan plan) => _plans.GetOrAdd(new PlanKey(query), plan);
}
