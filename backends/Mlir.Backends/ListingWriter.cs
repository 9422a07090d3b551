using System.Text;

namespace Mlir.Backends;

/// <summary>Cuts the pass manager's dumps into listings, and keeps those that changed the module.</summary>
internal sealed class ListingWriter(List<IrListing> listings)
    : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
{
    private const string Prefix = "// -----// IR Dump After ";
    private const string Suffix = " //----- //";

    /// <summary>Cuts what was written.</summary>
    public void Finish()
    {
        var stage = "";
        var body = new StringBuilder();
        foreach (var line in ToString().AsSpan().EnumerateLines())
        {
            if (line.StartsWith(Prefix) && line.EndsWith(Suffix))
            {
                Add(stage, body);
                stage = line[Prefix.Length..^Suffix.Length].ToString();
            }
            else
            {
                body.Append(line).Append('\n');
            }
        }

        Add(stage, body);
    }

    private void Add(string stage, StringBuilder body)
    {
        var text = body.ToString().TrimEnd();
        body.Clear();
        if (stage.Length > 0 && text != listings[^1].Text.TrimEnd())
        {
            listings.Add(new IrListing(stage, text));
        }
    }
}
