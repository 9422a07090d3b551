namespace Mlir.Remote;

/// <summary>Makes arguments of remote calls.</summary>
public static class RemoteArgument
{
    /// <summary>An argument for the parameter of a name: <c>price.Call(table, RemoteArgument.Named("rate", 0.03))</c>.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">The argument.</param>
    public static NamedArgument Named(string name, object? value) => new(name, value);
}

/// <summary>An argument of a remote call: a value, or an array that lies on the server already.</summary>
/// <typeparam name="T">The parameter's type.</typeparam>
public readonly struct RemoteArgument<T>
{
    private RemoteArgument(object? value) => Value = value;

    /// <summary>The value or the remote array.</summary>
    internal object? Value { get; }

    /// <summary>A value.</summary>
    public static implicit operator RemoteArgument<T>(T value) => new(value);

    /// <summary>An array on the server.</summary>
    public static implicit operator RemoteArgument<T>(RemoteTensor tensor) => new(tensor);
}
