using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mlir.Dataflow.Pictures;

/// <summary>
/// Writes drawings as one page that needs nothing else: no network, and no script but the page's own, which its policy names by hash. Names from the graph
/// are text everywhere; the script makes no markup from them.
/// </summary>
internal sealed class HtmlWriter
{
    // What the legend shows: a node of each style, with the words for it.
    private static readonly (NodeStyle Style, string Words)[] Legend =
    [
        (NodeStyle.Algorithm, "algorithm"),
        (NodeStyle.Compilable, "compilable algorithm"),
        (NodeStyle.Fused, "tasks fused into one"),
        (NodeStyle.Translation, "translation"),
        (NodeStyle.Data, "data (thick: wanted)"),
        (NodeStyle.Other, "anything else"),
    ];

    private readonly StringBuilder _page = new();

    private HtmlWriter() { }

    /// <summary>The page.</summary>
    /// <param name="title">The graph's name.</param>
    /// <param name="views">The drawings that the reader can choose from.</param>
    /// <param name="first">The one that is shown at first.</param>
    public static string Write(string title, IReadOnlyList<HtmlView> views, HtmlView first)
    {
        var writer = new HtmlWriter();
        writer.WriteHead(title);
        writer.WriteBar(title, views, first);
        writer._page.Append(
            "<main id=\"stage\" tabindex=\"0\" aria-label=\"Picture. Arrow keys move it, plus and minus zoom, 0 shows all, b changes between before and after.\">\n"
        );
        foreach (var view in views)
        {
            writer.WriteView(view, view == first);
        }

        writer.WriteLegend(views.Any(HasTimes));
        writer._page.Append("</main>\n<aside id=\"tasks\" aria-label=\"Tasks\">\n");
        writer._page.Append("<div id=\"details\" aria-live=\"polite\" class=\"off\"></div>\n");
        foreach (var view in views)
        {
            writer.WriteTable(view, view == first);
        }

        writer._page.Append("</aside>\n<script>").Append(PageText.Resource("page.js")).Append("</script>\n");
        return writer._page.Append("</body>\n</html>\n").ToString();
    }

    private void WriteHead(string title)
    {
        var style = PageText.Resource("picture.css") + PageText.Resource("page.css");
        var script = PageText.Resource("page.js");
        _page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        _page.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
        _page.Append(
            $"style-src '{Hash(style)}'; script-src '{Hash(script)}'; base-uri 'none'; form-action 'none'\">\n"
        );
        _page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Task graph ");
        _page.AppendEscaped(title).Append("</title>\n<style>").Append(style).Append("</style>\n</head>\n<body>\n");
    }

    private void WriteBar(string title, IReadOnlyList<HtmlView> views, HtmlView first)
    {
        _page.Append("<header>\n<h1 title=\"").AppendEscaped(title).Append("\">").AppendEscaped(title);
        _page.Append("</h1>\n<div class=\"group\" role=\"group\" aria-label=\"Which graph\">");
        foreach (var view in views.Count > 1 ? views : [])
        {
            _page.Append($"<button id=\"show-{view.Name}\" aria-pressed=\"{(view == first ? "true" : "false")}\">");
            _page.Append(view.Title).Append($" ({LabelText.Count(view.Tasks)})</button>");
        }

        _page.Append(
            """
            </div>
            <div class="group" role="search"><label class="unseen" for="query">Search</label><input id="query" type="search" placeholder="Search  ( / )" autocomplete="off" spellcheck="false"><button id="previous" aria-label="Previous match" title="Previous match (Shift+Enter)">↑</button><button id="next" aria-label="Next match" title="Next match (Enter)">↓</button><output id="found" for="query" aria-live="polite"></output></div>
            <div class="group" role="group" aria-label="Zoom"><button id="zoom-out" aria-label="Smaller" title="Smaller ( - )">−</button><output id="scale">100 %</output><button id="zoom-in" aria-label="Larger" title="Larger ( + )">+</button><button id="fit" title="Show all ( 0 )">Fit</button></div>
            <button id="toggle-tasks" class="end" aria-pressed="true" title="Show or hide the table ( t )">Tasks</button>
            </header>

            """
        );
    }

