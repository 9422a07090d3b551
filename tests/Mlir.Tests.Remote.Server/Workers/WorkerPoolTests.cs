using Mlir.Remote.Server.Workers;

namespace Mlir.Tests.Remote.Server.Workers;

/// <summary>Compiling and calling through real worker processes.</summary>
public sealed class WorkerPoolTests
{
    private WorkerPool pool = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => pool = await Pools.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await pool.DisposeAsync();

    [TestCase("cpu")]
    [TestCase("interpreter")]
    public async Task ScalarsComeAndGoInSlots(string target)
    {
        var unit = await pool.CompileAsync(Modules.Add, target);
        var result = await pool.CallAsync(
            new WorkerCall { Unit = unit, Packed = Slots.Of(1L, 2L) },
            CancellationToken.None
        );

        Assert.That(unit.Target, Is.EqualTo(target));
        Assert.That(unit.Functions[0].Name, Is.EqualTo("main"));
        Assert.That(unit.Functions[0].Parameters[0].ToString(), Is.EqualTo("Int32"));
        Assert.That(Slots.Read<long>(result.Packed), Is.EqualTo([3L]));
        Assert.That(result.Error, Is.Null);
    }
}
