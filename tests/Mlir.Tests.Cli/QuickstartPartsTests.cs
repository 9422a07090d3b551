using System.Numerics.Tensors;
using System.Xml.Linq;
using Mlir.Cli;
using Mlir.Cli.Quickstart;

namespace Mlir.Tests.Cli;

public sealed class QuickstartPartsTests
{
    [Test]
    public void Differences_count_the_doubles_between()
    {
        var one = 1.0;
        var next = double.BitIncrement(double.BitIncrement(one));
        Assert.Multiple(() =>
        {
            Assert.That(Difference.InUlps(one, next), Is.EqualTo(2));
            Assert.That(Difference.InUlps(0.0, -0.0), Is.Zero);
            Assert.That(Difference.InUlps(double.Epsilon, -double.Epsilon), Is.EqualTo(2));
            Assert.That(Difference.InUlps(double.NaN, double.NaN), Is.Zero);
            Assert.That(Difference.InUlps(double.NaN, 1.0), Is.EqualTo(ulong.MaxValue));
            Assert.That(Difference.InUlps(double.MinValue, double.MaxValue), Is.GreaterThan(1UL << 63));
            Assert.That(Difference.InUlps(Tensor.Create([1.0, one]), Tensor.Create([1.0, next])), Is.EqualTo(2));
            Assert.That(Difference.InUlps(Tensor.Create([1.0]), Tensor.Create([1.0, 1.0])), Is.EqualTo(ulong.MaxValue));
        });
    }

    [Test]
    public void The_carried_prices_are_complete_and_plausible()
    {
        var prices = PriceHistory.Read(Path.Combine(Launcher.Root, "samples", "data", "sp500-2000.csv"));
        Assert.Multiple(() =>
        {
            Assert.That(prices.Dates, Has.Length.EqualTo(5105));
            Assert.That(prices.Dates, Is.Ordered);
            Assert.That(prices.Close.FlattenedLength, Is.EqualTo((nint)5105));
            Assert.That(prices.Close[0], Is.EqualTo(1455.219971));
            Assert.That(
                Enumerable.Range(0, 5105).All(i => prices.Low[i] > 600 && prices.Low[i] <= prices.High[i]),
                Is.True
            );
        });
    }

    [TestCase("", "(1): expected the columns")]
    [TestCase("a,b\n", "(1): expected the columns")]
    [TestCase("date,open,high,low,close\n2000-01-03,1,2,3\n", "(2): expected date")]
    [TestCase("date,open,high,low,close\n2000-01-03,1,2,3,4\nnever,1,2,3,4\n", "(3): expected date")]
    [TestCase("date,open,high,low,close\n2000-01-03,1,2,x,4\n", "(2): 'x' is not a price")]
    public void A_malformed_line_is_named(string text, string message)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            Assert.That(() => PriceHistory.Read(path), Throws.TypeOf<UsageException>().With.Message.Contains(message));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void A_chart_is_a_picture_of_every_point()
    {
        var dates = Enumerable.Range(0, 900).Select(i => new DateOnly(2019, 5, 1).AddDays(i)).ToArray();
        var values = dates.Select((_, i) => 3.5 + Math.Sin(i * 0.01)).ToArray();
        var svg = XDocument.Parse(new LineChart("A < B", "percent", "from & to").Draw(dates, values));
        var path = svg.Descendants().Single(element => element.Name.LocalName == "path").Attribute("d")!.Value;
        var texts = svg.Descendants()
            .Where(element => element.Name.LocalName == "text")
            .Select(element => element.Value)
            .ToList();
        Assert.Multiple(() =>
        {
            Assert.That(path.Count(c => c is 'M' or 'L'), Is.EqualTo(900));
            Assert.That(texts, Does.Contain("A < B").And.Contain("from & to").And.Contain("2019").And.Contain("2021"));
            Assert.That(path, Does.Not.Contain("NaN"));
        });
    }
}
