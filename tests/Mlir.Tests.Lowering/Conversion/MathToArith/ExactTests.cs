using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mlir.Tests.Lowering.Conversion.MathToArith;

/// <summary>The reference arithmetic agrees with values that another program, mpmath, computed (<c>exact_values.py</c>).</summary>
public sealed class ExactTests
{
    private static readonly Dictionary<string, Func<Big, Big>> Unary = UnaryFunction.All.ToDictionary(
        f => f.Name,
        f => f.Reference
    );

    [Test]
    public void TheReferenceAgreesWithMpmathTo100Bits()
    {
        var lines = File.ReadAllLines(Path.Combine(Folder(), "exact-values.txt"));
        Assert.That(lines, Has.Length.GreaterThan(100));
        Assert.Multiple(() =>
        {
            foreach (var line in lines)
            {
                var words = line.Split(' ');
                var x = Array.ConvertAll(words[2..], w => Big.From(double.Parse(w, CultureInfo.InvariantCulture)));
                var actual = words[0] switch
                {
                    "pow" => Exact.Pow(x[0], x[1]),
                    "atan2" => Exact.Atan2(x[0], x[1]),
                    _ => Unary[words[0]](x[0]),
                };
                var expected = Parse(words[1]);
                var difference = actual - expected;
                Assert.That(difference.Sign == 0 || difference.Magnitude < expected.Magnitude - 100, line);
            }
        });
    }

    /// <summary>A decimal number with an exponent.</summary>
    private static Big Parse(string text)
    {
        var parts = text.Split('e');
        var point = parts[0].IndexOf('.');
        var digits = BigInteger.Parse(
            parts[0].Replace(".", "", StringComparison.Ordinal),
            CultureInfo.InvariantCulture
        );
        var power =
            (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0)
            - (point < 0 ? 0 : parts[0].Length - point - 1);
        var scale = new Big(BigInteger.Pow(10, Math.Abs(power)), 0);
        return power < 0 ? new Big(digits, 0) / scale : new Big(digits, 0) * scale;
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
