using System.Collections.Immutable;
using Mlir.Remote.Protocol;

namespace Mlir.Remote;

/// <summary>One overload of a function in full.</summary>
/// <param name="Info">What it takes, its calls and times.</param>
/// <param name="Module">The module that travelled, as MLIR text.</param>
/// <param name="Stages">Name and text of the module after each pass, down to assembly; empty unless asked for.</param>
public sealed record RemoteFunctionDescription(
    RemoteFunctionInfo Info,
    string Module,
    ImmutableArray<(string Stage, string Text)> Stages
)
{
    internal static RemoteFunctionDescription Of(FunctionDescription description) =>
        new(
            RemoteFunctionInfo.Of(description.Info),
            description.Module.ToStringUtf8(),
            [.. description.Listings.Select(static listing => (listing.Stage, listing.Text))]
        );
}
