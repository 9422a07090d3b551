using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>A prepared function.</summary>
/// <param name="name">The function's symbol.</param>
/// <param name="location">Where it comes from.</param>
internal sealed class FunctionCode(string name, Location location)
{
    /// <summary>The function's symbol.</summary>
    public string Name { get; } = name;

    /// <summary>Where it comes from.</summary>
    public Location Location { get; } = location;

    /// <summary>The instructions.</summary>
    public Code Code { get; } = new();

    /// <summary>Where the arguments go.</summary>
    public Register[] Parameters { get; set; } = [];

    /// <summary>Where the results are in the end.</summary>
    public Register[] Results { get; set; } = [];

    /// <summary>The scalar registers at the start: constants, else zero.</summary>
    public long[] InitialScalars { get; set; } = [];

    /// <summary>The object registers at the start: constants, else null.</summary>
    public object?[] InitialObjects { get; set; } = [];
}
