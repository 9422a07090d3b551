namespace Mlir.Dataflow;

/// <summary>Gives the inputs and the functions of a graph names that no other one has.</summary>
internal sealed class FlowNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Takes a name.</summary>
    /// <returns>False when it is taken.</returns>
    public bool TryTake(string name) => _taken.Add(name);

    /// <summary>Takes a name, with a number behind it where it is taken.</summary>
    public string Take(string name)
    {
        if (_taken.Add(name))
        {
            return name;
        }

        var count = _counts.GetValueOrDefault(name);
        string candidate;
        do
        {
            candidate = $"{name}_{++count}";
        } while (!_taken.Add(candidate));
        _counts[name] = count;
        return candidate;
    }
}
