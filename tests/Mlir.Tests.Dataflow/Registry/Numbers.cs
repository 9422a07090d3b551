using System.Globalization;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Registry;

/// <summary>Numbers in three forms, of which every one can be translated to the next: int ↔ Text, int ↔ Roman.</summary>
public static class Numbers
{
    public sealed record Text(string Digits)
    {
        public static Text Of(int value) => new(value.ToString(CultureInfo.InvariantCulture));

        public int Value => int.Parse(Digits, CultureInfo.InvariantCulture);
    }

    public sealed record Strokes(string Marks);

    public sealed record Other(int Value);

    [AbstractAlgorithm("power")]
    public delegate int Power(int x, int p);

    [AbstractAlgorithm("echo")]
    public delegate object Echo(object x, string suffix = "!");

    [ConcreteAlgorithm("power")]
    public static int IntPower(int x, int p)
    {
        var result = 1;
        for (var i = 0; i < p; i++)
        {
            result *= x;
        }

        return result;
    }

    [ConcreteAlgorithm("echo")]
    public static object EchoText(object x, string suffix) => x + suffix;

    [Translator]
    public static Text ToText(int x) => Text.Of(x);

    [Translator]
    public static int FromText(Text x) => x.Value;

    [Translator]
    public static Strokes ToStrokes(Text x) => new(new string('I', x.Value));

    [Translator]
    public static Text FromStrokes(Strokes x) => Text.Of(x.Marks.Length);

    public static Resolver Resolver { get; } = new Resolver().AddPlugin(typeof(Numbers));
}
