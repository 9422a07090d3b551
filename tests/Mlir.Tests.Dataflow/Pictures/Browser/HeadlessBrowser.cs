using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlir.Tests.Dataflow.Pictures.Browser;

/// <summary>A real Chromium without a window, driven through its DevTools protocol.</summary>
internal sealed class HeadlessBrowser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _waiting = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _receiving = Task.CompletedTask;
    private int _lastId;

    private HeadlessBrowser(Process process, string profile)
    {
        _process = process;
        _profile = profile;
    }

    /// <summary>What the page told without being asked, as DevTools sends it.</summary>
    public ConcurrentQueue<JsonNode> Events { get; } = new();

    /// <summary>Starts a browser; the test is left out where there is none, and fails where tools are required.</summary>
    public static async Task<HeadlessBrowser> StartAsync()
    {
        var program = new[] { "chromium", "chromium-browser", "google-chrome" }
            .SelectMany(name =>
                (Environment.GetEnvironmentVariable("PATH") ?? "")
                    .Split(':')
                    .Select(folder => Path.Combine(folder, name))
            )
            .FirstOrDefault(File.Exists);
        if (program is null)
        {
            if (Environment.GetEnvironmentVariable("REQUIRE_MLIR_TOOLS") == "1")
            {
                Assert.Fail("chromium is required");
            }

            Assert.Ignore("chromium is not installed: './mlir test' installs it");
        }

        var profile = Directory.CreateTempSubdirectory("mlir-chromium").FullName;
        string[] flags =
        [
            "--headless=new",
            "--no-sandbox", // tests run as root in containers
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--no-first-run",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            $"--user-data-dir={profile}",
            "about:blank",
        ];
        var process = Process.Start(
            new ProcessStartInfo(program!, flags) { RedirectStandardError = true, RedirectStandardOutput = true }
        )!;
        var browser = new HeadlessBrowser(process, profile);
        try
        {
            await browser._socket.ConnectAsync(await browser.FindAddressAsync(), browser.Late());
            browser._receiving = browser.ReceiveAsync();
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a file in a page of its own.</summary>
    public async Task<BrowserPage> OpenAsync(string path, int width = 1200, int height = 800)
    {
        var target = await SendAsync("Target.createTarget", new() { ["url"] = "about:blank" });
        var attached = await SendAsync(
            "Target.attachToTarget",
            new() { ["targetId"] = target["targetId"]!.GetValue<string>(), ["flatten"] = true }
        );
        var page = new BrowserPage(this, attached["sessionId"]!.GetValue<string>());
        await page.LoadAsync(new Uri(path).AbsoluteUri, width, height);
        return page;
    }

    /// <summary>Sends a command and waits for its answer.</summary>
    public async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null, string? session = null)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        var message = new JsonObject
        {
            ["id"] = id,
            ["method"] = method,
            ["params"] = parameters ?? [],
        };
        if (session is not null)
        {
            message["sessionId"] = session;
        }

        await _sending.WaitAsync(Late());
        try
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(message);
            await _socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, Late());
        }
        finally
        {
            _sending.Release();
        }

        return await answer.Task.WaitAsync(Patience);
    }

    /// <summary>Ends the browser and removes its profile.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _receiving;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(Late());
        _process.Dispose();
        _socket.Dispose();
        _stop.Dispose();
        _sending.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A process of the browser that is just ending still writes; the system clears its temporary folder later.
        }
    }

    /// <summary>Waits for the browser to say where it listens. All that it says is read to the end: a full pipe would stop it.</summary>
    private async Task<Uri> FindAddressAsync()
    {
        const string Announcement = "DevTools listening on ";
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new ConcurrentQueue<string>();
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                address.TrySetException(
                    new InvalidOperationException("the browser did not start:\n" + string.Join('\n', said))
                );
            }
            else if (line.Data.StartsWith(Announcement, StringComparison.Ordinal))
            {
                address.TrySetResult(new Uri(line.Data[Announcement.Length..]));
            }
            else if (!address.Task.IsCompleted)
            {
                said.Enqueue(line.Data);
            }
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        return await address.Task.WaitAsync(Patience);
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer, _stop.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    Take(JsonNode.Parse(message.ToArray())!);
                    message.SetLength(0);
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or WebSocketException)
        {
            foreach (var (_, answer) in _waiting)
            {
                answer.TrySetException(new InvalidOperationException("the browser has ended", ended));
            }
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"] is not { } id)
        {
            Events.Enqueue(message);
        }
        else if (_waiting.TryRemove(id.GetValue<int>(), out var answer))
        {
            if (message["error"] is { } error)
            {
                answer.SetException(new InvalidOperationException(error.ToJsonString()));
            }
            else
            {
                answer.SetResult(message["result"]!);
            }
        }
    }

    private CancellationToken Late() => new CancellationTokenSource(Patience).Token;
}
