namespace Mlir.Frontend;

/// <summary>A lambda holds something that has no compiled form; the message quotes it and says where it is and what to do.</summary>
public sealed class UnsupportedExpressionException : NotSupportedException
{
    /// <summary>An error about <paramref name="expression"/>, a part of the lambda at <paramref name="site"/>.</summary>
    public UnsupportedExpressionException(CallSite site, string expression, string reason)
        : base($"{(site.Line == 0 ? "" : $"{site}: ")}cannot compile `{expression}`: {reason}") =>
        (Site, Expression) = (site, expression);

    /// <summary>Where the lambda was handed to the compiler.</summary>
    public CallSite Site { get; }

    /// <summary>The part of the lambda that is not supported, as C# text.</summary>
    public string Expression { get; }
}
