using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Workers;

namespace Mlir.Tests.Remote.Server.Workers;

/// <summary>More workers come while all are busy with long calls, nobody takes more than a share, and what is too many goes again.</summary>
public sealed class CrowdTests
{
    [Test]
    public async Task WorkersComeWhileOthersWaitAndGoAfterwards()
    {
        await using var pool = await WorkerPool.StartAsync(
            new WorkerOptions
            {
                Count = 1,
                MaxCount = 4,
                SurplusTime = TimeSpan.FromMilliseconds(100),
            },
            NullLogger.Instance,
            CancellationToken.None
        );
        var forever = await pool.CompileAsync(Support.Modules.Forever.Module.ToStringUtf8());
        var add = await pool.CompileAsync(Modules.Add);
        using var stop = new CancellationTokenSource();
        var hog = new object();
        var endless = Enumerable
            .Range(0, 10)
            .Select(_ =>
                pool.CallAsync(
                    new WorkerCall
                    {
                        Unit = forever,
                        Packed = Slots.Of(BitConverter.DoubleToInt64Bits(1)),
                        Owner = hog,
                        Limit = TimeSpan.FromMinutes(5),
                    },
                    stop.Token
                )
            )
            .ToArray();

        var result = await pool.CallAsync(add, Slots.Of(1L, 2L));
        Assert.That(Slots.Read<long>(result.Packed), Is.EqualTo([3L]));
        Assert.That(endless.Select(static t => t.IsCompleted), Is.All.False);
        Assert.That(pool.ProcessIds, Has.Length.InRange(2, 4));
        Assert.That(pool.Queued, Is.EqualTo(8), "two of four workers are one owner's share");

        await stop.CancelAsync();
        foreach (var call in endless)
        {
            Assert.That(
                (await Assert.ThrowsAsync<ProtocolException>(() => call))!.Error.Code,
                Is.EqualTo(ErrorCode.Cancelled)
            );
        }

        var start = Stopwatch.GetTimestamp();
        while (pool.ProcessIds.Length > 1)
        {
            Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(60)));
            await Task.Yield();
        }

        result = await pool.CallAsync(add, Slots.Of(20L, 22L));
        Assert.That(Slots.Read<long>(result.Packed), Is.EqualTo([42L]));
    }
}
