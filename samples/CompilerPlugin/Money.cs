using System.Linq.Expressions;
using Mlir.Dataflow;

/// <summary>Algorithms over decimal numbers, which no kernel computes with: they name a compiler of their own.</summary>
[Plugin]
public static class Money
{
    [AbstractAlgorithm("money.discount")]
    public delegate decimal Discount(decimal price, decimal percent);

    [AbstractAlgorithm("money.tax")]
    public delegate decimal Tax(decimal net, decimal percent);

    [AbstractAlgorithm("money.round")]
    public delegate decimal Round(decimal amount, int digits);

    [AbstractAlgorithm("money.share")]
    public delegate decimal Share(decimal amount, int parts);

    [ConcreteAlgorithm("money.discount", Compiler = "linq")]
    public static readonly Expression<Discount> Reduce = (price, percent) => price - price * percent / 100;

    [ConcreteAlgorithm("money.tax", Compiler = "linq")]
    public static readonly Expression<Tax> AddTax = (net, percent) => net + net * percent / 100;

    [ConcreteAlgorithm("money.round", Compiler = "linq")]
    public static readonly Expression<Round> ToDigits = (amount, digits) => Math.Round(amount, digits);

    /// <summary>Named for a compiler that nobody has: it runs as it is, and the user is told.</summary>
    [ConcreteAlgorithm("money.share", Compiler = "abacus")]
    public static readonly Expression<Share> Divide = (amount, parts) => amount / parts;
}
