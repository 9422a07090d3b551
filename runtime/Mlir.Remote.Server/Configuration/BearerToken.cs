namespace Mlir.Remote.Server;

/// <summary>A bearer token that the server accepts.</summary>
/// <param name="Name">Who holds it, for logs.</param>
/// <param name="Token">The secret; at least 16 characters.</param>
public sealed record BearerToken(string Name, string Token)
{
    /// <summary>The name alone: the secret belongs into no log.</summary>
    public override string ToString() => Name;
}
