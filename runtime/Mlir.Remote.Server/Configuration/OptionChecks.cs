namespace Mlir.Remote.Server;

/// <summary>Refuses options with which a server would start and then serve nobody.</summary>
internal static class OptionChecks
{
    // Timers count milliseconds in 32 bits.
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(24);

    /// <summary>Checks the numbers and times of a configuration.</summary>
    /// <exception cref="RemoteConfigurationException">One makes no sense; the message names it.</exception>
    public static void Check(RemoteServerOptions options)
    {
        var limits = options.Limits;
        foreach (
            var (name, value, least) in (ReadOnlySpan<(string, long, long)>)
                [
                    (nameof(options.Workers), options.Workers, 0),
                    (Name(nameof(limits.MaxMessageBytes)), limits.MaxMessageBytes, 1 << 10),
                    (Name(nameof(limits.MaxModuleBytes)), limits.MaxModuleBytes, 1),
                    (Name(nameof(limits.MaxFunctions)), limits.MaxFunctions, 1),
                    (Name(nameof(limits.MaxBufferBytes)), limits.MaxBufferBytes, 0),
                    (Name(nameof(limits.MaxStoredBytes)), limits.MaxStoredBytes, 0),
                    (Name(nameof(limits.MaxCallMemoryBytes)), limits.MaxCallMemoryBytes, 0),
                    (Name(nameof(limits.MaxConcurrentCalls)), limits.MaxConcurrentCalls, 1),
                    (Name(nameof(limits.MaxBatchCalls)), limits.MaxBatchCalls, 1),
                    (Name(nameof(limits.MaxSessions)), limits.MaxSessions, 1),
                    (Name(nameof(limits.MaxWorkerBytes)), limits.MaxWorkerBytes, 1),
                    (Name(nameof(limits.MaxCachedModules)), limits.MaxCachedModules, 0),
                ]
        )
        {
            if (value < least)
            {
                throw new RemoteConfigurationException($"{name} is {value}; it must be at least {least}");
            }
        }

        foreach (
            var (name, time, least) in (ReadOnlySpan<(string, TimeSpan, TimeSpan)>)
                [
                    (Name(nameof(limits.MaxCallTime)), limits.MaxCallTime, TimeSpan.FromMilliseconds(1)),
                    (Name(nameof(limits.MaxCompileTime)), limits.MaxCompileTime, TimeSpan.FromMilliseconds(1)),
                    (nameof(options.SessionIdleTime), options.SessionIdleTime, TimeSpan.Zero),
                    (nameof(options.DrainTime), options.DrainTime, TimeSpan.Zero),
                ]
        )
        {
            if (time < least || time > LongestTime)
            {
                throw new RemoteConfigurationException(
                    $"{name} is {time}; it must lie between {least} and {LongestTime}"
                );
            }
        }
    }

    private static string Name(string limit) => $"{nameof(RemoteServerOptions.Limits)}.{limit}";
}
