using Mlir.Remote.Worker.Interop;

namespace Mlir.Tests.Remote.Worker.Execution;

/// <summary>Memory that two processes share.</summary>
public sealed unsafe class SharedFileTests
{
    [Test]
    public void WhatOneWritesTheOtherReads()
    {
        using var one = SharedFile.Create(5000);
        using var other = SharedFile.Open(PathOf(one), 5000, writable: false);
        one.Pointer[4999] = 42;

        Assert.That(one.Length, Is.EqualTo(8192));
        Assert.That(other.Pointer[4999], Is.EqualTo(42));
        Assert.That(other.Pointer[0], Is.Zero);
    }

    [Test]
    public void NobodyCanChangeTheSize()
    {
        using var one = SharedFile.Create(5000);
        using var file = File.Open(PathOf(one), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

        Assert.That(
            () => file.SetLength(0),
            Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>()
        );
    }

    [Test]
    public void OtherFilesAreRefused()
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, new byte[100]);
        using var small = SharedFile.Create(1);

        Assert.Throws<InvalidDataException>(() => SharedFile.Open(path, 10, writable: false));
        Assert.Throws<InvalidDataException>(() => SharedFile.Open("/dev/zero", 10, writable: false));
        Assert.Throws<InvalidDataException>(() => SharedFile.Open("/proc/self/fd/9999", 10, writable: false));
        Assert.Throws<InvalidDataException>(() => SharedFile.Open(PathOf(small), 5000, writable: false));
        File.Delete(path);
    }

    private static string PathOf(SharedFile file) => $"/proc/self/fd/{file.Descriptor}";
}
