namespace Mlir.Dialects.Gpu;

/// <summary>Which threads share a piece of memory.</summary>
[Keyword("#gpu.address_space")]
public enum AddressSpace
{
    /// <summary>All threads of the device.</summary>
    [Keyword("global")]
    Global = 1,

    /// <summary>The threads of one block.</summary>
    [Keyword("workgroup")]
    Workgroup = 2,

    /// <summary>One thread.</summary>
    [Keyword("private")]
    Private = 3,
}
