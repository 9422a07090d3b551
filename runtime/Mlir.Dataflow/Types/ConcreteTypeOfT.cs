namespace Mlir.Dataflow;

/// <summary>A form of an abstract type, for values of type <typeparamref name="T"/>. Marked with <see cref="ConcreteTypeAttribute"/>.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <example><code>
/// [ConcreteType(typeof(IGraph)), TypeProperty("is_directed", true)]
/// public sealed class EdgeListForm : ConcreteType&lt;EdgeList&gt;;
/// </code></example>
public class ConcreteType<T> : ConcreteType
    where T : notnull
{
    /// <summary>A form whose values are compared as the library compares them and whose properties follow from the form.</summary>
    public ConcreteType()
        : base(typeof(T)) { }

    /// <summary>Finds out a property of a value. Not asked where the form leaves only one possibility.</summary>
    /// <param name="value">The value.</param>
    /// <param name="property">The property's name.</param>
    /// <returns>One of the property's values; null where the form cannot say.</returns>
    public virtual object? ComputeProperty(T value, string property) => null;

    /// <summary>Whether two values mean the same, up to rounding.</summary>
    public virtual bool AreEqual(T left, T right, Tolerance tolerance) =>
        ValueEquality.AreEqual(left, right, tolerance);

    private protected sealed override object? Compute(object value, string property) =>
        ComputeProperty((T)value, property);

    internal sealed override bool AreEqual(object left, object right, Tolerance tolerance) =>
        AreEqual((T)left, (T)right, tolerance);
}
