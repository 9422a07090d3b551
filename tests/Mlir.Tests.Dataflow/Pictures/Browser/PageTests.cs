using Mlir.Dataflow;
using Mlir.Dialects.Flow;

namespace Mlir.Tests.Dataflow.Pictures.Browser;

/// <summary>The page in a real browser, used as a reader uses it.</summary>
public sealed class PageTests
{
    private HeadlessBrowser _browser = null!;
    private string _folder = "";

    [OneTimeSetUp]
    public async Task StartBrowser()
    {
        _browser = await HeadlessBrowser.StartAsync();
        _folder = Directory.CreateTempSubdirectory("mlir-page").FullName;
    }

    [OneTimeTearDown]
    public async Task StopBrowser()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static string Transform(string view) =>
        $"document.querySelector('[data-name={view}] .canvas').getAttribute('transform')";

    private static string Scale(string view) => $"Number(/scale\\(([0-9.]+)\\)/.exec({Transform(view)})[1])";

    private Task<BrowserPage> OpenAsync(GraphPicture picture, PictureOptions? options = null)
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():N}.html");
        picture.Save(path, options);
        return _browser.OpenAsync(path);
    }

    private Task<BrowserPage> OpenPipelineAsync() => OpenAsync(Drawings.Picture(Drawings.Pipeline, Drawings.Optimized));

    /// <summary>The pipeline after a run: its fused task took longest, the translation made most.</summary>
    private Task<BrowserPage> OpenProfiledAsync()
    {
        var (graph, optimized) = (Drawings.Parse(Drawings.Pipeline), Drawings.Parse(Drawings.Optimized));
        var ops = optimized.Body.Operations.ToList();
        var report = Drawings.Report(
            (ops.OfType<FusedOp>().Single(), TimeSpan.FromMilliseconds(80), 8_000_000),
            (ops.OfType<TranslateOp>().Single(), TimeSpan.FromMilliseconds(20.5), 16_000_000),
            (ops.OfType<TaskOp>().First(), TimeSpan.FromMicroseconds(950), 2_000)
        );
        return OpenAsync(new GraphPicture(graph, optimized) { Report = report });
    }

    [Test]
    public async Task Search_finds_counts_marks_and_jumps()
    {
        var page = await OpenPipelineAsync();
        await page.PressAsync("b"); // before: two circles with the literal
        await page.ClickAsync("#query");
        await page.TypeAsync("literal");
        Assert.That(await page.TextAsync("#found"), Is.EqualTo("1 of 2"));
        Assert.That(
            await page.GetAsync<int>("document.querySelectorAll('[data-name=before] .match').length"),
            Is.EqualTo(2)
        );

        var first = await page.GetAsync<string>("document.querySelector('.current').id");
        var (x, y) = await page.MiddleAsync(".current .shape");
        var (stageX, stageY) = await page.MiddleAsync("#stage");
        Assert.That(x, Is.EqualTo(stageX).Within(40), "the match is in the middle");
        Assert.That(y, Is.EqualTo(stageY).Within(40));

        await page.PressAsync("Enter");
        Assert.That(await page.TextAsync("#found"), Is.EqualTo("2 of 2"));
        Assert.That(await page.GetAsync<string>("document.querySelector('.current').id"), Is.Not.EqualTo(first));
        await page.PressAsync("Enter");
        Assert.That(await page.GetAsync<string>("document.querySelector('.current').id"), Is.EqualTo(first), "around");
        await page.PressAsync("Enter", shift: true);
        Assert.That(await page.TextAsync("#found"), Is.EqualTo("2 of 2"));
        await page.ClickAsync("#previous");
        Assert.That(await page.TextAsync("#found"), Is.EqualTo("1 of 2"));

        await page.ClickAsync("#query");
        await page.TypeAsync("zzz");
        Assert.That(await page.TextAsync("#found"), Is.EqualTo("nothing found"));
        await page.PressAsync("Escape");
        Assert.That(await page.TextAsync("#found"), Is.Empty);
        Assert.That(
            await page.GetAsync<int>("document.querySelectorAll('.match, .current, .searching').length"),
            Is.Zero
        );
    }

    [Test]
    public async Task Names_inside_a_fused_task_are_found()
    {
        var page = await OpenPipelineAsync();
        await page.PressAsync("/");
        await page.TypeAsync("EXAMPLE.OFFSET");
        Assert.That(
            await page.GetAsync<string>("document.querySelector('.current').getAttribute('class')"),
            Does.Contain("fused")
        );
    }

    [Test]
    public async Task Buttons_and_keys_zoom()
    {
        var page = await OpenPipelineAsync();
        var begin = await page.GetAsync<double>(Scale("after"));
        await page.ClickAsync("#zoom-in");
        Assert.That(await page.GetAsync<double>(Scale("after")), Is.EqualTo(begin * 1.25).Within(1e-3));
        Assert.That(await page.TextAsync("#scale"), Is.EqualTo($"{Math.Round(begin * 125)} %"));
        await page.ClickAsync("#zoom-out");
        Assert.That(await page.GetAsync<double>(Scale("after")), Is.EqualTo(begin).Within(1e-3));
        await page.PressAsync("+");
        await page.PressAsync("+");
        Assert.That(await page.GetAsync<double>(Scale("after")), Is.EqualTo(begin * 1.5625).Within(1e-3));
        await page.PressAsync("1");
        Assert.That(await page.GetAsync<double>(Scale("after")), Is.EqualTo(1).Within(1e-3));
        await page.ClickAsync("#fit");
        Assert.That(
            await page.GetAsync<bool>(
                """
                (() => {
                  const inside = document.querySelector('#stage').getBoundingClientRect();
                  return [...document.querySelectorAll('[data-name=after] .node')].every(node => {
                    const box = node.getBoundingClientRect();
                    return box.left >= inside.left && box.right <= inside.right && box.top >= inside.top && box.bottom <= inside.bottom;
                  });
                })()
                """
            ),
            "everything is in sight"
        );
    }

    [Test]
    public async Task The_wheel_zooms_around_the_mouse()
    {
        var page = await OpenPipelineAsync();
        var begin = await page.GetAsync<double>(Scale("after"));
        var (x, y) = await page.MiddleAsync("[data-name=after] .fused .shape");
        await page.WheelAsync(x, y, -240);
        await page.UntilAsync($"{Scale("after")} > {begin * 1.2:F3}");
        var (newX, newY) = await page.MiddleAsync("[data-name=after] .fused .shape");
        Assert.That(newX, Is.EqualTo(x).Within(1));
        Assert.That(newY, Is.EqualTo(y).Within(1));
        await page.WheelAsync(x, y, 240);
        await page.UntilAsync($"Math.abs({Scale("after")} - {begin:F5}) < 0.01");
    }

    [Test]
    public async Task The_mouse_and_the_arrow_keys_move_the_picture()
    {
        var page = await OpenPipelineAsync();
        var (x, y) = await page.MiddleAsync("[data-name=after] .fused .shape");
        await page.DragAsync(x, y, 70, -30);
        var (movedX, movedY) = await page.MiddleAsync("[data-name=after] .fused .shape");
        Assert.That(movedX - x, Is.EqualTo(70).Within(1));
        Assert.That(movedY - y, Is.EqualTo(-30).Within(1));
        Assert.That(
            await page.GetAsync<int>("document.querySelectorAll('.selected').length"),
            Is.Zero,
            "moving is not choosing"
        );
        await page.PressAsync("ArrowLeft");
        Assert.That((await page.MiddleAsync("[data-name=after] .fused .shape")).X, Is.EqualTo(movedX + 60).Within(1));
    }

    [Test]
    public async Task Before_and_after_change_places()
    {
        const string Shown = "[...document.querySelectorAll('.view:not(.off)')].map(v => v.dataset.name).join()";
        var page = await OpenPipelineAsync();
        Assert.That(await page.GetAsync<string>(Shown), Is.EqualTo("after"));
        Assert.That(await page.TextAsync("#show-before"), Is.EqualTo("Before (7)"));
        Assert.That(await page.TextAsync("#show-after"), Is.EqualTo("After (6)"));
        await page.ClickAsync("#show-before");
        Assert.That(await page.GetAsync<string>(Shown), Is.EqualTo("before"));
        Assert.That(
            await page.GetAsync<string>("document.querySelector('#show-before').ariaPressed"),
            Is.EqualTo("true")
        );
        Assert.That(
            await page.GetAsync<string>("document.querySelector('#show-after').ariaPressed"),
            Is.EqualTo("false")
        );
        Assert.That(await page.GetAsync<double>(Scale("before")), Is.GreaterThan(0.4), "and can be read");
        Assert.That(await page.GetAsync<bool>("document.querySelector('#before-tasks').checkVisibility()"));
        Assert.That(await page.GetAsync<bool>("document.querySelector('#after-tasks').checkVisibility()"), Is.False);
        await page.PressAsync("b");
        Assert.That(await page.GetAsync<string>(Shown), Is.EqualTo("after"));
    }

    [Test]
    public async Task The_table_shows_time_and_bytes_and_is_sorted_by_a_click()
    {
        const string Names =
            "[...document.querySelectorAll('#after-tasks tbody th')].map(th => th.textContent).slice(0, 3).join('|')";
        var page = await OpenProfiledAsync();
        Assert.That(
            await page.TextAsync("#after-tasks caption"),
            Is.EqualTo("After: 6 tasks, 101 ms in all, 24 MB of results")
        );
        Assert.That(
            await page.TextAsync("#after-tasks tbody tr"),
            Is.EqualTo("example.scale → example.offsetfused task80 ms8 MB")
        );
        await page.ClickAsync("#after-tasks th:nth-child(4) button");
        Assert.That(
            await page.GetAsync<string>(Names),
            Is.EqualTo("Plugin.ToCsr|example.scale → example.offset|graph.rank")
        );
        await page.ClickAsync("#after-tasks th:nth-child(3) button");
        Assert.That(
            await page.GetAsync<string>(Names),
            Is.EqualTo("example.scale → example.offset|Plugin.ToCsr|graph.rank")
        );
        Assert.That(
            await page.GetAsync<string>("document.querySelector('#after-tasks th:nth-child(3)').ariaSort"),
            Is.EqualTo("descending")
        );
        await page.ClickAsync("#after-tasks th:nth-child(1) button");
        Assert.That(await page.GetAsync<string>(Names), Does.StartWith("[0]|example.add|"));
    }

    [Test]
    public async Task The_slowest_task_is_the_warmest()
    {
        var page = await OpenProfiledAsync();
        var classes = await page.GetAsync<string>(
            "[...document.querySelectorAll('[data-name=after] [class*=heat]')].map(n => n.getAttribute('class')).join('|')"
        );
        Assert.That(classes, Is.EqualTo("node fused heat5|node translation heat2|node algorithm heat1"));
        Assert.That(
            await page.GetAsync<string>("getComputedStyle(document.querySelector('.heat5 .shape')).fill"),
            Is.Not.EqualTo(
                await page.GetAsync<string>("getComputedStyle(document.querySelector('.heat1 .shape')).fill")
            )
        );
        await page.CaptureAsync("page-after-a-run");
    }

    [Test]
    public async Task A_row_and_a_click_choose_a_node_and_tell_about_it()
    {
        var page = await OpenProfiledAsync();
        await page.ClickAsync("#after-tasks tbody tr:nth-child(2) button");
        Assert.That(
            await page.GetAsync<string>("document.querySelector('.node.selected').getAttribute('class')"),
            Does.Contain("translation")
        );
        Assert.That(
            await page.GetAsync<string>(
                "[...document.querySelectorAll('#details p')].map(p => p.textContent).join('|')"
            ),
            Does.StartWith("translation by Plugin.ToCsr|from Tensor<double>|to CsrMatrix<double>|")
                .And.EndsWith("|time: 20.5 ms|results: 16,000,000 bytes")
        );
        Assert.That(await page.GetAsync<int>("document.querySelectorAll('.edge.touched').length"), Is.EqualTo(2));

        await page.ClickAsync("[data-name=after] .algorithm .shape");
        Assert.That(await page.TextAsync("#details p"), Is.EqualTo("algorithm graph.rank"));
        Assert.That(await page.TextAsync("tr.selected th"), Is.EqualTo("graph.rank"));
        await page.PressAsync("Escape");
        Assert.That(await page.GetAsync<int>("document.querySelectorAll('.selected, .touched').length"), Is.Zero);
    }

    [Test]
    public async Task The_page_asks_for_nothing_and_complains_about_nothing()
    {
        var page = await OpenProfiledAsync();
        await page.ClickAsync("#show-before");
        await page.ClickAsync("#legend summary");
        Assert.That(await page.GetAsync<bool>("document.querySelector('#legend').open"));
        Assert.That(page.Requests.ToList(), Has.Count.EqualTo(1).And.All.StartsWith("file:"));
        Assert.That(page.Complaints, Is.Empty);
    }

    [Test]
    public async Task Its_policy_lets_no_other_script_and_no_connection_in()
    {
        var page = await OpenPipelineAsync();
        Assert.That(
            await page.GetAsync<string>(
                """
                (() => {
                  const script = document.createElement('script');
                  script.textContent = 'window.ran = true';
                  document.body.append(script);
                  return String(window.ran);
                })()
                """
            ),
            Is.EqualTo("undefined")
        );
        Assert.That(
            await page.GetAsync<string>("fetch('http://127.0.0.1:9/').then(() => 'sent', error => error.name)"),
            Is.EqualTo("TypeError")
        );
        Assert.That(page.Complaints, Has.Some.Contains("Content Security Policy"));
    }

    [Test]
    public async Task Hostile_names_stay_text()
    {
        var page = await OpenAsync(Drawings.Picture(Drawings.Hostile));
        const string Name = "</title><script>document.title='run'</script>";
        Assert.That(await page.GetAsync<string>("document.title"), Is.EqualTo("Task graph " + Name));
        Assert.That(await page.TextAsync("h1"), Is.EqualTo(Name));
        Assert.That(await page.GetAsync<int>("document.querySelectorAll('script').length"), Is.EqualTo(1));
        Assert.That(await page.GetAsync<int>("document.querySelectorAll('img').length"), Is.Zero);
        await page.ClickAsync(".algorithm .shape");
        Assert.That(await page.TextAsync("#details"), Does.Contain("&lt;b&gt;"));
        Assert.That(page.Complaints, Is.Empty);
    }

    [Test]
    public async Task A_graph_that_is_too_large_says_so_in_its_place()
    {
        var page = await OpenAsync(Drawings.Picture(Drawings.Pipeline, Drawings.Optimized), new() { MaxNodes = 15 });
        Assert.That(await page.GetAsync<bool>("document.querySelector('[data-name=after] .node').checkVisibility()"));
        await page.ClickAsync("#show-before");
        Assert.That(
            await page.TextAsync("[data-name=before] .refused"),
            Does.StartWith("the picture of @pipeline would have 18 nodes, more than 15: ")
        );
        await page.PressAsync("+");
        await page.PressAsync("Escape");
        await page.PressAsync("b");
        Assert.That(page.Complaints, Is.Empty);
    }

    [Test]
    public async Task A_large_graph_begins_where_it_can_be_read_and_is_searched()
    {
        var tasks = string.Concat(
            Enumerable.Range(0, 1000).Select(i => $"%v{i + 1} = flow.task \"f{i}\" by \"F\"(%v{i}) : (!t) -> !t\n")
        );
        var page = await OpenAsync(
            Drawings.Picture(
                $"!t = !flow.data<\"A\">\nflow.graph @g {{\n%v0 = flow.input \"x\" : !t\n{tasks}flow.yield %v1000 : !t\n}}"
            )
        );
        Assert.That(await page.GetAsync<double>(Scale("before")), Is.EqualTo(0.7).Within(1e-3));
        Assert.That((await page.MiddleAsync("#before-n0 .shape")).Y, Is.InRange(100, 400));
        await page.ClickAsync("#query");
        await page.TypeAsync("algorithm f987");
        Assert.That(await page.TextAsync("#found"), Is.EqualTo("1 of 1"));
        var (_, y) = await page.MiddleAsync(".current .shape");
        Assert.That(y, Is.EqualTo((await page.MiddleAsync("#stage")).Y).Within(40));
    }

    [Test]
    public async Task Light_and_dark_readers_get_their_colours()
    {
        const string Ground = "getComputedStyle(document.body).backgroundColor";
        const string Text = "getComputedStyle(document.querySelector('.node text')).fill";
        var page = await OpenProfiledAsync();
        await page.PreferAsync("light");
        var (ground, text) = (await page.GetAsync<string>(Ground), await page.GetAsync<string>(Text));
        await page.PreferAsync("dark");
        Assert.That(await page.GetAsync<string>(Ground), Is.EqualTo("rgb(20, 24, 29)").And.Not.EqualTo(ground));
        Assert.That(await page.GetAsync<string>(Text), Is.EqualTo("rgb(230, 237, 243)").And.Not.EqualTo(text));
        await page.CaptureAsync("page-dark");
    }

    [TestCase("after")]
    [TestCase("before")]
    public async Task Labels_stand_inside_their_shapes_and_nodes_apart(string view)
    {
        var page = await OpenProfiledAsync();
        await page.ClickAsync($"#show-{view}");
        await page.PressAsync("1");
        Assert.That(
            await page.GetAsync<string>(
                $$"""
                (() => {
                  const wrong = [];
                  const boxes = [];
                  for (const node of document.querySelectorAll('[data-name={{view}}] .node')) {
                    const shape = node.querySelector('.shape').getBBox();
                    boxes.push(shape);
                    for (const text of node.querySelectorAll('text')) {
                      const box = text.getBBox();
                      if (box.x < shape.x + 2 || box.x + box.width > shape.x + shape.width - 2
                        || box.y < shape.y || box.y + box.height > shape.y + shape.height) {
                        wrong.push(text.textContent);
                      }
                    }
                  }
                  boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
                    if (a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height) {
                      wrong.push('overlap');
                    }
                  }));
                  return wrong.join('|');
                })()
                """
            ),
            Is.Empty
        );
    }

    [Test]
    public async Task Controls_and_nodes_have_names_that_can_be_read_aloud()
    {
        var page = await OpenProfiledAsync();
        Assert.That(
            await page.GetAsync<string>(
                """
                [...document.querySelectorAll('button, input')]
                  .filter(e => !(e.ariaLabel || e.textContent.trim() || e.labels?.length)).map(e => e.id).join()
                """
            ),
            Is.Empty
        );
        Assert.That(
            await page.GetAsync<string>("document.querySelector('[data-name=after] .fused').ariaLabel"),
            Is.EqualTo("fused task: example.scale, example.offset, 80 ms · 8 MB")
        );
    }
}
