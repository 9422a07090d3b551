using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Mlir.Remote.Server;

/// <summary>Reads the options of a server from a JSON file.</summary>
public static class ConfigurationFile
{
    /// <summary>Reads a file whose keys are the properties of <see cref="RemoteServerOptions"/>.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The options; what the file does not name has its default.</returns>
    /// <exception cref="RemoteConfigurationException">The file cannot be read, or holds a key or a value that makes no sense.</exception>
    public static RemoteServerOptions Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using var file = File.OpenRead(path);
            return new ConfigurationBuilder()
                    .AddJsonStream(file)
                    .Build()
                    .Get<RemoteServerOptions>(static binder => binder.ErrorOnUnknownConfiguration = true)
                ?? new RemoteServerOptions();
        }
        catch (Exception error)
            when (error
                    is IOException
                        or UnauthorizedAccessException
                        or FormatException
                        or JsonException
                        or InvalidOperationException
            )
        {
            throw new RemoteConfigurationException(
                $"{path}: {error.Message}{(error.InnerException is { } inner ? $" {inner.Message}" : "")}",
                error
            );
        }
    }
}
