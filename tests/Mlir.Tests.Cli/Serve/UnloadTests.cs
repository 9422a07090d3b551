using System.Linq.Expressions;

namespace Mlir.Tests.Cli.Serve;

/// <summary>Functions that come and go leave no memory behind in the server.</summary>
public sealed class UnloadTests
{
    private const long MostGrowth = 10 << 20;

    [Test]
    public async Task DefineCallUnloadManyTimes()
    {
        var count = Nightly.Is ? 10_000 : 1_000;
        using var server = await ServerProcess.StartAsync();
        await using var remote = await server.ConnectAsync();
        var parameter = Expression.Parameter(typeof(int), "x");
        var warm = Math.Max(count / 4, 500); // the store of unused code is full by then, and the server's own code compiled
        var before = 0L;
        for (var i = 0; i < count; i++)
        {
            // A module of its own each time: nothing is found again by its hash.
            var lambda = Expression.Lambda<Func<int, int>>(
                Expression.Add(parameter, Expression.Constant(i)),
                parameter
            );
            var function = remote.Define("f", lambda);
            Assert.That(await function.CallAsync(1), Is.EqualTo(1 + i));
            await function.UnloadAsync();
            if (i == warm)
            {
                before = server.Memory;
            }
        }

        var after = server.Memory;
        TestContext.Out.WriteLine($"{before >> 10} KiB after {warm}, {after >> 10} KiB after {count}");
        Assert.That(after - before, Is.LessThan(MostGrowth));
        Assert.That(await remote.ListFunctionsAsync(), Is.Empty);
        Assert.That(server.SharedMemory, Is.Zero);
    }
}
