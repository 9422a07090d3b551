using Mlir.Backends.Gpu;

namespace Mlir.Tests.Backends.Gpu;

/// <summary>Code that only one processor runs is made for that one only.</summary>
public sealed class HopperTests : DeviceTest
{
    /// <summary>Neither older nor newer processors have <c>wgmma</c>.</summary>
    [TestCase(80, ExpectedResult = false)]
    [TestCase(86, ExpectedResult = false)]
    [TestCase(90, ExpectedResult = true)]
    [TestCase(100, ExpectedResult = false)]
    [TestCase(120, ExpectedResult = false)]
    public bool Its_compute_capability_says_what_a_device_has(int capability)
    {
        var driver = Driver(new(Capability: capability));
        var backend = GpuBackend.Create(
            "gpu",
            () => throw new InvalidOperationException("nothing is opened"),
            () => GpuDeviceInfo.Read(driver, 0)
        );
        Assert.That(backend.HasFeature("magic"), Is.False);
        return backend.HasFeature(GpuBackend.Warpgroups);
    }

    [Test]
    public void The_PTX_machine_has_it() => Assert.That(GpuBackend.Create("ptx").HasFeature(GpuBackend.Warpgroups));

    /// <summary>As a driver does it: code for older processors is taken, code for Hopper alone by Hopper alone.</summary>
    [TestCase(80, "sm_80", ExpectedResult = true)]
    [TestCase(90, "sm_80", ExpectedResult = true)]
    [TestCase(120, "sm_80", ExpectedResult = true)]
    [TestCase(80, "sm_90a", ExpectedResult = false)]
    [TestCase(90, "sm_90a", ExpectedResult = true)]
    [TestCase(100, "sm_90a", ExpectedResult = false)]
    [TestCase(80, "sm_86", ExpectedResult = false)]
    public bool A_driver_takes_what_its_device_runs(int capability, string target)
    {
        var device = Device(Driver(new(Capability: capability)));
        var text = $".version 8.0\n.target {target}\n.address_size 64\n.visible .entry k() {{ ret; }}\n";
        var code = GpuCode.FromPtx(text, new GpuKernelInfo("k", []));
        try
        {
            _ = device.Load(code);
            return true;
        }
        catch (KernelCompileException refused)
        {
            Assert.That(refused.Message, Does.Contain($"{target} is not what this device is"));
            return false;
        }
    }
}
