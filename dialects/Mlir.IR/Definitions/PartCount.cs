namespace Mlir.IR;

/// <summary>How many parts of a kind an operation may have.</summary>
/// <param name="Min">The least.</param>
/// <param name="Max">The most.</param>
public readonly record struct PartCount(int Min, int Max)
{
    /// <summary>Exactly <paramref name="count"/>.</summary>
    public static implicit operator PartCount(int count) => new(count, count);

    /// <summary><paramref name="min"/> or more.</summary>
    public static PartCount AtLeast(int min) => new(min, int.MaxValue);

    /// <summary>From <paramref name="min"/> to <paramref name="max"/>.</summary>
    public static PartCount Between(int min, int max) => new(min, max);

    /// <summary>Whether <paramref name="count"/> is allowed.</summary>
    public bool Allows(int count) => count >= Min && count <= Max;

    /// <summary>The numbers in words.</summary>
    public override string ToString() =>
        Min == Max ? $"{Min}"
        : Max == int.MaxValue ? $"{Min} or more"
        : $"{Min} to {Max}";
}
