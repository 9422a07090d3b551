using System.Collections.Immutable;

namespace Mlir.Dataflow;

/// <summary>A plugin does not fit what is registered, or itself. Nothing of it was registered.</summary>
public sealed class RegistrationException : Exception
{
    internal RegistrationException(ImmutableArray<string> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>Everything that is wrong, each naming both sides.</summary>
    public ImmutableArray<string> Problems { get; }
}
