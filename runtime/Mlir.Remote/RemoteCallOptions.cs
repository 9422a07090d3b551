namespace Mlir.Remote;

/// <summary>How one call is made.</summary>
public sealed record RemoteCallOptions
{
    /// <summary>How long it may take, reconnecting included; null for <see cref="RemoteOptions.Timeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }
}
