namespace Mlir.Bench.Gpu;

/// <summary>What a run does.</summary>
/// <param name="Device">The device, as <c>mlir devices</c> names it.</param>
/// <param name="IsSmall">Whether the sizes are those for devices that only show that everything works.</param>
/// <param name="Only">A part of the names of the cases; null for all of them.</param>
/// <param name="Output">The folder for table and figures; null for none.</param>
/// <param name="Peers">The program that answers for the peers, and its arguments; empty for none.</param>
internal sealed record RunOptions(string Device, bool IsSmall, string? Only, string? Output, string[] Peers)
{
    /// <summary>Reads the command line; null where it says something else.</summary>
    public static RunOptions? Parse(ReadOnlySpan<string> arguments)
    {
        var options = new RunOptions("cuda:0", false, null, null, []);
        while (arguments.Length > 0)
        {
            var taken = 2;
            switch (arguments)
            {
                case ["--small", ..]:
                    options = options with { IsSmall = true };
                    taken = 1;
                    break;
                case ["--device", var device, ..]:
                    options = options with { Device = device };
                    break;
                case ["--only", var only, ..]:
                    options = options with { Only = only };
                    break;
                case ["--out", var output, ..]:
                    options = options with { Output = output };
                    break;
                case ["--peers", .. var peers]:
                    options = options with { Peers = peers.ToArray() };
                    taken = arguments.Length;
                    break;
                default:
                    return null;
            }

            arguments = arguments[taken..];
        }

        return options;
    }

    /// <summary>Whether a case is wanted.</summary>
    public bool Wants(string name) => Only is null || name.Contains(Only, StringComparison.OrdinalIgnoreCase);
}
