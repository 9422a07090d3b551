using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Scheduling;

/// <summary>What a console shows of a run.</summary>
public sealed class ProgressBarTests
{
    private static RunProgress At(int done, double seconds, bool isOver, params string[] running) =>
        new(done, 10, [.. running], TimeSpan.FromSeconds(seconds), isOver);

    [Test]
    public void A_run_of_less_than_a_second_shows_nothing()
    {
        var output = new StringWriter();
        var bar = new ProgressBar(output);
        bar.Report(At(0, 0, false));
        bar.Report(At(5, 0.9, false, "scale"));
        bar.Report(At(10, 0.95, true));
        Assert.That(output.ToString(), Is.Empty);
    }

    [Test]
    public void A_longer_run_shows_how_many_tasks_are_done_and_which_run()
    {
        var output = new StringWriter();
        var bar = new ProgressBar(output);
        bar.Report(At(5, 1.5, false, "scale", "offset"));
        bar.Report(At(10, 2, true));
        Assert.That(
            output.ToString(),
            Is.EqualTo(
                "\r[###############...............] 5/10 1.5 s scale, offset"
                    + "\r[##############################] 10/10 2.0 s             \n"
            )
        );
    }

    [Test]
    public void A_file_gets_no_bar()
    {
        var output = new StringWriter();
        new ProgressBar(output, isTerminal: false).Report(At(5, 5, false, "scale"));
        Assert.That(output.ToString(), Is.Empty);
    }

    [Test]
    public void A_long_list_of_names_is_cut_off()
    {
        var output = new StringWriter();
        new ProgressBar(output).Report(At(0, 5, false, new string('x', 100)));
        Assert.That(output.ToString(), Does.EndWith(" " + new string('x', 59) + "…"));
    }
}
