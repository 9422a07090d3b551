using System.Collections.Immutable;
using Mlir.Remote.Protocol;

namespace Mlir.Remote;

/// <summary>What a server is.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Processor">The processor that functions are compiled for.</param>
/// <param name="Targets">The targets that functions may be compiled for, the default one first.</param>
/// <param name="Workers">The processes that run functions.</param>
/// <param name="Limits">The limits by their names in the protocol, for example <c>max_module_bytes</c>.</param>
public sealed record RemoteServerInfo(
    string Version,
    string Processor,
    ImmutableArray<string> Targets,
    int Workers,
    ImmutableSortedDictionary<string, long> Limits
)
{
    internal static RemoteServerInfo Of(ServerInfo info)
    {
        var limits = info.Limits ?? new Limits();
        return new RemoteServerInfo(
            info.Version,
            info.Processor,
            [.. info.Targets],
            (int)info.Workers,
            Protocol
                .Limits.Descriptor.Fields.InDeclarationOrder()
                .ToImmutableSortedDictionary(
                    static field => field.Name,
                    field => Convert.ToInt64(field.Accessor.GetValue(limits), null),
                    StringComparer.Ordinal
                )
        );
    }
}
