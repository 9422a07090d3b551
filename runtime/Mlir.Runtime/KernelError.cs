namespace Mlir.Runtime;

/// <summary>One way in which a kernel can fail: what a failed check inside it throws in the caller.</summary>
/// <param name="TypeName">The full name of the .NET exception type, for example <c>System.OverflowException</c>.</param>
/// <param name="Message">What went wrong, as .NET words it.</param>
/// <param name="Location">The line that failed, for example <c>Program.cs(18): x / y</c>; empty when unknown.</param>
public sealed record KernelError(string TypeName, string Message, string Location = "")
{
    /// <summary>The key of an exception's data under which <see cref="Mark"/> lies.</summary>
    public const string MarkKey = "Mlir.Mark";

    /// <summary>What <see cref="Mark"/> follows in the text of an assertion, which ends with a brace behind it.</summary>
    public const string MarkStart = " {mark: ";

    /// <summary>What the caller can do about it, in the words of whoever wrote the check; empty where that is nothing.</summary>
    public string Mark { get; init; } = "";

    /// <summary>Reads the text of an assertion: an exception's full type name, a colon, its message.</summary>
    /// <param name="text">For example <c>System.DivideByZeroException: Attempted to divide by zero.</c></param>
    /// <param name="location">The line that failed.</param>
    /// <returns>An error of that type, with the mark if there is one; text without a type name is an <see cref="InvalidOperationException"/>.</returns>
    public static KernelError Parse(string text, string location = "")
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.EndsWith('}') && text.LastIndexOf(MarkStart, StringComparison.Ordinal) is >= 0 and var mark)
        {
            return Parse(text[..mark], location) with { Mark = text[(mark + MarkStart.Length)..^1] };
        }

        var colon = text.IndexOf(':');
        return colon > 0 && text.AsSpan(0, colon).EndsWith("Exception") && !text.AsSpan(0, colon).Contains(' ')
            ? new KernelError(text[..colon], text[(colon + 1)..].Trim(), location)
            : new KernelError("System.InvalidOperationException", text.Trim(), location);
    }

    /// <summary>The exception to throw: of the named type where it is one of .NET's own, its message ending with the location.</summary>
    public Exception ToException()
    {
        var message = Location.Length == 0 ? Message : $"{Message.TrimEnd('.')} at {Location}";
        Exception exception = TypeName switch
        {
            "System.OverflowException" => new OverflowException(message),
            "System.DivideByZeroException" => new DivideByZeroException(message),
            "System.ArithmeticException" => new ArithmeticException(message),
            "System.NotFiniteNumberException" => new NotFiniteNumberException(message),
            "System.IndexOutOfRangeException" => new IndexOutOfRangeException(message),
            "System.ArgumentException" => new ArgumentException(message),
            "System.ArgumentOutOfRangeException" => new ArgumentOutOfRangeException(null, message),
            "System.ArgumentNullException" => new ArgumentNullException(null, message),
            "System.RankException" => new RankException(message),
            "System.InvalidCastException" => new InvalidCastException(message),
            "System.FormatException" => new FormatException(message),
            "System.NotSupportedException" => new NotSupportedException(message),
            "System.TimeoutException" => new TimeoutException(message),
            "System.OperationCanceledException" => new OperationCanceledException(message),
            "System.InvalidOperationException" => new InvalidOperationException(message),
            _ => new InvalidOperationException($"{TypeName}: {message}"),
        };
        if (Mark.Length > 0)
        {
            exception.Data[MarkKey] = Mark;
        }

        return exception;
    }
}
