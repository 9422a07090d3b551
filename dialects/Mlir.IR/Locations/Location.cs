using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>Where an operation comes from.</summary>
public abstract record Location
{
    /// <summary>No known origin.</summary>
    public static Location Unknown => UnknownLoc.Instance;

    /// <summary>The location in MLIR's syntax, <c>loc("file":line:column)</c>.</summary>
    public sealed override string ToString() => AsmPrinter.ToText(this);

    /// <summary>One location for something made from several.</summary>
    public static Location Fuse(params ReadOnlySpan<Location> locations)
    {
        var parts = new List<Location>();
        var seen = new HashSet<Location>();
        foreach (var location in locations)
        {
            foreach (var part in location is FusedLoc { Metadata: null } fused ? fused.Locations.Span : [location])
            {
                // Neighbours often share the very same object; many locations must not cost their square.
                if (part != Unknown && (parts.Count == 0 || !ReferenceEquals(part, parts[^1])) && seen.Add(part))
                {
                    parts.Add(part);
                }
            }
        }

        return parts.Count switch
        {
            0 => Unknown,
            1 => parts[0],
            _ => new FusedLoc(EquatableArray.From(parts)),
        };
    }

    /// <summary>The first file position inside this location, or null.</summary>
    public FileLineColLoc? File =>
        this switch
        {
            FileLineColLoc file => file,
            NameLoc name => name.Child.File,
            CallSiteLoc call => call.Callee.File ?? call.Caller.File,
            FusedLoc fused => fused.Locations.Select(l => l.File).FirstOrDefault(f => f is not null),
            _ => null,
        };
}
