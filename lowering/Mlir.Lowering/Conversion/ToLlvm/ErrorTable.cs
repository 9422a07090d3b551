using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// The ways in which a module's kernels can fail: entry <c>i</c> is what status <c>i + 1</c> means. After the conversion the module carries the
/// table as the attribute <see cref="Attribute"/>: a list of pairs of an assertion's text and the place of the failing line.
/// </summary>
public sealed class ErrorTable
{
    /// <summary>The name of the module's attribute.</summary>
    public const string Attribute = "mlir.errors";

    private readonly Dictionary<(string Text, string Location), int> _statuses = [];
    private readonly List<IrAttribute> _entries = [];

    /// <summary>The status for a failure with <paramref name="text"/> at <paramref name="location"/>.</summary>
    internal int StatusOf(string text, Location location)
    {
        var place = PlaceOf(location);
        if (!_statuses.TryGetValue((text, place), out var status))
        {
            _entries.Add(ArrayAttr.Get(StringAttr.Get(text), StringAttr.Get(place)));
            _statuses[(text, place)] = status = _entries.Count;
        }

        return status;
    }

    /// <summary>The file and line, and the source text where the location is named after it: <c>Program.cs(18): x / y</c>.</summary>
    public static string PlaceOf(Location location)
    {
        var line = location.File is { } file ? $"{file.FileName}({file.Line})" : "";
        var text = TextOf(location);
        return text is null ? line
            : line.Length == 0 ? text
            : $"{line}: {text}";
    }

    private static string? TextOf(Location location) =>
        location switch
        {
            NameLoc name => name.Name,
            CallSiteLoc call => TextOf(call.Callee),
            FusedLoc fused => fused.Locations.Select(TextOf).FirstOrDefault(t => t is not null),
            _ => null,
        };

    /// <summary>Puts the table on <paramref name="module"/>, after the entries that it has.</summary>
    internal void AttachTo(Operation module)
    {
        if (_entries.Count > 0)
        {
            module.SetAttribute(Attribute, ArrayAttr.Get(_entries.ToArray()));
        }
    }

    /// <summary>The text and the place of each entry of the table that <paramref name="module"/> carries.</summary>
    public static IReadOnlyList<(string Text, string Location)> Read(Operation module)
    {
        var entries = new List<(string, string)>();
        if (module.GetAttribute(Attribute) is ArrayAttr table)
        {
            foreach (var entry in table.Items)
            {
                entries.Add(
                    entry is ArrayAttr { Items: [StringAttr text, StringAttr location] }
                        ? (text.Value, location.Value)
                        : ("", "")
                );
            }
        }

        return entries;
    }
}
