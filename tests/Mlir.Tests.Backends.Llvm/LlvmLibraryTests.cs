using Mlir.Backends.Llvm;

namespace Mlir.Tests.Backends.Llvm;

public sealed class LlvmLibraryTests
{
    [Test]
    public void A_supported_version_is_found()
    {
        Assert.That(LlvmLibrary.IsAvailable(out var reason), Is.True, reason);
        Assert.That(LlvmLibrary.Version.Major, Is.InRange(18, 22));
        Assert.That(LlvmLibrary.Path, Does.Contain("LLVM"));
    }

    [Test]
    public void The_newest_version_is_tried_first() =>
        Assert.That(
            LlvmLibrary
                .Candidates()
                .Select(name =>
                    name.Contains("22") ? 22
                    : name.Contains("18") ? 18
                    : 20
                ),
            Is.Ordered.Descending
        );

    [Test]
    public void A_wrong_path_says_which_and_what_to_install()
    {
        Assert.That(LlvmLibrary.Find("/nowhere/libLLVM.so", [], out var reason), Is.Null);
        Assert.That(reason, Does.Contain("MLIR_LLVM_LIBRARY is '/nowhere/libLLVM.so'").And.Contain("libllvm22"));
    }

    [Test]
    public void A_library_that_is_not_LLVM_is_refused()
    {
        var other =
            OperatingSystem.IsWindows() ? "kernel32.dll"
            : OperatingSystem.IsMacOS() ? "libSystem.dylib"
            : "libc.so.6";
        Assert.That(LlvmLibrary.Find(other, [], out var reason), Is.Null);
        Assert.That(reason, Does.Contain("is not an LLVM library"));
    }

    [Test]
    public void With_nothing_installed_the_reason_says_what_to_install()
    {
        Assert.That(LlvmLibrary.Find(null, ["libLLVM-none.so"], out var reason), Is.Null);
        Assert.That(reason, Does.StartWith("No LLVM library of version 18 to 22 was found.").And.Contain("libllvm22"));
    }
}
