namespace Mlir.Dataflow;

/// <summary>What serialized bytes hold.</summary>
internal enum SerializedKind : byte
{
    /// <summary>A task as a module.</summary>
    Kernel = 1,

    /// <summary>A task as the name of a registered function.</summary>
    Function = 2,

    /// <summary>Values.</summary>
    Values = 3,
}
