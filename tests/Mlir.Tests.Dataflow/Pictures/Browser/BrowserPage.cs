using System.Text.Json.Nodes;

namespace Mlir.Tests.Dataflow.Pictures.Browser;

/// <summary>A page: real clicks, keys and wheels in, what the document then says out.</summary>
internal sealed class BrowserPage(HeadlessBrowser browser, string session)
{
    /// <summary>Loads an address.</summary>
    public async Task LoadAsync(string address, int width, int height)
    {
        await SendAsync("Page.enable");
        await SendAsync("Runtime.enable");
        await SendAsync("Log.enable");
        await SendAsync("Network.enable");
        await SendAsync(
            "Emulation.setDeviceMetricsOverride",
            new()
            {
                ["width"] = width,
                ["height"] = height,
                ["deviceScaleFactor"] = 1,
                ["mobile"] = false,
            }
        );
        await SendAsync("Page.navigate", new() { ["url"] = address });
        await UntilAsync($"location.href !== 'about:blank' && document.readyState === 'complete'");
    }

    /// <summary>What the page complained about: exceptions, refused scripts and styles.</summary>
    public IEnumerable<string> Complaints =>
        Mine("Runtime.exceptionThrown").Concat(Mine("Log.entryAdded")).Select(e => e.ToJsonString());

    /// <summary>The addresses that the page asked for.</summary>
    public IEnumerable<string> Requests =>
        Mine("Network.requestWillBeSent").Select(e => e["params"]!["request"]!["url"]!.GetValue<string>());

    /// <summary>The value of an expression of the page's language.</summary>
    public async Task<T> GetAsync<T>(string expression)
    {
        var answer = await SendAsync(
            "Runtime.evaluate",
            new()
            {
                ["expression"] = expression,
                ["returnByValue"] = true,
                ["awaitPromise"] = true,
            }
        );
        Assert.That(answer["exceptionDetails"], Is.Null, expression);
        return answer["result"]!["value"] is { } value ? value.GetValue<T>() : default!;
    }

    /// <summary>The text of an element.</summary>
    public Task<string> TextAsync(string selector) =>
        GetAsync<string>($"document.querySelector('{selector}').textContent");

    /// <summary>Waits until an expression is true.</summary>
    public async Task UntilAsync(string condition)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await GetAsync<bool>($"!!({condition})"))
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail($"never came true: {condition}");
    }

    /// <summary>The middle of an element, in the window.</summary>
    public async Task<(double X, double Y)> MiddleAsync(string selector)
    {
        var box = $"document.querySelector('{selector}').getBoundingClientRect()";
        return (
            await GetAsync<double>($"{box}.left + {box}.width / 2"),
            await GetAsync<double>($"{box}.top + {box}.height / 2")
        );
    }

    /// <summary>Clicks an element where a user would: in its middle.</summary>
    public async Task ClickAsync(string selector)
    {
        var (x, y) = await MiddleAsync(selector);
        await MouseAsync("mouseMoved", x, y, 0);
        await MouseAsync("mousePressed", x, y, 1);
        await MouseAsync("mouseReleased", x, y, 0);
    }

    /// <summary>Draws the mouse with its button down.</summary>
    public async Task DragAsync(double x, double y, double dx, double dy)
    {
        await MouseAsync("mouseMoved", x, y, 0);
        await MouseAsync("mousePressed", x, y, 1);
        for (var i = 1; i <= 5; i++)
        {
            await MouseAsync("mouseMoved", x + (dx * i / 5), y + (dy * i / 5), 1);
        }

        await MouseAsync("mouseReleased", x + dx, y + dy, 0);
    }

    /// <summary>Turns the wheel.</summary>
    public Task WheelAsync(double x, double y, double by) =>
        SendAsync(
            "Input.dispatchMouseEvent",
            new()
            {
                ["type"] = "mouseWheel",
                ["x"] = x,
                ["y"] = y,
                ["deltaX"] = 0,
                ["deltaY"] = by,
            }
        );

    /// <summary>Types a text, key by key.</summary>
    public async Task TypeAsync(string text)
    {
        foreach (var c in text)
        {
            await PressAsync(c.ToString());
        }
    }

    /// <summary>Presses a key: a character, or a name such as <c>Enter</c>.</summary>
    public async Task PressAsync(string key, bool shift = false)
    {
        var down = new JsonObject
        {
            ["type"] = "keyDown",
            ["key"] = key,
            ["modifiers"] = shift ? 8 : 0,
        };
        var code = key switch
        {
            "Enter" => 13,
            "Escape" => 27,
            "Tab" => 9,
            "ArrowLeft" => 37,
            _ => 0,
        };
        if (key.Length == 1 || key == "Enter")
        {
            down["text"] = key == "Enter" ? "\r" : key;
        }

        if (code != 0)
        {
            down["windowsVirtualKeyCode"] = code;
        }

        await SendAsync("Input.dispatchKeyEvent", down);
        await SendAsync("Input.dispatchKeyEvent", new() { ["type"] = "keyUp", ["key"] = key });
    }

    /// <summary>Makes the reader prefer light or dark pages.</summary>
    public Task PreferAsync(string scheme) =>
        SendAsync(
            "Emulation.setEmulatedMedia",
            new()
            {
                ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
            }
        );

    /// <summary>Keeps a picture of the window with the test's results.</summary>
    public async Task CaptureAsync(string name)
    {
        var answer = await SendAsync("Page.captureScreenshot", new() { ["format"] = "png" });
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{name}.png");
        var bytes = Convert.FromBase64String(answer["data"]!.GetValue<string>());
        Assert.That(bytes, Has.Length.GreaterThan(1000));
        await File.WriteAllBytesAsync(path, bytes);
        TestContext.AddTestAttachment(path);
    }

    private Task<JsonNode> SendAsync(string method, JsonObject? parameters = null) =>
        browser.SendAsync(method, parameters, session);

    private Task MouseAsync(string type, double x, double y, int buttons) =>
        SendAsync(
            "Input.dispatchMouseEvent",
            new()
            {
                ["type"] = type,
                ["x"] = x,
                ["y"] = y,
                ["button"] = type == "mouseMoved" && buttons == 0 ? "none" : "left",
                ["buttons"] = buttons,
                ["clickCount"] = type == "mouseMoved" ? 0 : 1,
            }
        );

    private IEnumerable<JsonNode> Mine(string method) =>
        browser.Events.Where(e =>
            e["method"]?.GetValue<string>() == method && e["sessionId"]?.GetValue<string>() == session
        );
}
