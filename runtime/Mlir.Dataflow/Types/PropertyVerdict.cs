namespace Mlir.Dataflow;

/// <summary>Whether a requirement is met.</summary>
internal enum PropertyVerdict
{
    /// <summary>It is.</summary>
    Met,

    /// <summary>It is not.</summary>
    Unmet,

    /// <summary>It depends on a value that is not there, or not yet in the form that has the property.</summary>
    Unknown,
}