    private void WriteView(HtmlView view, bool shown)
    {
        _page.Append($"<div class=\"view{(shown ? "" : " off")}\" data-name=\"{view.Name}\">");
        if (view.Picture is { } picture)
        {
            _page.Append($"<svg class=\"picture\" role=\"group\" aria-label=\"{view.Title}\"><g class=\"canvas\" ");
            _page.Append(
                $"data-width=\"{SvgWriter.Text(picture.Plan.Width)}\" data-height=\"{SvgWriter.Text(picture.Plan.Height)}\">\n"
            );
            _page.Append(SvgWriter.WriteContent(picture, view.Name + "-"));
            _page.Append("</g></svg>");
        }
        else
        {
            _page.Append("<p class=\"refused\">").AppendEscaped(view.Refusal).Append("</p>");
        }

        _page.Append("</div>\n");
    }

    private void WriteLegend(bool hasTimes)
    {
        _page.Append("<details id=\"legend\"><summary>Legend</summary><ul class=\"picture\">");
        foreach (var (style, words) in Legend)
        {
            var (width, height) = style switch
            {
                NodeStyle.Other => (18, 18),
                _ => (32, 18),
            };
            var shape = new NodeShape(style, width, height);
            _page.Append("<li><svg viewBox=\"0 0 34 20\" aria-hidden=\"true\"><g class=\"");
            _page.Append(style.ToString().ToLowerInvariant()).Append("\">");
            SvgWriter.WriteShape(_page, shape, new PicturePoint(17, 10));
            _page.Append($"</g></svg>{words}</li>");
        }

        if (hasTimes)
        {
            _page.Append("<li><span class=\"scale\" aria-hidden=\"true\">");
            for (var level = 1; level <= Heat.Levels; level++)
            {
                _page.Append(
                    CultureInfo.InvariantCulture,
                    $"<svg viewBox=\"0 0 8 20\" class=\"heat{level}\"><rect class=\"shape\" "
                );
                _page.Append("width=\"8\" height=\"20\"/></svg>");
            }

            _page.Append("</span>time, beside the slowest task's</li>");
        }

        _page.Append("</ul></details>\n");
    }

    private void WriteTable(HtmlView view, bool shown)
    {
        var tasks = Tasks(view).ToList();
        var profiled = HasTimes(view);
        _page.Append($"<table id=\"{view.Name}-tasks\"{(shown ? "" : " class=\"off\"")}><caption>");
        _page.Append($"{view.Title}: {LabelText.Count(view.Tasks)} {(view.Tasks == 1 ? "task" : "tasks")}");
        if (profiled)
        {
            var time = TimeSpan.FromTicks(tasks.Sum(task => task.Node.Profile?.Duration.Ticks ?? 0));
            var bytes = tasks.Sum(task => task.Node.Profile?.Bytes ?? 0);
            _page.Append($", {LabelText.Time(time)} in all, {LabelText.Size(bytes)} of results");
        }

        _page.Append("</caption>\n<thead><tr><th scope=\"col\"><button>Task</button></th>");
        _page.Append("<th scope=\"col\"><button>Kind</button></th>");
        if (profiled)
        {
            _page.Append("<th scope=\"col\" class=\"number\"><button>Time</button></th>");
            _page.Append("<th scope=\"col\" class=\"number\"><button>Bytes</button></th>");
        }

        _page.Append("</tr></thead>\n<tbody>\n");
        foreach (var (index, node) in tasks)
        {
            _page.Append(CultureInfo.InvariantCulture, $"<tr data-node=\"{index}\"><th scope=\"row\"><button>");
            _page.AppendEscaped(LabelText.Shorten(node.Name, 200)).Append("</button></th>");
            _page.Append("<td class=\"kind\">").AppendEscaped(node.Kind).Append("</td>");
            if (profiled)
            {
                WriteNumber(node.Profile?.Duration.Ticks, node.Profile is { } p ? LabelText.Time(p.Duration) : "–");
                WriteNumber(node.Profile?.Bytes, node.Profile is { } q ? LabelText.Size(q.Bytes) : "–");
            }

            _page.Append("</tr>\n");
        }

        _page.Append("</tbody></table>\n");
    }

    private void WriteNumber(long? value, string text) =>
        _page.Append(CultureInfo.InvariantCulture, $"<td class=\"number\" data-value=\"{value ?? -1}\">{text}</td>");

    private static bool HasTimes(HtmlView view) => Tasks(view).Any(task => task.Node.Profile is not null);

    private static IEnumerable<(int Index, PictureNode Node)> Tasks(HtmlView view) =>
        (view.Picture?.Drawing.Nodes ?? []).Select((node, i) => (i, node)).Where(task => task.node.IsTask);

    private static string Hash(string text) =>
        "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
