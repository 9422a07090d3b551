namespace Mlir.Tests.Frontend.Surface;

/// <summary>The page of <c>Tensor</c>'s functions says what is so, and the compiled ones agree with the eager ones.</summary>
public sealed class SurfaceTests
{
    private static bool Update =>
        Environment.GetEnvironmentVariable("MLIR_UPDATE_GOLDENS") == "1"
        && Environment.GetEnvironmentVariable("CI") is null;

    public static IEnumerable<string> Names => SurfacePage.Names;

    [Test]
    public void The_page_has_every_name_and_its_status()
    {
        var rows = SurfacePage.Names.Select(SurfacePage.RowOf).ToArray();
        Assert.That(SurfaceReader.Names, Has.Count.GreaterThanOrEqualTo(160));
        if (Update)
        {
            SurfacePage.Write(rows.Select(WithUlp));
            return;
        }

        var page = SurfacePage.Read();
        Assert.That(page.Keys, Is.EqualTo(SurfacePage.Names));
        Assert.That(page.Values.Select(r => r with { Ulp = "" }), Is.EqualTo(rows));
    }

    /// <summary>One element type for each name, other names other types; a run that updates the page takes all.</summary>
    [TestCaseSource(nameof(Names))]
    public void Compiled_functions_are_as_close_to_eager_as_the_page_says(string name)
    {
        var bound = SurfacePage.Read()[name].Ulp;
        if (bound.Length == 0)
        {
            Assert.That(SurfacePage.Read()[name].Status, Is.EqualTo("not"));
            return;
        }

        var types = SurfacePage.Types.Where(t => SurfacePage.Takes(name, t)).ToArray();
        var type = types[name.Sum(c => c) % types.Length];
        var measured = SurfacePage.Measure(name, type)!.Value;
        Assert.That(
            measured.Ulp,
            Is.LessThanOrEqualTo(ulong.Parse(bound, System.Globalization.CultureInfo.InvariantCulture)),
            $"{type.Name}: {measured.Where}"
        );
    }

    private static SurfaceRow WithUlp(SurfaceRow row)
    {
        if (row.Status != "compiled")
        {
            return row;
        }

        var worst = 0UL;
        foreach (var type in SurfacePage.Types)
        {
            if (SurfacePage.Takes(row.Name, type) && SurfacePage.Measure(row.Name, type) is { } measured)
            {
                worst = Math.Max(worst, measured.Ulp);
            }
        }

        return row with
        {
            Ulp = SurfacePage.Bound(row.Name, worst).ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
