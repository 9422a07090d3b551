namespace Mlir.Dataflow;

/// <summary>Compares plans' keys with each other and with queries.</summary>
internal sealed class PlanKeyComparer : IEqualityComparer<PlanKey>, IAlternateEqualityComparer<PlanQuery, PlanKey>
{
    public static PlanKeyComparer Instance { get; } = new();

    public PlanKey Create(PlanQuery alternate) => new(alternate);

    public bool Equals(PlanKey? x, PlanKey? y) => x is null || y is null ? ReferenceEquals(x, y) : Equals(x.Query, y);

    public int GetHashCode(PlanKey obj) => GetHashCode(obj.Query);

    public bool Equals(PlanQuery alternate, PlanKey other)
    {
        if (
            !ReferenceEquals(alternate.Algorithm, other.Algorithm)
            || alternate.ResultType != other.ResultType
            || alternate.ArgumentTypes.Length != other.ArgumentTypes.Length
            || alternate.Plugin != other.Plugin
        )
        {
            return false;
        }

        for (var i = 0; i < other.ArgumentTypes.Length; i++)
        {
            if (alternate.ArgumentTypes[i] != other.ArgumentTypes[i])
            {
                return false;
            }
        }

        return true;
    }

    public int GetHashCode(PlanQuery alternate)
    {
        var hash = new HashCode();
        hash.Add(alternate.Algorithm);
        hash.Add(alternate.ResultType);
        hash.Add(alternate.Plugin);
        foreach (var type in alternate.ArgumentTypes)
        {
            hash.Add(type);
        }

        return hash.ToHashCode();
    }
}
