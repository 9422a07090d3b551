using Mlir.Frontend;

namespace Mlir.Dataflow;

/// <summary>A call cannot become part of a graph; the message names the call's place and says why.</summary>
public sealed class FlowException : Exception
{
    internal FlowException(CallSite site, string message, Exception? cause = null)
        : base(site.Line == 0 ? message : $"{site}: {message}", cause) => Site = site;

    /// <summary>Where the user's program calls it.</summary>
    public CallSite Site { get; }
}
