using System.Text.Json;

namespace Mlir.Tests.Cli;

/// <summary><c>mlir devices</c> lists what there is, and gives a reason for what there is not.</summary>
public sealed class DevicesTests
{
    [Test]
    public void The_table_names_what_is_always_there()
    {
        var (exitCode, output, errors) = Cli.Run("devices");
        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.Zero, errors);
            Assert.That(output, Does.Contain("interpreter").And.Contain("PTX machine, compute capability 9.0"));
            Assert.That(output, Does.Match(@"cuda:0 |cuda: not there: \S+"));
            Assert.That(output, Does.Contain("Device.Best: "));
        });
    }

    [Test]
    public void The_JSON_gives_every_device_a_name_or_a_reason()
    {
        var (exitCode, output, errors) = Cli.Run("devices", "--json");
        Assert.That(exitCode, Is.Zero, errors);
        var devices = JsonDocument.Parse(output).RootElement.EnumerateArray().ToList();
        Assert.Multiple(() =>
        {
            Assert.That(
                devices.Select(device => device.GetProperty("id").GetString()),
                Is.SupersetOf(new[] { "cpu", "interpreter", "ptx" })
            );
            foreach (var device in devices)
            {
                var property = device.GetProperty("available").GetBoolean() ? "name" : "reason";
                Assert.That(device.GetProperty(property).GetString(), Is.Not.Empty);
            }
        });
    }
}
